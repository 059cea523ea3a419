//! Compiles the patterns of a file within the limits that a registry has for automata.

use super::Report;
use crate::fault::FaultKind;
use crate::pattern::{LARGEST_EFFORT, Pattern, PatternError};
use crate::place::Place;

/// What is left for the next patterns. A short pattern can cause a large automaton, so a file full of them would take the
/// memory of the build, and minutes of its time.
pub(super) struct Room {
    /// States, which cost time.
    effort: usize,
    /// Bytes of the automata, which are kept.
    bytes: usize,
}

impl Room {
    pub(super) fn for_file(length: usize) -> Room {
        Room { effort: 50_000 + length / 4, bytes: (2 << 20) + 20 * length }
    }

    /// Compiles a pattern, or reports its fault.
    pub(super) fn compile(&mut self, source: &str, place: &Place, report: &mut Report) -> Option<Pattern> {
        if self.effort == 0 || self.bytes == 0 {
            report.add(place, FaultKind::PatternsTooLarge);
            return None;
        }
        match Pattern::new(source) {
            Ok(pattern) => {
                self.effort = self.effort.saturating_sub(pattern.effort());
                self.bytes = self.bytes.saturating_sub(pattern.automaton().size());
                Some(pattern)
            }
            Err(error) => {
                if error == PatternError::TooLarge {
                    self.effort = self.effort.saturating_sub(LARGEST_EFFORT);
                }
                report.add(place, FaultKind::Pattern { pattern: source.to_owned(), error });
                None
            }
        }
    }
}
