//! The part of an image that a lookup reads: the hash tables and the entries.

use super::format::{entry, id_hash, id_slot, id_slot_index, id_slot_value, runtime, slot};
use super::reader::{Layout, chunk_at, has_words, number_at, short_at};
use super::words::Words;

/// The bytes of an image, and where its parts are. A lookup reads the few numbers that it needs in place. An image as a value
/// would be copied.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a, 'l> {
    pub(super) bytes: &'a [u8],
    pub(super) layout: &'l Layout,
}

impl<'a> Tables<'a, '_> {
    /// Where the runtime's tree of candidates begins.
    #[inline]
    pub(super) fn candidates_of(&self, runtime: usize) -> usize {
        self.number(self.layout.runtimes + runtime * runtime::SIZE + runtime::CANDIDATES)
    }

    #[inline(always)]
    pub(crate) fn longest_id(&self) -> usize {
        self.layout.longest_id
    }

    /// The positions from here on are those of external runtimes.
    #[inline(always)]
    pub(crate) fn runtime_count(&self) -> usize {
        self.layout.runtime_count
    }

    /// The position of the runtime with this name and this hash.
    #[inline(always)]
    pub(crate) fn find_runtime(&self, name: &Words, hash: u64) -> Option<usize> {
        let mut index = hash as usize & self.layout.runtime_mask;
        loop {
            let slot: &[u8; slot::SIZE] = self.record(self.layout.runtime_slots + index * slot::SIZE);
            let length = number_at(slot, slot::LENGTH);
            if length == 0 {
                return None;
            }
            if length == name.text.len() && has_words(slot, slot::NAME, [name.head[0], name.head[1]]) {
                let rest = name.text.get(16..).unwrap_or_default();
                if rest.is_empty() || self.slice(number_at(slot, slot::REST), rest.len()) == rest {
                    return Some(number_at(slot, slot::POSITION));
                }
            }
            index = (index + 1) & self.layout.runtime_mask;
        }
    }

    /// The slot of an id within a runtime, and whether the id is withdrawn. The position of the runtime and the hash of its
    /// name stand for the runtime.
    #[inline(always)]
    pub(crate) fn find_id(&self, runtime: usize, name_hash: u64, id: &Words) -> Option<(usize, bool)> {
        let hash = id_hash(name_hash, id);
        let mut index = id_slot_index(hash, self.layout.id_slot_count);
        loop {
            let slot = self.number(self.layout.id_slots + index * id_slot::SIZE);
            if slot == 0 {
                return None;
            }
            let entry = ((slot & ((1 << id_slot::ENTRY_BITS) - 1)) - 1) * entry::UNIT;
            if slot == id_slot_value(hash, entry)
                && let Some(withdrawn) = self.is_entry_of(self.layout.entries + entry, runtime, id)
            {
                return Some((index, withdrawn));
            }
            index = if index + 1 == self.layout.id_slot_count { 0 } else { index + 1 };
        }
    }

    /// Whether the id is withdrawn, if the entry is the id's. None if it is another id's.
    #[inline(always)]
    fn is_entry_of(&self, entry: usize, runtime: usize, id: &Words) -> Option<bool> {
        let record: &[u8; entry::SIZE + 16] = self.record(entry);
        let length = short_at(record, entry::LENGTH);
        let [a, b, c, d] = id.head;
        let second = entry + entry::SIZE + 16;
        (length & !entry::WITHDRAWN == id.text.len()
            && short_at(record, entry::RUNTIME) == runtime
            && has_words(record, entry::SIZE, [a, b])
            && (id.text.len() <= 16 || has_words(self.record::<16>(second), 0, [c, d]))
            && (id.rest().is_empty() || self.slice(second + 16, id.rest().len()) == id.rest()))
        .then_some(length & entry::WITHDRAWN != 0)
    }

    #[inline(always)]
    pub(super) fn number(&self, offset: usize) -> usize {
        number_at(self.bytes, offset)
    }

    /// The bytes of a record. Its position is checked here, so that its fields need no further check.
    #[inline(always)]
    pub(super) fn record<const SIZE: usize>(&self, offset: usize) -> &'a [u8; SIZE] {
        chunk_at(self.bytes, offset)
    }

    #[inline(always)]
    pub(super) fn slice(&self, offset: usize, length: usize) -> &'a [u8] {
        &self.bytes[offset..offset + length]
    }
}
