//! Reads an image in place.

use super::format::{MAGIC, VERSION, entry, header, id_slot, name_hash, provider, runtime};
use super::lookup_tables::Tables;
use super::records::{ProviderRecord, RuntimeRecord};
use super::words::Words;

/// A compiled registry. Opening it checks the header. Nothing is copied, parsed or allocated, neither then nor later.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    bytes: &'a [u8],
    layout: Layout,
}

/// Where the parts of an image are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) runtime_slots: usize,
    pub(super) runtime_mask: usize,
    pub(super) runtimes: usize,
    pub(super) runtime_count: usize,
    pub(super) id_slots: usize,
    pub(super) id_slot_count: usize,
    pub(super) entries: usize,
    pub(super) longest_id: usize,
    pub(super) near_keys: usize,
    pub(super) near_key_count: usize,
}

/// Why this version cannot read bytes as an image.
#[expect(missing_docs, reason = "the message of each variant says what it means")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    #[error("these bytes are not a compiled registry")]
    NotAnImage,
    #[error("the compiled registry has another layout version than this library reads")]
    OtherVersion,
    #[error("the compiled registry is truncated")]
    Truncated,
    #[error("the compiled registry does not have the checksum that it was written with")]
    WrongChecksum,
    #[error("the tables of the compiled registry are damaged")]
    Damaged,
}

impl<'a> Image<'a> {
    /// Opens bytes as an image. In a constant, an invalid image is a compile error.
    ///
    /// # Errors
    /// Bytes that are not an image, or an image with another layout or length.
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
        let layout = Layout {
            runtime_slots: number_at(bytes, header::RUNTIME_SLOTS),
            runtime_mask: number_at(bytes, header::RUNTIME_MASK),
            runtimes: number_at(bytes, header::RUNTIMES),
            runtime_count: number_at(bytes, header::RUNTIME_COUNT),
            id_slots: number_at(bytes, header::ID_SLOTS),
            id_slot_count: number_at(bytes, header::ID_SLOT_COUNT),
            entries: number_at(bytes, header::ENTRIES),
            longest_id: number_at(bytes, header::LONGEST_ID),
            near_keys: number_at(bytes, header::NEAR_KEYS),
            near_key_count: number_at(bytes, header::NEAR_KEY_COUNT),
        };
        Ok(Image { bytes, layout })
    }

    /// An image whose header was checked when it was opened.
    #[inline(always)]
    pub(super) const fn of_layout(bytes: &'a [u8], layout: Layout) -> Image<'a> {
        Image { bytes, layout }
    }

    pub(super) const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The part that a lookup reads.
    #[inline(always)]
    pub(crate) fn tables(&self) -> Tables<'a, '_> {
        Tables { bytes: self.bytes, layout: &self.layout }
    }

    pub(super) const fn layout(&self) -> Layout {
        self.layout
    }

    /// The SHA-256 of the registry file's bytes.
    pub fn sha256(&self) -> &'a [u8] {
        self.slice(header::SHA256, 32)
    }

    /// The version of the registry file's format.
    pub fn schema_version(&self) -> usize {
        self.number(header::SCHEMA_VERSION)
    }

    /// The runtimes, in the order of the file.
    pub fn runtimes(&self) -> impl ExactSizeIterator<Item = RuntimeRecord<'a>> + use<'a> {
        let image = *self;
        (0..self.layout.runtime_count).map(move |position| image.runtime(position))
    }

    /// The names of the external runtimes, in the order of the file.
    pub fn external_runtimes(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        self.texts(self.number(header::EXTERNAL), self.number(header::EXTERNAL_COUNT))
    }

    /// The catalogue, in the order of the file.
    pub fn providers(&self) -> impl ExactSizeIterator<Item = ProviderRecord<'a>> + use<'a> {
        let image = *self;
        (0..self.number(header::PROVIDER_COUNT)).map(move |position| image.provider(position))
    }

    /// The runtime at a position of the file.
    pub fn runtime(&self, position: usize) -> RuntimeRecord<'a> {
        RuntimeRecord { image: *self, offset: self.layout.runtimes + position * runtime::SIZE }
    }

    /// The runtime with this name, from the hash table of names.
    pub fn runtime_named(&self, name: &[u8]) -> Option<RuntimeRecord<'a>> {
        let name = Words::of(name);
        let position = self.tables().find_runtime(&name, name_hash(&name))?;
        (position < self.layout.runtime_count).then(|| self.runtime(position))
    }

    /// The provider at a position of the file.
    pub fn provider(&self, position: usize) -> ProviderRecord<'a> {
        ProviderRecord { image: *self, offset: self.number(header::PROVIDERS) + position * provider::SIZE }
    }

    /// The positions of the arms that list the id of a slot.
    pub(crate) fn owners(&self, slot: usize) -> impl Iterator<Item = usize> + use<'a> {
        let image = *self;
        let list = self.number(self.number(header::OWNERS) + 4 * slot);
        (0..self.number(list)).map(move |index| image.number(list + 4 + 4 * index))
    }

    /// The offset of the text of a slot's id.
    pub(crate) fn text_offset(&self, slot: usize) -> usize {
        let slot = self.number(self.layout.id_slots + slot * id_slot::SIZE);
        let entry = (slot % (1 << id_slot::ENTRY_BITS)).saturating_sub(1) * entry::UNIT;
        self.layout.entries + entry + entry::SIZE
    }

    #[inline]
    pub(super) fn number(&self, offset: usize) -> usize {
        number_at(self.bytes, offset)
    }

    #[inline]
    pub(super) fn slice(&self, offset: usize, length: usize) -> &'a [u8] {
        &self.bytes[offset..offset + length]
    }

    /// The text whose offset and length are at this position.
    pub(super) fn text(&self, offset: usize) -> &'a str {
        self.text_at(self.number(offset), self.number(offset + 4))
    }

    /// The text at this position.
    pub(super) fn text_at(&self, offset: usize, length: usize) -> &'a str {
        text_of(self.slice(offset, length))
    }

    pub(super) fn optional_text(&self, offset: usize) -> Option<&'a str> {
        (self.number(offset) != 0).then(|| self.text(offset))
    }

    pub(super) fn texts(&self, offset: usize, count: usize) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let image = *self;
        (0..count).map(move |index| image.text(offset + 8 * index))
    }
}

/// Bytes of an image as text. Images are written from text. Bytes of other origin show as replacement characters.
pub(crate) fn text_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("\u{fffd}")
}

#[inline]
pub(super) const fn number_at(bytes: &[u8], offset: usize) -> usize {
    u32::from_le_bytes(*chunk_at(bytes, offset)) as usize
}

/// A number of 16 bits.
#[inline]
pub(super) fn short_at(bytes: &[u8], offset: usize) -> usize {
    usize::from(u16::from_le_bytes(*chunk_at(bytes, offset)))
}

/// A number of 64 bits.
#[inline]
pub(super) fn word_at(bytes: &[u8], offset: usize) -> u64 {
    u64::from_le_bytes(*chunk_at(bytes, offset))
}

/// Whether these two words stand here.
#[inline]
pub(super) fn has_words(bytes: &[u8], offset: usize, words: [u64; 2]) -> bool {
    (word_at(bytes, offset) ^ words[0]) | (word_at(bytes, offset + 8) ^ words[1]) == 0
}

#[inline]
pub(super) const fn chunk_at<const SIZE: usize>(bytes: &[u8], offset: usize) -> &[u8; SIZE] {
    match bytes.split_at(offset).1.first_chunk() {
        Some(chunk) => chunk,
        None => panic!("a compiled registry points outside of itself"),
    }
}
