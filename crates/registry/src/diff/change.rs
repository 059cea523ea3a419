//! One edit that changes answers, and how.

use super::{Outcome, Standing};
use crate::announcement::Announcement;
use crate::verdict::Code;

/// What was edited, and what that does to pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The edit.
    pub subject: Subject,
    /// Empty for a runtime, of which all pairs change, and for an announcement, by which none does.
    pub effects: Vec<Effect>,
}

/// What was edited. The fields are the names that the file has, and what it says before and after.
#[expect(missing_docs, reason = "each variant says what its fields are")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A runtime comes to be judged, external or unknown.
    Runtime { runtime: String, was: Standing, will_be: Standing },
    /// An id is listed, withdrawn or left out that was not, or by another provider.
    Id { runtime: String, id: String },
    /// A provider's pattern matches other ids; without one, none.
    Pattern { provider: String, old: Option<String>, new: Option<String> },
    /// A runtime uses a provider's pattern that it did not use: by a new arm, or by one that took only the ids that it lists.
    ArmAdded { runtime: String, provider: String },
    /// A runtime no longer uses a provider's pattern.
    ArmRemoved { runtime: String, provider: String },
    /// A provider's environment variables are others, by which one of several providers is chosen.
    Variables { provider: String },
    /// An arm announces something else of an id, which changes no verdict.
    Announcement {
        runtime: String,
        provider: String,
        id: String,
        was: Option<Announcement>,
        will_be: Option<Announcement>,
    },
}

/// What happens to ids of some runtimes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// How their answers change.
    pub kind: EffectKind,
    /// The names of the runtimes, in the order of the file.
    pub runtimes: Vec<String>,
    /// An id to which it happens on the first of the runtimes, the shortest one where patterns decide.
    pub example: Option<String>,
    /// What the old and the new registry answer for the example.
    pub outcomes: Option<(Outcome, Outcome)>,
}

/// How an answer changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectKind {
    /// Refused before, routable now.
    BecomesRoutable,
    /// Routable before, refused now for another reason than ambiguity.
    StopsBeingRoutable,
    /// Refused now because several patterns match, whether or not it was refused before.
    BecomesAmbiguous,
    /// Routable through another provider.
    ChangesProvider,
    /// Listed now, and routable by pattern through the same provider before.
    IsNowListed,
    /// Routable by pattern through the same provider that listed it.
    IsNoLongerListed,
    /// Refused as before, with another code.
    ChangesCode,
    /// Another of several providers may be chosen.
    MayChangeProvider,
    /// The patterns are too large to compare within bounds.
    Undecided,
}

impl EffectKind {
    /// What becomes of a pair with these answers; nothing where they are the same.
    pub fn between(old: &Outcome, new: &Outcome) -> Option<EffectKind> {
        Some(match (old.code, new.code) {
            (before, Code::AmbiguousProvider) if before != Code::AmbiguousProvider => EffectKind::BecomesAmbiguous,
            (before, after) if !before.is_routable() && after.is_routable() => EffectKind::BecomesRoutable,
            (before, after) if before.is_routable() && !after.is_routable() => EffectKind::StopsBeingRoutable,
            _ if old.provider != new.provider && new.code.is_routable() => EffectKind::ChangesProvider,
            (before, after) if before == after => return None,
            (_, Code::Registered) => EffectKind::IsNowListed,
            (_, Code::RoutableByPrefix) => EffectKind::IsNoLongerListed,
            _ => EffectKind::ChangesCode,
        })
    }

    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            EffectKind::BecomesRoutable => "becomes_routable",
            EffectKind::StopsBeingRoutable => "stops_being_routable",
            EffectKind::BecomesAmbiguous => "becomes_ambiguous",
            EffectKind::ChangesProvider => "changes_provider",
            EffectKind::IsNowListed => "is_now_listed",
            EffectKind::IsNoLongerListed => "is_no_longer_listed",
            EffectKind::ChangesCode => "changes_code",
            EffectKind::MayChangeProvider => "may_change_provider",
            EffectKind::Undecided => "undecided",
        }
    }
}
