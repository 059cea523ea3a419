//! Walks a pattern's automaton, in place.

use super::format::automaton::{ACCEPTED, CLASS_COUNT, CLASSES, FIRST_ACCEPTING, REFUSED, START, TRANSITIONS};
use super::reader::Image;

impl Image<'_> {
    /// Whether the id contains a match of the pattern whose automaton stands at the offset. Time is linear in the id,
    /// and ends at the first byte that decides.
    #[inline]
    pub(crate) fn pattern_matches(&self, automaton: usize, id: &[u8]) -> bool {
        let classes = self.slice(automaton + CLASSES, 256);
        let class_count = self.number(automaton + CLASS_COUNT);
        let transitions = automaton + TRANSITIONS;
        let mut state = self.number(automaton + START);
        for &byte in id {
            if state <= ACCEPTED as usize {
                break;
            }
            state = self.number(transitions + 4 * (state * class_count + usize::from(classes[usize::from(byte)])));
        }
        state != REFUSED as usize && (state == ACCEPTED as usize || state >= self.number(automaton + FIRST_ACCEPTING))
    }

    #[inline]
    pub(crate) fn list_item(&self, list: usize, index: usize) -> usize {
        self.number(list + 4 * index)
    }
}
