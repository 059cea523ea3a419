//! The keys of runtimes and of the ids that each runtime offers, by which near misses are told (`key`): hashes of 64 bits in
//! ascending order. They stand for the keys: two keys with one hash would be found alike, which is rarer than any other fault of a
//! computer, and makes a pair a near miss that is none.

use super::lookup_tables::Tables;
use super::reader::word_at;
use crate::key::{key_hash, without_vendor};

/// The kind of a runtime's key. That of an id's is the runtime's position.
const OF_RUNTIME: u64 = u64::MAX;

/// In bytes, of a hash.
pub(super) const SIZE: usize = 8;

/// The hashes of a runtime's key.
pub(super) fn of_runtime(name: &[u8]) -> Option<u64> {
    key_hash(OF_RUNTIME, name)
}

/// The hashes of an id's keys within a runtime: as it is written, and without its vendor's prefix.
pub(super) fn of_id(runtime: usize, id: &[u8]) -> impl Iterator<Item = u64> {
    let hash = move |text| key_hash(runtime as u64, text);
    [hash(id), without_vendor(id).and_then(hash)].into_iter().flatten()
}

impl Tables<'_, '_> {
    /// Whether a runtime has the key of this name.
    #[cold]
    pub(crate) fn is_near_runtime(&self, name: &[u8]) -> bool {
        of_runtime(name).is_some_and(|hash| self.has_near_key(hash))
    }

    /// Whether the runtime offers an id of this id's key.
    #[cold]
    pub(crate) fn is_near_id(&self, runtime: usize, id: &[u8]) -> bool {
        of_id(runtime, id).any(|hash| self.has_near_key(hash))
    }

    fn has_near_key(&self, hash: u64) -> bool {
        let (mut start, mut end) = (0, self.layout.near_key_count);
        while start < end {
            let middle = start + (end - start) / 2;
            match word_at(self.bytes, self.layout.near_keys + middle * SIZE).cmp(&hash) {
                std::cmp::Ordering::Less => start = middle + 1,
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Greater => end = middle,
            }
        }
        false
    }
}
