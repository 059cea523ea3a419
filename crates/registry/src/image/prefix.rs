//! What a pattern's automaton says of an id's first bytes, in a form that is compared at once.

use super::format::automaton::{ACCEPTED, REFUSED};
use super::format::candidate::TAIL_SIZE;
use crate::pattern::Automaton;

/// As many bytes as two words have.
const LONGEST_PREFIX: usize = 16;

/// The bit of an ASCII letter that tells its case.
const CASE: u8 = 0x20;

/// The bytes that every matching id begins with, as a number of which the lowest byte is the first.
pub(super) struct Prefix {
    pub(super) bytes: u128,
    /// The bits that count: all of the prefix's, but for the case of letters of which either is taken.
    pub(super) mask: u128,
    pub(super) length: usize,
    /// The automaton's state behind them.
    pub(super) state: u32,
}

impl Prefix {
    pub(super) fn of(automaton: &Automaton) -> Prefix {
        let mut prefix = Prefix { bytes: 0, mask: 0, length: 0, state: automaton.start() };
        while prefix.length < LONGEST_PREFIX && !automaton.accepts_at(prefix.state) {
            let next = |byte| automaton.next(prefix.state, byte);
            let (byte, mask, state) = match open_bytes(automaton, prefix.state)[..] {
                [only] => (only, 0xff, next(only)),
                [upper, lower] if upper.is_ascii_uppercase() && lower == upper | CASE => {
                    if next(upper) != next(lower) {
                        break;
                    }
                    (upper, !CASE, next(lower))
                }
                _ => break,
            };
            prefix.bytes |= u128::from(byte) << (8 * prefix.length);
            prefix.mask |= u128::from(mask) << (8 * prefix.length);
            prefix.length += 1;
            prefix.state = state;
        }
        prefix
    }

    /// The few bytes, some of them twice, of which each accepts whatever begins with the prefix and it, where no other
    /// byte leaves anything open.
    pub(super) fn tail(&self, automaton: &Automaton) -> Option<[u8; TAIL_SIZE]> {
        let open = open_bytes(automaton, self.state);
        let decided = open.iter().all(|&byte| automaton.next(self.state, byte) == ACCEPTED);
        let is_tail = (1..=TAIL_SIZE).contains(&open.len()) && decided && !automaton.accepts_at(self.state);
        is_tail.then(|| std::array::from_fn(|index| open[index.min(open.len() - 1)]))
    }
}

/// The bytes after which an id in a state can still be accepted.
fn open_bytes(automaton: &Automaton, state: u32) -> Vec<u8> {
    (0..=u8::MAX).filter(|&byte| automaton.next(state, byte) != REFUSED).collect()
}
