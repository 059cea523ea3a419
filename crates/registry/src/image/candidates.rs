//! Writes, for each runtime and first byte of an id, the arms whose pattern could match: most patterns are anchored, so
//! most lists are short, and an id need not be walked once an arm.

use std::collections::HashMap;

use super::format::automaton::REFUSED;
use super::writer::Writer;
use crate::catalogue::{Registry, Runtime};
use crate::pattern::Automaton;

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
                    self.append(&[prefix.bytes, prefix.lowered, prefix.kept].map(u64::to_le_bytes).concat());
                }
                offset
            });
            offsets.push(offset);
        }
        self.numbers(&offsets)
    }
}

/// The bytes that every matching id begins with, at most eight, as words.
struct Prefix {
    bytes: u64,
    /// Where a letter of either case is made lower before it is compared.
    lowered: u64,
    /// Where bytes are compared at all.
    kept: u64,
    /// The automaton's state behind them.
    state: u32,
}

impl Prefix {
    fn of(automaton: &Automaton) -> Prefix {
        let mut prefix = Prefix { bytes: 0, lowered: 0, kept: 0, state: automaton.start() };
        for shift in (0..64).step_by(8) {
            if automaton.accepts_at(prefix.state) {
                break;
            }
            let next = |byte| automaton.next(prefix.state, byte);
            let open: Vec<u8> = (0..=u8::MAX).filter(|&byte| next(byte) != REFUSED).collect();
            let (byte, case, state) = match open[..] {
                [only] => (only, 0, next(only)),
                [upper, lower] if upper.is_ascii_uppercase() && lower == upper.to_ascii_lowercase() => {
                    if next(upper) != next(lower) {
                        break;
                    }
                    (lower, 0x20, next(lower))
                }
                _ => break,
            };
            prefix.bytes |= u64::from(byte) << shift;
            prefix.lowered |= case << shift;
            prefix.kept |= 0xff << shift;
            prefix.state = state;
        }
        prefix
    }
}
