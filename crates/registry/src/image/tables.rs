//! Writes the hash tables, with linear probing and room to spare.

use super::format::{id_hash, id_slot_index, id_slot_value, name_hash, slot};
use super::writer::Writer;

/// What an id's slot is found by, and its entry.
pub(super) struct IdKey<'a> {
    pub(super) runtime: &'a str,
    pub(super) id: &'a str,
    /// Its offset.
    pub(super) entry: u32,
}

impl Writer {
    /// Writes the table of the runtimes' hashes and positions, and tells its offset and mask.
    pub(super) fn slots(&mut self, keys: &[(u64, u32)]) -> (u32, u32) {
        let count = (2 * keys.len()).next_power_of_two();
        let mut slots = vec![0; count * slot::SIZE / 4];
        for &(hash, target) in keys {
            let mut index = hash as usize & (count - 1);
            while slots[index * slot::SIZE / 4 + 1] != 0 {
                index = (index + 1) & (count - 1);
            }
            slots[index * slot::SIZE / 4] = (hash >> 32) as u32;
            slots[index * slot::SIZE / 4 + 1] = target + 1;
        }
        (self.numbers(&slots), (count - 1) as u32)
    }

    /// Writes the table of the ids, and tells its offset and how many slots it has.
    pub(super) fn id_slots(&mut self, mut ids: Vec<IdKey>) -> (u32, u32) {
        // In order, so that one file has one image: hash maps have none.
        ids.sort_unstable_by_key(|key| key.entry);
        let count = ids.len() + ids.len() / 2 + 1;
        let mut slots = vec![0; count];
        for IdKey { runtime, id, entry } in ids {
            let hash = id_hash(name_hash(runtime.as_bytes()), id.as_bytes());
            let mut index = id_slot_index(hash, count);
            while slots[index] != 0 {
                index = if index + 1 == count { 0 } else { index + 1 };
            }
            slots[index] = id_slot_value(hash, entry as usize) as u32;
        }
        (self.numbers(&slots), count as u32)
    }
}
