//! The bytes that an id can have at its first positions if a pattern matches it.

use std::collections::BTreeSet;

use super::format::split;
use crate::pattern::Automaton;
use crate::sink::{ACCEPTED, REFUSED};

/// For each of an id's first positions, the buckets of the bytes with which a match is still possible, as bits.
pub(super) struct Buckets([u32; split::POSITIONS]);

impl Buckets {
    pub(super) fn of(automaton: &Automaton) -> Buckets {
        let mut buckets = [0; split::POSITIONS];
        let mut states = BTreeSet::from([automaton.start()]);
        let mut can_end = false;
        for open in &mut buckets {
            // An id that ends before the position is looked up as if it had a NUL there.
            can_end |= states.iter().any(|&state| automaton.accepts_at(state));
            *open = u32::from(can_end) << split::bucket(0);
            let mut after = BTreeSet::new();
            for &state in &states {
                for byte in 0..=u8::MAX {
                    let next = automaton.next(state, byte);
                    if next != REFUSED {
                        *open |= 1 << split::bucket(byte);
                        after.insert(next);
                    }
                }
            }
            if after.contains(&ACCEPTED) {
                // After this, every byte is possible.
                after = BTreeSet::from([ACCEPTED]);
            }
            states = after;
        }
        Buckets(buckets)
    }

    /// Whether a matching id can have a byte of the bucket at the position.
    pub(super) fn has(&self, position: usize, bucket: usize) -> bool {
        self.0[position] & 1 << bucket != 0
    }
}
