//! Walks a pattern's automaton, in place.

use super::format::automaton::{ACCEPTED, CLASS_COUNT, CLASSES, FIRST_ACCEPTING, REFUSED, TRANSITIONS, WIDTH};
use super::format::{candidate, kept};
use super::reader::Image;

impl Image<'_> {
    /// Whether a candidate's pattern matches the id, of which these are the first words.
    #[inline]
    pub(super) fn candidate_matches(&self, candidate: usize, id: &[u8], words: [u64; 2]) -> bool {
        let length = usize::from(self.byte(candidate + candidate::LENGTH));
        let kept = kept(length);
        let differs = |word: usize| {
            let lowered = words[word] | self.word(candidate + candidate::LOWERED + 8 * word);
            (lowered & kept[word]) ^ self.word(candidate + candidate::PREFIX + 8 * word)
        };
        if differs(0) | differs(1) != 0 {
            return false;
        }
        let Some(rest) = id.get(length..) else { return false };
        if self.byte(candidate + candidate::HAS_TAIL) != 0 {
            let tail = self.slice(candidate + candidate::TAIL, 2);
            return rest.first().is_some_and(|byte| tail.contains(byte));
        }
        self.accepts(self.number(candidate + candidate::AUTOMATON), self.short(candidate + candidate::STATE), rest)
    }

    /// Whether the automaton that stands at the offset accepts what follows when it is in a state. Time is linear in the
    /// bytes, and ends at the first that decides.
    #[inline]
    fn accepts(&self, automaton: usize, state: usize, rest: &[u8]) -> bool {
        if state == ACCEPTED as usize {
            return true;
        }
        let transitions = automaton + TRANSITIONS;
        let last = if self.number(automaton + WIDTH) == 1 {
            self.walk(automaton, state, rest, |index| usize::from(self.byte(transitions + index)))
        } else {
            self.walk(automaton, state, rest, |index| self.short(transitions + 2 * index))
        };
        last != REFUSED as usize && (last == ACCEPTED as usize || last >= self.number(automaton + FIRST_ACCEPTING))
    }

    /// The state in which the bytes end, or which decides.
    #[inline]
    fn walk(&self, automaton: usize, mut state: usize, rest: &[u8], transition: impl Fn(usize) -> usize) -> usize {
        let classes = self.slice(automaton + CLASSES, 256);
        let class_count = self.number(automaton + CLASS_COUNT);
        for &byte in rest {
            if state <= ACCEPTED as usize {
                break;
            }
            state = transition(state * class_count + usize::from(classes[usize::from(byte)]));
        }
        state
    }
}
