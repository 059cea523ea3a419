//! Reads an image in place.

use super::format::{
    MAGIC, VERSION, entry, header, id_hash, id_slot, id_slot_index, id_slot_value, provider, runtime, slot,
};
use super::records::{ProviderRecord, RuntimeRecord};

/// A compiled registry. Opening it checks the header; nothing is copied, parsed or allocated, then or later.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    bytes: &'a [u8],
    runtime_slots: usize,
    runtime_mask: usize,
    runtimes: usize,
    id_slots: usize,
    id_slot_count: usize,
    entries: usize,
    first_classes: usize,
    longest_id: usize,
}

/// Why bytes are not an image that this version reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    #[error("these bytes are not a compiled registry")]
    NotAnImage,
    #[error("the compiled registry has another layout version than this library reads")]
    OtherVersion,
    #[error("the compiled registry is truncated")]
    Truncated,
}

impl<'a> Image<'a> {
    /// Takes bytes as an image. In a constant, a wrong image is an error of the build.
    ///
    /// # Errors
    /// Bytes that are not an image, or one of another layout or length.
    pub const fn open(bytes: &'a [u8]) -> Result<Image<'a>, ImageError> {
        let mut index = 0;
        while index < MAGIC.len() {
            if bytes.len() < header::SIZE || bytes[index] != MAGIC[index] {
                return Err(ImageError::NotAnImage);
            }
            index += 1;
        }
        if number_at(bytes, header::VERSION) != VERSION as usize {
            return Err(ImageError::OtherVersion);
        }
        if number_at(bytes, header::LENGTH) != bytes.len() {
            return Err(ImageError::Truncated);
        }
        Ok(Image {
            bytes,
            runtime_slots: number_at(bytes, header::RUNTIME_SLOTS),
            runtime_mask: number_at(bytes, header::RUNTIME_MASK),
            runtimes: number_at(bytes, header::RUNTIMES),
            id_slots: number_at(bytes, header::ID_SLOTS),
            id_slot_count: number_at(bytes, header::ID_SLOT_COUNT),
            entries: number_at(bytes, header::ENTRIES),
            first_classes: number_at(bytes, header::FIRST_CLASSES),
            longest_id: number_at(bytes, header::LONGEST_ID),
        })
    }

    /// The SHA-256 of the registry file's bytes.
    pub fn sha256(&self) -> &'a [u8] {
        self.slice(header::SHA256, 32)
    }

    pub fn schema_version(&self) -> usize {
        self.number(header::SCHEMA_VERSION)
    }

    /// The runtimes, in the order of the file.
    pub fn runtimes(&self) -> impl ExactSizeIterator<Item = RuntimeRecord<'a>> + use<'a> {
        let image = *self;
        (0..self.number(header::RUNTIME_COUNT)).map(move |position| image.runtime(position))
    }

    /// The catalogue, in the order of the file.
    pub fn providers(&self) -> impl ExactSizeIterator<Item = ProviderRecord<'a>> + use<'a> {
        let image = *self;
        (0..self.number(header::PROVIDER_COUNT)).map(move |position| image.provider(position))
    }

    /// The runtime at a position of the file.
    pub fn runtime(&self, position: usize) -> RuntimeRecord<'a> {
        RuntimeRecord { image: *self, offset: self.runtimes + position * runtime::SIZE }
    }

    pub(crate) fn provider(&self, position: usize) -> ProviderRecord<'a> {
        ProviderRecord { image: *self, offset: self.number(header::PROVIDERS) + position * provider::SIZE }
    }

    #[inline]
    pub(crate) fn longest_id(&self) -> usize {
        self.longest_id
    }

    /// The position of the runtime with this name, which has this hash.
    #[inline]
    pub(crate) fn find_runtime(&self, name: &[u8], hash: u64) -> Option<usize> {
        let mut index = hash as usize & self.runtime_mask;
        loop {
            let offset = self.runtime_slots + index * slot::SIZE;
            let position = self.number(offset + slot::TARGET).checked_sub(1)?;
            if self.number(offset + slot::TAG) == (hash >> 32) as usize {
                let record = self.runtimes + position * runtime::SIZE + runtime::NAME;
                if self.slice(self.number(record), self.number(record + 4)) == name {
                    return Some(position);
                }
            }
            index = (index + 1) & self.runtime_mask;
        }
    }

    /// The slot of an id within a runtime, which is given by its position and its name's hash, and whether the id is
    /// withdrawn.
    #[inline]
    pub(crate) fn find_id(&self, runtime: usize, name_hash: u64, id: &[u8]) -> Option<(usize, bool)> {
        let hash = id_hash(name_hash, id);
        let mut index = id_slot_index(hash, self.id_slot_count);
        loop {
            let slot = self.number(self.id_slots + index * id_slot::SIZE);
            if slot == 0 {
                return None;
            }
            let entry = ((slot & ((1 << id_slot::ENTRY_BITS) - 1)) - 1) * entry::UNIT;
            if slot == id_slot_value(hash, entry) {
                let entry = self.entries + entry;
                let length = self.short(entry + entry::LENGTH);
                if length & !entry::WITHDRAWN == id.len()
                    && self.short(entry + entry::RUNTIME) == runtime
                    && self.slice(entry + entry::SIZE, id.len()) == id
                {
                    return Some((index, length & entry::WITHDRAWN != 0));
                }
            }
            index = if index + 1 == self.id_slot_count { 0 } else { index + 1 };
        }
    }

    /// The class of an id's first byte.
    #[inline]
    pub(super) fn first_class(&self, byte: u8) -> usize {
        usize::from(self.byte(self.first_classes + usize::from(byte)))
    }

    /// The positions of the arms that list the id of a slot.
    pub(crate) fn owners(&self, slot: usize) -> impl Iterator<Item = usize> + use<'a> {
        let image = *self;
        let list = self.number(self.number(header::OWNERS) + 4 * slot);
        (0..self.number(list)).map(move |index| image.number(list + 4 + 4 * index))
    }

    #[inline]
    pub(super) fn number(&self, offset: usize) -> usize {
        number_at(self.bytes, offset)
    }

    /// A number of 16 bits.
    #[inline]
    pub(super) fn short(&self, offset: usize) -> usize {
        self.bytes[offset..].first_chunk().map_or(0, |short| usize::from(u16::from_le_bytes(*short)))
    }

    /// A number of 64 bits.
    #[inline]
    pub(super) fn word(&self, offset: usize) -> u64 {
        self.bytes[offset..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word))
    }

    #[inline]
    pub(super) fn byte(&self, offset: usize) -> u8 {
        self.bytes[offset]
    }

    #[inline]
    pub(super) fn slice(&self, offset: usize, length: usize) -> &'a [u8] {
        &self.bytes[offset..offset + length]
    }

    /// The text whose offset and length stand here.
    pub(super) fn text(&self, offset: usize) -> &'a str {
        let text = self.slice(self.number(offset), self.number(offset + 4));
        // An image is written from text; bytes from elsewhere show as what they are not.
        std::str::from_utf8(text).unwrap_or("\u{fffd}")
    }

    pub(super) fn optional_text(&self, offset: usize) -> Option<&'a str> {
        (self.number(offset) != 0).then(|| self.text(offset))
    }

    pub(super) fn texts(&self, offset: usize, count: usize) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let image = *self;
        (0..count).map(move |index| image.text(offset + 8 * index))
    }
}

#[inline]
const fn number_at(bytes: &[u8], offset: usize) -> usize {
    match bytes.split_at(offset).1.first_chunk() {
        Some(number) => u32::from_le_bytes(*number) as usize,
        None => panic!("a compiled registry points outside of itself"),
    }
}
