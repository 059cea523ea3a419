//! One edit that changes answers, and its effects.

use super::{Outcome, Standing};
use crate::announcement::Announcement;
use crate::verdict::Code;

/// An edit, and its effects on pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The edit.
    pub subject: Subject,
    /// Empty for a runtime, which changes all its pairs, and for an announcement, which changes none.
    pub effects: Vec<Effect>,
}

/// What was edited. The fields have the names of the file, and its content before and after.
#[expect(missing_docs, reason = "each variant says what its fields are")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A runtime becomes judged, external or unknown.
    Runtime { runtime: String, was: Standing, will_be: Standing },
    /// An id is listed, withdrawn or removed, or moves to another provider.
    Id { runtime: String, id: String },
    /// A provider's pattern matches other ids. It is none if the provider has no pattern.
    Pattern { provider: String, old: Option<String>, new: Option<String> },
    /// A runtime starts to use a provider's pattern: through a new arm, or an arm that took only its listed ids before.
    ArmAdded { runtime: String, provider: String },
    /// A runtime stops using a provider's pattern.
    ArmRemoved { runtime: String, provider: String },
    /// The environment variables of a provider change, which choose one of several providers.
    Variables { provider: String },
    /// An arm's announcement about an id changes, which changes no verdict.
    Announcement {
        runtime: String,
        provider: String,
        id: String,
        was: Option<Announcement>,
        will_be: Option<Announcement>,
    },
}

/// An effect on ids of some runtimes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// How their answers change.
    pub kind: EffectKind,
    /// The names of the runtimes, in the order of the file.
    pub runtimes: Vec<String>,
    /// An id with this effect on the first of the runtimes. If patterns decide, it is the shortest one.
    pub example: Option<String>,
    /// The answers of the old and the new registry for the example.
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
    /// Another one of several providers may be chosen.
    MayChangeProvider,
    /// The patterns are too large to compare within bounds.
    Undecided,
}

impl EffectKind {
    /// The effect on a pair with these answers. None if they are the same.
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
