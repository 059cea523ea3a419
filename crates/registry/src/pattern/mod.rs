//! Patterns: `model_prefix_match`, from its source to the automaton that the lookup walks.

mod automaton;
mod effort;
mod glob;
mod listed;
mod search;
mod syntax;
mod utf8;

pub use automaton::Automaton;
pub(crate) use effort::Effort;
pub(crate) use glob::without_globs;
pub use search::Found;
pub(crate) use search::{shortest_common_id, shortest_id};

use regex_syntax::hir::{Hir, Look};

use crate::pause::pause;

/// A provider's pattern, within the subset on which RE2 and Rust's regex agree.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    automaton: Automaton,
    anchored: bool,
    effort: usize,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Syntax outside of the subset, or an automaton over the size limit.
    pub fn new(source: &str) -> Result<Pattern, PatternError> {
        pause();
        if source.len() > LONGEST_SOURCE {
            return Err(PatternError::TooLarge);
        }
        let expression = syntax::parse(source)?;
        let anchored = expression.properties().look_set_prefix().contains(Look::Start);
        let (automaton, effort) = Automaton::build(expression)?;
        Ok(Pattern { source: source.to_owned(), automaton, anchored, effort })
    }

    /// The pattern as the file writes it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it says, as a syntax tree in which letter case is folded and `\d \w \s` are ASCII.
    ///
    /// # Panics
    /// Never: what was parsed once is parsed again.
    pub fn expression(&self) -> Hir {
        syntax::parse(&self.source).expect("a pattern was parsed when it was made")
    }

    /// The automaton that decides whether an id matches.
    pub fn automaton(&self) -> &Automaton {
        &self.automaton
    }

    /// Whether every match is at the start of the id.
    pub fn is_anchored(&self) -> bool {
        self.anchored
    }

    /// The cost of compiling it, in states. At most [`LARGEST_EFFORT`].
    pub(crate) fn effort(&self) -> usize {
        self.effort
    }
}

/// The highest cost of compiling a pattern.
pub(crate) const LARGEST_EFFORT: usize = automaton::MOST_STATES;

/// In bytes. A pattern is for a few prefixes, not for a list of ids.
const LONGEST_SOURCE: usize = 1000;

/// Why a pattern cannot be used.
#[expect(missing_docs, reason = "the message of each variant says what it and its fields mean")]
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    #[error("{0}")]
    Syntax(String),
    #[error("{construct} at column {column} is not part of the syntax on which RE2 and Rust's regex agree")]
    OutsideSubset { construct: &'static str, column: usize },
    #[error("it is too large: more than 1000 bytes, or an automaton of more than 4096 states or 1 MiB")]
    TooLarge,
}

#[cfg(test)]
mod tests {
    use super::{Pattern, PatternError};

    fn matches(pattern: &str, id: &[u8]) -> bool {
        Pattern::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}")).automaton().matches(id)
    }

    #[test]
    fn a_pattern_is_searched_not_anchored() {
        assert!(matches("kimi", b"moonshot/kimi-k2"));
        assert!(matches("^kimi", b"kimi-k2"));
        assert!(!matches("^kimi", b"moonshot/kimi-k2"));
        assert!(matches("k2$", b"kimi-k2"));
        assert!(!matches("k2$", b"kimi-k2\n"));
        assert!(matches("kimi", b"\xff\xfekimi\xff"));
        assert!(matches("", b""));
        assert!(!matches("a^", b"a"));
    }

    #[test]
    fn perl_classes_are_ascii_and_fold_as_unicode_does() {
        assert!(matches(r"^\d$", b"7"));
        assert!(!matches(r"^\d$", "٣".as_bytes()));
        assert!(!matches(r"^\w$", "ü".as_bytes()));
        assert!(matches(r"^\W$", "ü".as_bytes()));
        assert!(matches(r"^[\W]$", "ü".as_bytes()));
        assert!(!matches(r"^[^\W]$", "ü".as_bytes()));
        assert!(!matches(r"^\s$", "\u{a0}".as_bytes()));
        assert!(!matches(r"^\s$", b"\x0b"), "RE2's white space has no vertical tab");
        assert!(matches("(?i)^kimi", "\u{212a}IMI".as_bytes()));
        assert!(matches(r"(?i)^\w$", "\u{212a}".as_bytes()));
        assert!(!matches("(?i)^straße$", b"strasse"));
        assert!(!matches("^.$", b"\n"));
        assert!(!matches("^.$", b"\xff"));
    }

    #[test]
    fn what_re2_and_rust_read_differently_is_refused() {
        for pattern in [
            r"\bx",
            r"\p{Greek}",
            r"\pL",
            "[a&&b]",
            "[a--b]",
            "[a~~b]",
            "[a[b]]",
            "[--a]",
            "(?x)a",
            "(?m)^a",
            "(?s).",
            "(?U)a*",
            r"\u{61}",
            r"\U00000061",
            "a**",
            "a{2}{3}",
            "a{1001}",
            "(?u)a",
            "(?-u)a",
            "(?i-s)a",
            r"\<a",
            "a{ 2}",
            "a{2 }",
            "a{1, 2}",
            "a{02}",
            "a{1,02}",
            "(a{2}){600}",
            "((a{10}){10}){11}",
            "(?P<a.b>a)",
            "(?P<é>a)",
        ] {
            let error = Pattern::new(pattern).err().unwrap_or_else(|| panic!("{pattern} was accepted"));
            assert!(matches!(error, PatternError::OutsideSubset { .. }), "{pattern}: {error}");
        }
        for pattern in ["([", r"\Q.\E", "(?=a)", "(?<=a)b", r"(a)\1", "a{,5}x(", "*", r"\C", "[b-a]"] {
            let error = Pattern::new(pattern).err().unwrap_or_else(|| panic!("{pattern} was accepted"));
            assert!(matches!(error, PatternError::Syntax(_)), "{pattern}: {error}");
        }
    }

    #[test]
    fn what_both_read_alike_is_accepted() {
        for pattern in [
            "^claude",
            "(?i)^(mimo-|xiaomi[:/])",
            "a|b|",
            "(?:ab)+?",
            "(?P<name>a)",
            "[[:alpha:]-]",
            r"[\d.-]",
            r"\x41",
            r"\x{e4}",
            "a{0,1000}",
            "^$",
            r"\A\z",
            "(?i:a)b",
            "a(?-i)b",
            "[^]a]",
            "[-a]",
            r"\.\-\/",
            "^*a",
            "()",
            "(a{10}){100}",
        ] {
            Pattern::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        }
    }

    #[test]
    fn a_pattern_that_would_blow_up_is_refused() {
        for pattern in ["x[a-z]{30}$", "(?i)[a-z]*q[a-z]{20}$", "x[a-z]{13}$", &"a".repeat(1001)] {
            assert_eq!(Pattern::new(pattern).err(), Some(PatternError::TooLarge), "{pattern}");
        }
    }
}
