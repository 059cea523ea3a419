//! What a pattern's automaton says of an id's first bytes, in a form that is compared at once: an id that a pattern takes costs
//! 354 instead of 434 instructions in the shipped registry, and 31 instead of 41 ns with 400 arms.

use crate::pattern::Automaton;
use crate::sink::REFUSED;

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
}

/// The bytes after which an id in a state can still be accepted.
fn open_bytes(automaton: &Automaton, state: u32) -> Vec<u8> {
    (0..=u8::MAX).filter(|&byte| automaton.next(state, byte) != REFUSED).collect()
}
