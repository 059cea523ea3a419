//! The names of the lints. The file uses them in `allowed_lints`, and reports show them.

use std::fmt;

/// The kind of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LintKind {
    /// The patterns of two arms of a runtime both match an id, so it is refused as ambiguous.
    AmbiguousIds,
    /// A pattern is not anchored at the start of the id, so it matches in the middle of other vendors' ids.
    UnanchoredPattern,
    /// An arm's pattern matches only ids that are listed or that other arms also match.
    ArmNeverDecides,
    /// A pattern contains a star as in a glob. In a pattern, it repeats the character before it.
    GlobPattern,
    /// An id, name, alias or pattern contains an invisible character.
    InvisibleCharacter,
    /// An id, name, alias or pattern contains a typographic quote or hyphen.
    TypographicCharacter,
    /// An id contains white space or a comma.
    SeparatorInId,
    /// An id is still offered on the day on which its vendor retires it, or later.
    PastRetirement,
    /// An id is withdrawn, but the day since which it is withdrawn is in the future.
    FutureWithdrawal,
    /// The replacement of an id that retires is itself retired on that day or before.
    RetiringReplacement,
    /// No arm lists an alias of a provider.
    UnlistedAlias,
    /// No runtime has an arm for a provider.
    UnusedProvider,
    /// An entry of `allowed_lints` silences nothing.
    NeedlessAllowance,
}

/// The lints that a file can allow.
const ALLOWABLE: [LintKind; 12] = [
    LintKind::AmbiguousIds,
    LintKind::UnanchoredPattern,
    LintKind::ArmNeverDecides,
    LintKind::GlobPattern,
    LintKind::InvisibleCharacter,
    LintKind::TypographicCharacter,
    LintKind::SeparatorInId,
    LintKind::PastRetirement,
    LintKind::FutureWithdrawal,
    LintKind::RetiringReplacement,
    LintKind::UnlistedAlias,
    LintKind::UnusedProvider,
];

impl LintKind {
    /// Its name in the file and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            LintKind::AmbiguousIds => "ambiguous_ids",
            LintKind::UnanchoredPattern => "unanchored_pattern",
            LintKind::ArmNeverDecides => "arm_never_decides",
            LintKind::GlobPattern => "glob_pattern",
            LintKind::InvisibleCharacter => "invisible_character",
            LintKind::TypographicCharacter => "typographic_character",
            LintKind::SeparatorInId => "separator_in_id",
            LintKind::PastRetirement => "past_retirement",
            LintKind::FutureWithdrawal => "future_withdrawal",
            LintKind::RetiringReplacement => "retiring_replacement",
            LintKind::UnlistedAlias => "unlisted_alias",
            LintKind::UnusedProvider => "unused_provider",
            LintKind::NeedlessAllowance => "needless_allowance",
        }
    }

    /// The lint of this name that a file can allow.
    pub(crate) fn named(name: &str) -> Option<LintKind> {
        ALLOWABLE.into_iter().find(|lint| lint.as_str() == name)
    }

    /// The names of the lints that a file can allow, for a message.
    pub(crate) fn names() -> String {
        ALLOWABLE.map(LintKind::as_str).join(", ")
    }
}

impl fmt::Display for LintKind {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
