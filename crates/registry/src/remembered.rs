//! Pairs that were judged before. The rows of a statement have few distinct pairs, and both triggers of a guard judge the
//! same pair. So most answers cost one comparison: 99 instructions of a scan instead of 260 to 1,000.
//!
//! A compiled registry never changes. If another one comes into force, all pairs are forgotten. Each pair has one slot, and
//! the next pair of that slot replaces it, so nothing is allocated and nothing grows.

use std::cell::Cell;

use crate::image::halves;
use crate::verdict::Code;

/// Enough for the distinct pairs of most tables, in half of a processor's first-level cache.
const SLOTS: usize = 256;
const WORDS: usize = 6;

/// The codes of pairs in their stored form, neither trimmed nor converted. So they are valid for one registry and one
/// encoding.
pub struct Remembered([Slot; SLOTS]);

/// The words of a pair, then its mark. The upper byte of the mark is the answer: the code in its upper bits, and in its lower
/// bits whether the pair is a near miss and whether that is known.
#[repr(align(64))]
struct Slot([Cell<u64>; WORDS + 1]);

/// The position of the code in a mark.
const CODE: u32 = 60;
const IS_KNOWN: u64 = 1 << 56;
const IS_NEAR_MISS: u64 = 1 << 57;

/// A pair as words that are compared in one step.
struct StoredPair {
    words: [u64; WORDS],
    /// Both lengths, because overlapping words alone do not tell texts apart, and a bit that no free slot has.
    mark: u64,
}

impl Remembered {
    #[expect(clippy::new_without_default, reason = "a static is made of it, which a default cannot be")]
    /// No pairs.
    pub const fn new() -> Remembered {
        Remembered([const { Slot([const { Cell::new(0) }; WORDS + 1]) }; SLOTS])
    }

    /// The remembered code of a pair.
    #[inline(always)]
    pub fn code(&self, runtime: &[u8], model: &[u8]) -> Option<Code> {
        Code::numbered((self.mark(runtime, model)? >> CODE) as u8)
    }

    /// The remembered code of a pair, and whether it is a near miss. None if only the code is known.
    #[inline(always)]
    pub fn code_and_near_miss(&self, runtime: &[u8], model: &[u8]) -> Option<(Code, bool)> {
        let mark = self.mark(runtime, model).filter(|mark| mark & IS_KNOWN != 0)?;
        Some((Code::numbered((mark >> CODE) as u8)?, mark & IS_NEAR_MISS != 0))
    }

    /// The mark of the pair's slot, if the slot holds this pair.
    #[inline(always)]
    fn mark(&self, runtime: &[u8], model: &[u8]) -> Option<u64> {
        let pair = StoredPair::new(runtime, model)?;
        let Slot(slot) = self.slot(&pair);
        let mark = slot[WORDS].get();
        let differs = slot
            .iter()
            .zip(pair.words)
            .fold((mark ^ pair.mark) << 8, |differs, (one, other)| differs | (one.get() ^ other));
        (differs == 0).then_some(mark)
    }

    /// Remembers the code of a pair, and whether it is a near miss if that is known. Very long ids are not remembered.
    #[inline(always)]
    pub fn remember(&self, runtime: &[u8], model: &[u8], code: Code, is_near_miss: Option<bool>) {
        let Some(pair) = StoredPair::new(runtime, model) else { return };
        let Slot(slot) = self.slot(&pair);
        for (slot, word) in slot.iter().zip(pair.words) {
            slot.set(word);
        }
        let near_miss = match is_near_miss {
            None => 0,
            Some(false) => IS_KNOWN,
            Some(true) => IS_KNOWN | IS_NEAR_MISS,
        };
        slot[WORDS].set(u64::from(code.number()) << CODE | near_miss | pair.mark);
    }

    /// Forgets all pairs.
    pub fn forget(&self) {
        // A slot with the mark 0 is free. It is not written to, so that a backend's first call takes no memory for free slots.
        self.0.iter().filter(|Slot(slot)| slot[WORDS].get() != 0).for_each(|Slot(slot)| slot[WORDS].set(0));
    }

    /// Where the ends of both texts decide, in which ids mostly differ. Of a short text the two ends are the same bytes, so
    /// that one is turned against the other.
    #[inline(always)]
    fn slot(&self, pair: &StoredPair) -> &Slot {
        let [_, b, c, d, _, f] = pair.words;
        let mixed = (c ^ d.rotate_left(32)).wrapping_add(f) ^ b.rotate_left(16) ^ pair.mark;
        &self.0[(mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % SLOTS]
    }
}

impl StoredPair {
    /// None where one of the texts is longer than what is remembered.
    #[inline(always)]
    fn new(runtime: &[u8], model: &[u8]) -> Option<StoredPair> {
        if runtime.len() > 16 || model.len() > 32 {
            return None;
        }
        let [a, b] = up_to_16(runtime);
        let [c, d, e, f] = match (model.first_chunk(), model.last_chunk()) {
            (Some(&first), Some(&last)) => {
                let [[c, d], [e, f]] = [first, last].map(|bytes| halves(u128::from_le_bytes(bytes)));
                [c, d, e, f]
            }
            _ => {
                let [c, d] = up_to_16(model);
                [c, d, 0, 0]
            }
        };
        Some(StoredPair { words: [a, b, c, d, e, f], mark: (1 << 16 | runtime.len() << 8 | model.len()) as u64 })
    }
}

/// A text of at most 16 bytes, in pieces that may overlap.
#[inline(always)]
fn up_to_16(text: &[u8]) -> [u64; 2] {
    if let (Some(&first), Some(&last)) = (text.first_chunk(), text.last_chunk()) {
        [u64::from_le_bytes(first), u64::from_le_bytes(last)]
    } else if let (Some(&first), Some(&last)) = (text.first_chunk(), text.last_chunk()) {
        [u64::from(u32::from_le_bytes(first)), u64::from(u32::from_le_bytes(last))]
    } else {
        [text.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)), 0]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Remembered, SLOTS};
    use crate::verdict::Code;

    fn code() -> impl Strategy<Value = Code> {
        (0_u8..8).prop_map(|number| Code::numbered(number).unwrap())
    }

    #[test]
    fn nothing_is_remembered_at_first() {
        assert_eq!(Remembered::new().code(b"", b""), None);
        assert_eq!(Remembered::new().code(b"hermes", b"opus"), None);
    }

    #[test]
    fn nothing_is_remembered_once_it_was_forgotten() {
        let remembered = Remembered::new();
        remembered.remember(b"hermes", b"opus", Code::Registered, None);
        remembered.remember(b"", b"", Code::NoModel, Some(false));
        remembered.forget();
        assert_eq!(remembered.code(b"hermes", b"opus"), None);
        assert_eq!(remembered.code(b"", b""), None);
    }

    #[test]
    fn every_length_up_to_16_and_32_bytes_is_remembered_and_no_other() {
        for runtime in 0..=20 {
            for model in 0..=40 {
                let (runtime, model) = (&[b'r'; 20][..runtime], &[b'm'; 40][..model]);
                let remembered = Remembered::new();
                remembered.remember(runtime, model, Code::Registered, None);
                let expected = (runtime.len() <= 16 && model.len() <= 32).then_some(Code::Registered);
                assert_eq!(remembered.code(runtime, model), expected, "{} and {} bytes", runtime.len(), model.len());
            }
        }
    }

    #[test]
    fn a_pair_that_differs_in_one_byte_or_in_length_is_another_pair() {
        for length in 0..=32_usize {
            let (runtime, model) = (&vec![0; length.min(16)], &vec![0; length]);
            // Every slot holds the same pair, so that none is missed only because it is looked for elsewhere.
            let remembered = everywhere(runtime, model);
            assert_eq!(remembered.code(runtime, model), Some(Code::Registered));
            let others = |text: &Vec<u8>| -> Vec<Vec<u8>> {
                let mut others =
                    vec![[&text[..], b"\0"].concat(), text.split_last().map_or(vec![1], |(_, rest)| rest.to_vec())];
                for position in 0..text.len() {
                    others.push(text.clone());
                    others.last_mut().unwrap()[position] = 1;
                }
                others
            };
            for other in others(runtime) {
                assert_eq!(remembered.code(&other, model), None, "runtime {other:?}, model of {length} bytes");
            }
            for other in others(model) {
                assert_eq!(remembered.code(runtime, &other), None, "model {other:?}");
            }
        }
    }

    fn everywhere(runtime: &[u8], model: &[u8]) -> Remembered {
        let remembered = Remembered::new();
        remembered.remember(runtime, model, Code::Registered, None);
        let slot = remembered.0.iter().find(|slot| slot.0.iter().any(|word| word.get() != 0)).unwrap();
        let words: Vec<u64> = slot.0.iter().map(|word| word.get()).collect();
        for slot in &remembered.0 {
            slot.0.iter().zip(&words).for_each(|(slot, &word)| slot.set(word));
        }
        remembered
    }

    #[test]
    fn the_pairs_of_a_table_mostly_have_places_of_their_own() {
        let remembered = Remembered::new();
        let models = |runtime: usize| {
            (0..20).map(move |number| (format!("runtime-{runtime}"), format!("vendor/model-{number}")))
        };
        let pairs: Vec<_> = (0..4).flat_map(models).collect();
        for (runtime, model) in &pairs {
            remembered.remember(runtime.as_bytes(), model.as_bytes(), Code::Registered, None);
        }
        let kept =
            pairs.iter().filter(|(runtime, model)| remembered.code(runtime.as_bytes(), model.as_bytes()).is_some());
        let kept = kept.count();
        // 80 pairs that fall into 256 slots by chance keep 69 of them.
        assert!(kept >= 60, "{kept} of {} pairs in {SLOTS} slots", pairs.len());
    }

    proptest! {
        #[test]
        fn what_is_remembered_is_what_was_said_last(
            pairs in prop::collection::vec(("[ab\u{0}]{0,18}", "[ab\u{0}]{0,34}", code(), any::<Option<bool>>()), 1..200),
        ) {
            let remembered = Remembered::new();
            let mut said = std::collections::HashMap::new();
            for (runtime, model, code, is_near_miss) in &pairs {
                let pair = (runtime.as_bytes(), model.as_bytes());
                let known = said.get(&pair).copied();
                if let Some(answer) = remembered.code(pair.0, pair.1) {
                    prop_assert_eq!(Some(answer), known.map(|(code, _)| code));
                    let both = known.and_then(|(code, is_near_miss)| Some((code, is_near_miss?)));
                    prop_assert_eq!(remembered.code_and_near_miss(pair.0, pair.1), both);
                }
                remembered.remember(pair.0, pair.1, *code, *is_near_miss);
                said.insert(pair, (*code, *is_near_miss));
            }
        }
    }
}
