//! One warning.

use std::fmt;

use crate::advice;
use crate::lint_kind::LintKind;
use crate::place::Location;

/// Something in a registry that is probably not intended, and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub(super) kind: LintKind,
    pub(super) at: String,
    pub(super) location: Location,
    pub(super) text: String,
}

impl Warning {
    /// The lint that found it.
    pub fn kind(&self) -> LintKind {
        self.kind
    }

    /// The subject, by names that do not depend on the file's order. `allowed_lints` takes it as `at`.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// The place as in `runtimes.hermes.providers[3]`.
    pub fn path(&self) -> &str {
        &self.location.path
    }

    /// The line, from 1.
    pub fn line(&self) -> Option<usize> {
        self.location.line
    }

    /// What is noticed, and what to write instead.
    pub fn parts(&self) -> (&str, Option<&str>) {
        advice::split(&self.text)
    }

    /// Both in one text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Warning { kind, at, location, text } = self;
        write!(formatter, "{location}{text} [{kind} at {at}]")
    }
}
