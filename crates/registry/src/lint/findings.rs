//! A collection of warnings with a limit, because a file can cause one for each id.

use super::Warning;
use super::characters::visible;
use crate::catalogue::{Arm, ModelEntry};
use crate::lint_kind::LintKind;
use crate::place::Location;

/// In bytes, of all warnings. They repeat names, which are long in a hostile file.
const ROOM: usize = 4 << 20;

/// The warnings that fit, and the number of the others.
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

    /// The warnings. If some are left out, the last one says how many.
    pub(super) fn into_warnings(mut self) -> Vec<Warning> {
        if let (Some(last), 1..) = (self.warnings.last_mut(), self.more) {
            last.text += &format!("; {} more such warnings are not shown", self.more);
        }
        self.warnings
    }
}

/// The `at` of a warning about an id.
pub(super) fn at_id(runtime: &str, provider: &str, id: &str) -> String {
    format!("{}/{}/{}", visible(runtime), visible(provider), visible(id))
}

/// The place of an id in one of an arm's lists.
pub(super) fn location_of_id(arm: &Arm, key: &str, index: usize, entry: &ModelEntry) -> Location {
    Location { path: format!("{}.{key}[{index}]", arm.location.path), line: entry.line() }
}
