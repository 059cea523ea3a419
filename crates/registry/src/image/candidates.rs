//! Writes, for each runtime and first byte of an id, the arms whose pattern could match: most patterns are anchored, so
//! most lists are short, and an id need not be walked once an arm.

use std::collections::HashMap;

use super::format::automaton::{ACCEPTED, REFUSED};
use super::writer::Writer;
use crate::catalogue::{Registry, Runtime};
use crate::pattern::Automaton;

/// As many bytes as two words have.
const LONGEST_PREFIX: usize = 16;

/// First bytes of one class leave the same patterns in question, so that a runtime has a list a class.
pub(super) struct FirstClasses {
    pub(super) class_of: [u8; 256],
    /// One byte of each class.
    representatives: Vec<u8>,
}

impl FirstClasses {
    pub(super) fn of(registry: &Registry) -> FirstClasses {
        let mut classes = FirstClasses { class_of: [0; 256], representatives: Vec::new() };
        let mut known = HashMap::new();
        for byte in 0..=u8::MAX {
            let open: Vec<bool> =
                registry.providers.iter().map(|provider| could_match(provider.pattern.automaton(), byte)).collect();
            let class = *known.entry(open).or_insert_with(|| {
                classes.representatives.push(byte);
                (classes.representatives.len() - 1) as u8
            });
            classes.class_of[usize::from(byte)] = class;
        }
        classes
    }
}

fn could_match(automaton: &Automaton, first: u8) -> bool {
    automaton.next(automaton.start(), first) != REFUSED
}

impl Writer {
    /// Writes a runtime's lists of candidates, and tells where their offsets stand.
    pub(super) fn candidates(
        &mut self,
        registry: &Registry,
        runtime: &Runtime,
        automata: &[u32],
        classes: &FirstClasses,
    ) -> u32 {
        // Classes that differ for other runtimes only share a list.
        let mut written: HashMap<Vec<usize>, u32> = HashMap::new();
        let mut offsets = Vec::new();
        for &byte in &classes.representatives {
            let automaton = |arm: usize| registry.providers[runtime.arms[arm].provider].pattern.automaton();
            let arms: Vec<usize> = (0..runtime.arms.len()).filter(|&arm| could_match(automaton(arm), byte)).collect();
            let offset = *written.entry(arms).or_insert_with_key(|arms| {
                let offset = self.numbers(&[arms.len() as u32]);
                for &arm in arms {
                    let prefix = Prefix::of(automaton(arm));
                    self.numbers(&[arm as u32 | prefix.state << 16, automata[runtime.arms[arm].provider]]);
                    self.append(&[prefix.bytes.to_le_bytes(), prefix.lowered.to_le_bytes()].concat());
                    let tail = prefix.tail(automaton(arm));
                    let [one, other] = tail.unwrap_or_default();
                    self.append(&[prefix.length as u8, one, other, u8::from(tail.is_some()), 0, 0, 0, 0]);
                }
                offset
            });
            offsets.push(offset);
        }
        self.numbers(&offsets)
    }
}

/// The bytes that every matching id begins with, as a number of which the lowest byte is the first.
struct Prefix {
    bytes: u128,
    /// Where a letter of either case is made lower before it is compared.
    lowered: u128,
    length: usize,
    /// The automaton's state behind them.
    state: u32,
}

impl Prefix {
    fn of(automaton: &Automaton) -> Prefix {
        let mut prefix = Prefix { bytes: 0, lowered: 0, length: 0, state: automaton.start() };
        while prefix.length < LONGEST_PREFIX && !automaton.accepts_at(prefix.state) {
            let next = |byte| automaton.next(prefix.state, byte);
            let (byte, case, state) = match open_bytes(automaton, prefix.state)[..] {
                [only] => (only, 0, next(only)),
                [upper, lower] if upper.is_ascii_uppercase() && lower == upper.to_ascii_lowercase() => {
                    if next(upper) != next(lower) {
                        break;
                    }
                    (lower, 0x20, next(lower))
                }
                _ => break,
            };
            prefix.bytes |= u128::from(byte) << (8 * prefix.length);
            prefix.lowered |= case << (8 * prefix.length);
            prefix.length += 1;
            prefix.state = state;
        }
        prefix
    }

    /// The two bytes, or twice the one, of which each accepts whatever begins with the prefix and it, where no other byte
    /// leaves anything open.
    fn tail(&self, automaton: &Automaton) -> Option<[u8; 2]> {
        let open = open_bytes(automaton, self.state);
        let decided = open.iter().all(|&byte| automaton.next(self.state, byte) == ACCEPTED);
        match open[..] {
            [one, .., other] if open.len() == 2 && decided && !automaton.accepts_at(self.state) => Some([one, other]),
            [only] if decided && !automaton.accepts_at(self.state) => Some([only, only]),
            _ => None,
        }
    }
}

/// The bytes after which an id in a state can still be accepted.
fn open_bytes(automaton: &Automaton, state: u32) -> Vec<u8> {
    (0..=u8::MAX).filter(|&byte| automaton.next(state, byte) != REFUSED).collect()
}
