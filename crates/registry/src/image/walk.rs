//! Decides which patterns match, in place: first by a runtime's tree of candidates, then by the rest of each pattern.

use super::format::automaton::{CLASS_COUNT, CLASSES, FIRST_ACCEPTING, TRANSITIONS, WIDTH};
use super::format::{candidate, split};
use super::lookup_tables::Tables;
use super::reader::{chunk_at, number_at, short_at, word_at};
use super::words::Words;
use crate::sink::{ACCEPTED, REFUSED};

impl<'a> Tables<'a, '_> {
    /// The number of arms of a runtime whose pattern matches the id. 2 stands for two or more.
    #[inline(always)]
    pub(crate) fn count_matches(&self, runtime: usize, id: &Words) -> usize {
        let root = self.candidates_of(runtime);
        let mut matches = 0;
        for candidate in self.candidates(root, id) {
            matches += usize::from(self.candidate_matches(candidate, id));
            if matches == 2 {
                break;
            }
        }
        matches
    }

    /// The candidates that are left by the bytes of the id, below a node of a runtime's tree.
    #[inline(always)]
    pub(super) fn candidates(&self, mut node: usize, id: &Words) -> &'a [[u8; candidate::SIZE]] {
        loop {
            let number = self.number(node);
            if number & split::MARK as usize == 0 {
                return self.slice(node + 4, number * candidate::SIZE).as_chunks().0;
            }
            let position = number % split::POSITIONS;
            let byte = (id.head[position / 8] >> (8 * (position % 8))) as u8;
            node = self.number(node + split::BRANCHES + 4 * split::bucket(byte));
        }
    }

    /// Whether a candidate's pattern matches the id.
    #[inline(always)]
    pub(super) fn candidate_matches(&self, candidate: &[u8; candidate::SIZE], id: &Words) -> bool {
        let differs = |word: usize| {
            (id.head[word] & word_at(candidate, candidate::MASK + 8 * word))
                ^ word_at(candidate, candidate::PREFIX + 8 * word)
        };
        if differs(0) | differs(1) != 0 {
            return false;
        }
        let Some(rest) = id.text.get(number_at(candidate, candidate::LENGTH)..) else { return false };
        let state = short_at(candidate, candidate::STATE);
        if state == ACCEPTED as usize {
            return true;
        }
        accepts(self.bytes, number_at(candidate, candidate::AUTOMATON), state, rest)
    }
}

/// Whether the automaton at this offset accepts the bytes that follow, from this state on. The time is linear in the bytes,
/// and the walk ends at the first byte that decides.
///
/// It takes only the bytes, because an image as an argument would be copied to memory for each lookup.
fn accepts(image: &[u8], automaton: usize, state: usize, rest: &[u8]) -> bool {
    let transitions = automaton + TRANSITIONS;
    let last = if number_at(image, automaton + WIDTH) == 1 {
        walk(image, automaton, state, rest, |index| usize::from(image[transitions + index]))
    } else {
        walk(image, automaton, state, rest, |index| short_at(image, transitions + 2 * index))
    };
    last != REFUSED as usize && (last == ACCEPTED as usize || last >= number_at(image, automaton + FIRST_ACCEPTING))
}

/// The state after the bytes, or the state that decides.
#[inline]
fn walk(image: &[u8], automaton: usize, mut state: usize, rest: &[u8], transition: impl Fn(usize) -> usize) -> usize {
    let classes: &[u8; 256] = chunk_at(image, automaton + CLASSES);
    let class_count = number_at(image, automaton + CLASS_COUNT);
    for &byte in rest {
        if state <= ACCEPTED as usize {
            break;
        }
        state = transition(state * class_count + usize::from(classes[usize::from(byte)]));
    }
    state
}
