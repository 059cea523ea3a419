//! The keys of runtimes and of the ids that each runtime offers, which identify near misses (`key`): a hash table of 64-bit
//! hashes with linear probing. The hashes stand for the keys. Two keys with the same hash would make a pair a near miss by
//! mistake. This is rarer than a fault of the hardware.

use super::lookup_tables::Tables;
use super::reader::word_at;
use super::words::fold;
use crate::key::{COUNTED, LEFT_OUT};

/// The kind of a runtime's key. The kind of an id's key is the position of its runtime.
const OF_RUNTIME: u64 = u64::MAX;

/// In bytes, of a slot: a hash, or 0 for a free slot.
pub(super) const SIZE: usize = 8;

/// The hash of a runtime's key.
pub(super) fn of_runtime(name: &[u8]) -> Option<u64> {
    hashes(OF_RUNTIME, name)[0]
}

/// The hashes of an id's keys within a runtime: the id as written, and without its vendor's prefix.
pub(super) fn of_id(runtime: usize, id: &[u8]) -> [Option<u64>; 2] {
    hashes(runtime as u64, id)
}

/// The hash of a text's key among keys of one kind (see [`crate::key::key`]), and the hash without the vendor's prefix (see
/// [`crate::key::split_vendor`]). None for a text without a key, or without a prefix.
fn hashes(kind: u64, text: &[u8]) -> [Option<u64>; 2] {
    let mut whole = KeyHash::new(kind);
    let mut bare = None;
    let (mut can_be_vendor, mut is_parted, mut was_digit) = (true, false, false);
    for &byte in text {
        let counted = COUNTED[usize::from(byte)];
        if counted == LEFT_OUT {
            if can_be_vendor && matches!(byte, b'/' | b':') {
                bare = Some(KeyHash::new(kind));
                can_be_vendor = false;
            }
            is_parted = true;
            continue;
        }
        let is_digit = counted.is_ascii_digit();
        can_be_vendor &= !is_digit;
        if is_parted && is_digit && was_digit {
            whole.take(b'.');
            bare.iter_mut().for_each(|bare| bare.take(b'.'));
        }
        whole.take(counted);
        if let Some(bare) = &mut bare {
            bare.take(counted);
        }
        (is_parted, was_digit) = (false, is_digit);
    }
    [whole.finish(), bare.and_then(KeyHash::finish)]
}

/// A hash of bytes, taken in words of eight.
struct KeyHash {
    state: u64,
    word: u64,
    length: u64,
}

impl KeyHash {
    fn new(kind: u64) -> KeyHash {
        KeyHash { state: fold(kind ^ 0x9e37_79b9_7f4a_7c15, 0x94d0_49bb_1331_11eb), word: 0, length: 0 }
    }

    #[inline(always)]
    fn take(&mut self, byte: u8) {
        self.word = self.word << 8 | u64::from(byte);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            self.state = fold(self.state ^ self.word, 0xd6e8_feb8_6659_fd93);
            self.word = 0;
        }
    }

    /// Never 0. None if there were no bytes.
    fn finish(self) -> Option<u64> {
        let KeyHash { state, word, length } = self;
        (length > 0).then(|| fold(state ^ word ^ length << 56, 0xbf58_476d_1ce4_e5b9).max(1))
    }
}

/// The first slot for a hash.
pub(super) fn slot(hash: u64, count: usize) -> usize {
    ((u128::from(hash) * count as u128) >> 64) as usize
}

impl Tables<'_, '_> {
    /// Whether a runtime has the same key as this name.
    pub(crate) fn is_near_runtime(&self, name: &[u8]) -> bool {
        of_runtime(name).is_some_and(|hash| self.has_near_key(hash))
    }

    /// Whether the runtime offers an id with the same key as this id.
    pub(crate) fn is_near_id(&self, runtime: usize, id: &[u8]) -> bool {
        of_id(runtime, id).into_iter().flatten().any(|hash| self.has_near_key(hash))
    }

    fn has_near_key(&self, hash: u64) -> bool {
        let count = self.layout.near_key_count;
        let mut index = slot(hash, count);
        loop {
            match word_at(self.bytes, self.layout.near_keys + index * SIZE) {
                0 => return false,
                found if found == hash => return true,
                _ => index = if index + 1 == count { 0 } else { index + 1 },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::hashes;
    use crate::key::{key, split_vendor};

    proptest! {
        #[test]
        fn texts_have_one_hash_if_they_have_one_key(texts in prop::collection::vec("[aA1 ./:-]{0,20}", 2)) {
            let [one, other] = [0, 1].map(|index| texts[index].as_bytes());
            let key = |text| key(text).collect::<Vec<_>>();
            let [whole, _] = hashes(3, one);
            prop_assert_eq!(key(one) == key(other), whole == hashes(3, other)[0], "{:?}", texts);
            prop_assert_eq!(key(one).is_empty(), whole.is_none());
            prop_assert!(whole.is_none() || whole != hashes(4, one)[0]);
            let bare = split_vendor(one).and_then(|(_, bare)| hashes(3, bare)[0]);
            prop_assert_eq!(hashes(3, one)[1], bare, "{:?}", texts);
        }
    }
}
