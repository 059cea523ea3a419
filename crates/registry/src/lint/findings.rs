//! Warnings that can be as many as a file has ids.

use super::Warning;
use super::characters::visible;
use crate::catalogue::{Arm, ModelEntry};
use crate::lint_kind::LintKind;
use crate::place::Location;

/// In bytes, what the warnings may take: they repeat names, which a hostile file makes long.
const ROOM: usize = 4 << 20;

/// The warnings for which there is room, and how many others there are.
pub(super) struct Findings {
    warnings: Vec<Warning>,
    room: usize,
    more: usize,
}

impl Findings {
    pub(super) fn new() -> Findings {
        Findings { warnings: Vec::new(), room: ROOM, more: 0 }
    }

    pub(super) fn add(
        &mut self,
        kind: LintKind,
        at: &impl Fn() -> String,
        location: &impl Fn() -> Location,
        text: impl FnOnce() -> String,
    ) {
        if self.room == 0 {
            self.more += 1;
            return;
        }
        let warning = Warning { kind, at: at(), location: location(), text: text() };
        let size = size_of::<Warning>() + warning.at.len() + warning.location.path.len() + warning.text.len();
        self.room = self.room.saturating_sub(size);
        self.warnings.push(warning);
    }

    /// The warnings, of which the last tells how many are left out.
    pub(super) fn into_warnings(mut self) -> Vec<Warning> {
        if let (Some(last), 1..) = (self.warnings.last_mut(), self.more) {
            last.text += &format!("; {} more such warnings are not shown", self.more);
        }
        self.warnings
    }
}

/// What a warning of an id is at.
pub(super) fn at_id(runtime: &str, provider: &str, id: &str) -> String {
    format!("{}/{}/{}", visible(runtime), visible(provider), visible(id))
}

/// The place of an id in one of an arm's lists.
pub(super) fn location_of_id(arm: &Arm, key: &str, index: usize, entry: &ModelEntry) -> Location {
    Location { path: format!("{}.{key}[{index}]", arm.location.path), line: entry.line() }
}
