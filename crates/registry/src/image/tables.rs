//! Writes the hash tables, with linear probing and free slots.

use std::collections::HashMap;

use super::format::{id_hash, id_slot_index, id_slot_value, name_hash, slot};
use super::near_keys;
use super::words::Words;
use super::writer::Writer;
use crate::catalogue::Registry;
use crate::pause::pause;

/// The key of an id's slot, and the entry and owners that it refers to.
pub(super) struct IdKey<'a> {
    pub(super) runtime: &'a str,
    pub(super) id: &'a str,
    /// The position of its entry among the entries.
    pub(super) entry: usize,
    /// The positions of the arms that list it.
    pub(super) arms: Vec<u32>,
}

impl Writer {
    /// Writes the table of the runtimes' names and positions, and returns its offset and mask.
    pub(super) fn runtime_slots(&mut self, names: &[&str]) -> (u32, u32) {
        let count = (2 * names.len()).next_power_of_two();
        let mut slots = vec![[0; slot::SIZE]; count];
        for (position, name) in names.iter().enumerate() {
            let words = Words::of(name.as_bytes());
            let first = name_hash(&words) as usize & (count - 1);
            let index = free_slot(first, count, |index| slots[index] == [0; slot::SIZE]);
            let rest = self.append(words.text.get(16..).unwrap_or_default());
            let head = [words.head[0], words.head[1]].map(u64::to_le_bytes).concat();
            let numbers = [name.len() as u32, rest, position as u32].map(u32::to_le_bytes).concat();
            slots[index][slot::NAME..slot::LENGTH].copy_from_slice(&head);
            slots[index][slot::LENGTH..].copy_from_slice(&numbers);
        }
        (self.append(slots.as_flattened()), (count - 1) as u32)
    }

    /// Writes the table of the ids and the table of their owners, and returns the offset and the number of slots of each.
    pub(super) fn id_slots(&mut self, ids: &[IdKey]) -> [u32; 3] {
        let count = slots_for(ids.len());
        let mut slots = vec![0; count];
        let mut owners = vec![0; count];
        // Most ids have one owner, so the same few lists come again and again.
        let mut lists: HashMap<&[u32], u32> = HashMap::new();
        for IdKey { runtime, id, entry, arms } in ids {
            pause();
            let hash = id_hash(name_hash(&Words::of(runtime.as_bytes())), &Words::of(id.as_bytes()));
            let index = free_slot(id_slot_index(hash, count), count, |index| slots[index] == 0);
            slots[index] = id_slot_value(hash, *entry) as u32;
            owners[index] = *lists.entry(&arms[..]).or_insert_with(|| {
                let list = self.numbers(&[arms.len() as u32]);
                self.numbers(arms);
                list
            });
        }
        [self.numbers(&slots), self.numbers(&owners), count as u32]
    }

    /// Writes the table of the keys that identify near misses, and returns its offset and number of slots.
    pub(super) fn near_keys(&mut self, registry: &Registry) -> (u32, u32) {
        let offered: usize =
            registry.runtimes.iter().flat_map(|runtime| &runtime.arms).map(|arm| arm.models.len()).sum();
        let mut hashes = Vec::with_capacity(registry.runtimes.len() + 2 * offered);
        hashes.extend(registry.runtimes.iter().filter_map(|runtime| near_keys::of_runtime(runtime.name.as_bytes())));
        for (position, runtime) in registry.runtimes.iter().enumerate() {
            for entry in runtime.arms.iter().flat_map(|arm| &arm.models) {
                pause();
                hashes.extend(near_keys::of_id(position, entry.id.as_bytes()).into_iter().flatten());
            }
        }
        // Sorted, so that the same registry gives the same image.
        hashes.sort_unstable();
        hashes.dedup();
        let count = slots_for(hashes.len());
        let start = self.here();
        self.bytes.resize(self.bytes.len() + count * near_keys::SIZE, 0);
        let (slots, _) = self.bytes[start as usize..].as_chunks_mut::<{ near_keys::SIZE }>();
        for hash in hashes {
            let index = free_slot(near_keys::slot(hash, count), count, |index| slots[index] == [0; near_keys::SIZE]);
            slots[index] = hash.to_le_bytes();
        }
        (start, count as u32)
    }
}

/// The number of slots of a table with so many entries. At least one stays free.
fn slots_for(entries: usize) -> usize {
    entries + entries / 2 + 1
}

/// The first free slot from this one on. After the last slot comes the first.
fn free_slot(first: usize, count: usize, is_free: impl Fn(usize) -> bool) -> usize {
    let slot = (first..count).chain(0..first).find(|&index| is_free(index));
    slot.expect("a table has more slots than entries")
}
