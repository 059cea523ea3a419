//! Writes the hash tables, with linear probing and room to spare.

use std::collections::HashMap;

use super::format::{id_hash, id_slot_index, id_slot_value, name_hash, slot};
use super::writer::Writer;

/// What an id's slot is found by, and what it leads to.
pub(super) struct IdKey<'a> {
    pub(super) runtime: &'a str,
    pub(super) id: &'a str,
    /// Where its entry begins among the entries.
    pub(super) entry: usize,
    /// The positions of the arms that list it.
    pub(super) arms: Vec<u32>,
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

    /// Writes the table of the ids and that of their owners, and tells the offsets and how many slots each has.
    pub(super) fn id_slots(&mut self, ids: &[IdKey]) -> [u32; 3] {
        let count = ids.len() + ids.len() / 2 + 1;
        let mut slots = vec![0; count];
        let mut owners = vec![0; count];
        // Most ids have one owner, the same few positions over and over.
        let mut lists: HashMap<&[u32], u32> = HashMap::new();
        for IdKey { runtime, id, entry, arms } in ids {
            let hash = id_hash(name_hash(runtime.as_bytes()), id.as_bytes());
            let mut index = id_slot_index(hash, count);
            while slots[index] != 0 {
                index = if index + 1 == count { 0 } else { index + 1 };
            }
            slots[index] = id_slot_value(hash, *entry) as u32;
            owners[index] = *lists.entry(&arms[..]).or_insert_with(|| {
                let list = self.numbers(&[arms.len() as u32]);
                self.numbers(arms);
                list
            });
        }
        [self.numbers(&slots), self.numbers(&owners), count as u32]
    }
}
