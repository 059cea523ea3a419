//! The layout of an image. All numbers are little-endian `u32`; all offsets count from the image's first byte.
//!
//! | part | what it holds |
//! |---|---|
//! | header | magic, version, length, the file's SHA-256, where the other parts are, a checksum |
//! | entries | one an id and runtime, side by side: the id's bytes |
//! | runtime slots | a hash table of the runtimes' names |
//! | id slots | a hash table from (runtime, id) to the id's entry |
//! | owners | for each of these slots, which arms list the id |
//! | runtime records, arm records, provider records | fixed-size, in the file's order |
//! | external runtimes | their names; they have slots among the runtimes', at positions behind those of runtimes |
//! | near keys | a hash table of the keys of runtimes and offered ids, see [`super::near_keys`] |
//! | announcements | for each id of an arm that has any: a date and a replacement |
//! | candidates | for each runtime, a tree of the arms whose pattern an id's first bytes leave in question |
//! | automata, text | whatever the records point to |
//!
//! In a registry that is larger than the processor's caches, a lookup costs mainly its cache misses. So the slots are small,
//! and they alone tell that most ids are not listed. A listed id costs one more access, to its bytes. The first bytes of an
//! id decide most patterns.

#[cfg(feature = "compile")]
use super::words::HEAD;
use super::words::Words;

pub(super) const MAGIC: [u8; 8] = *b"MDLROUT\0";
pub(super) const VERSION: u32 = 6;

/// Offsets of the header's fields.
pub(super) mod header {
    pub const VERSION: usize = 8;
    pub const LENGTH: usize = 12;
    pub const SHA256: usize = 16;
    pub const SCHEMA_VERSION: usize = 48;
    pub const PROVIDERS: usize = 52;
    pub const PROVIDER_COUNT: usize = 56;
    pub const RUNTIMES: usize = 60;
    pub const RUNTIME_COUNT: usize = 64;
    pub const RUNTIME_SLOTS: usize = 68;
    pub const RUNTIME_MASK: usize = 72;
    pub const ID_SLOTS: usize = 76;
    pub const ID_SLOT_COUNT: usize = 80;
    pub const ENTRIES: usize = 84;
    pub const OWNERS: usize = 88;
    pub const LONGEST_ID: usize = 92;
    pub const EXTERNAL: usize = 96;
    pub const EXTERNAL_COUNT: usize = 100;
    pub const NEAR_KEYS: usize = 104;
    pub const NEAR_KEY_COUNT: usize = 108;
    /// In 64 bits, of all other bytes: see [`super::checksum`].
    pub const CHECKSUM: usize = 112;
    pub const SIZE: usize = 120;
}

/// A provider's record. An absent text has the offset 0.
pub(super) mod provider {
    pub const NAME: usize = 0;
    pub const DISPLAY_NAME: usize = 8;
    pub const PATTERN: usize = 16;
    pub const UPSTREAM_VENDOR: usize = 24;
    pub const AUTH_ENV: usize = 32;
    pub const AUTH_ENV_COUNT: usize = 36;
    pub const SIZE: usize = 40;
}

/// A runtime's record. An absent text has the offset 0.
pub(super) mod runtime {
    pub const NAME: usize = 0;
    pub const DISPLAY_NAME: usize = 8;
    pub const DEFAULT_MODEL: usize = 16;
    pub const ARMS: usize = 24;
    pub const ARM_COUNT: usize = 28;
    /// The offset of the root of its tree of candidates.
    pub const CANDIDATES: usize = 32;
    pub const SIZE: usize = 36;
}

/// An arm's record.
pub(super) mod arm {
    pub const PROVIDER: usize = 0;
    /// 1 if it takes only the ids that it lists.
    pub const ONLY_LISTED: usize = 4;
    pub const MODELS: usize = 8;
    pub const WITHDRAWN: usize = 20;
    pub const SIZE: usize = 32;
}

/// A list of ids within an arm's record.
pub(super) mod id_list {
    /// The offset of pairs of offset and length.
    pub const TEXTS: usize = 0;
    pub const COUNT: usize = 4;
    /// The offset of a record [`super::announcement`] for each id. 0 if no id has one.
    pub const ANNOUNCEMENTS: usize = 8;
}

/// A vendor's announcement about an id.
pub(super) mod announcement {
    /// A [`crate::Date`] as a number. 0 if there is none.
    pub const DATE: usize = 0;
    /// A text, absent if the offset is 0.
    pub const REPLACEMENT: usize = 4;
    pub const SIZE: usize = 12;
}

/// A slot of the runtimes' table. A free slot is all zeros.
pub(super) mod slot {
    /// The first sixteen bytes of the name, padded with zeros.
    pub const NAME: usize = 0;
    /// The name's length, in 32 bits. Never 0 in a slot that is taken.
    pub const LENGTH: usize = 16;
    /// The offset of the other bytes of a longer name.
    pub const REST: usize = 20;
    /// The runtime's position.
    pub const POSITION: usize = 24;
    pub const SIZE: usize = 28;
}

/// A slot of the ids' table: the upper byte of the hash, then the position of the entry among the entries, in units of
/// [`entry::UNIT`], plus 1. A free slot is 0.
pub(super) mod id_slot {
    pub const SIZE: usize = 4;
    pub const ENTRY_BITS: u32 = 24;
}

/// An id's entry. The id's bytes follow it, see [`entry_length`].
pub(super) mod entry {
    /// Entries begin at multiples of this.
    pub const UNIT: usize = 4;
    /// In 16 bits, as a registry has fewer than 65,536 of them.
    pub const RUNTIME: usize = 0;
    /// In 16 bits: the length, and the flag [`WITHDRAWN`].
    pub const LENGTH: usize = 2;
    pub const SIZE: usize = 4;
    pub const WITHDRAWN: usize = 0x8000;
}

/// A node of a runtime's tree of candidates that tests a byte of the id: the mark and the position in one number, then the
/// offset of a node for each bucket of bytes. An id that is too short has a NUL there.
pub(super) mod split {
    pub const MARK: u32 = 0x8000_0000;
    /// The number of an id's first bytes that a node can test.
    pub const POSITIONS: usize = 16;
    pub const BUCKETS: usize = 32;
    pub const BRANCHES: usize = 4;

    /// The lower five bits, which are different for all letters and do not depend on their case.
    #[inline]
    pub const fn bucket(byte: u8) -> usize {
        byte as usize % BUCKETS
    }
}

/// The other nodes: the number of arms whose patterns can still match, then these records.
pub(super) mod candidate {
    /// In 16 bits, as above.
    pub const ARM: usize = 0;
    /// The state after the prefix, in 16 bits.
    pub const STATE: usize = 2;
    pub const AUTOMATON: usize = 4;
    /// The prefix, in words of eight bytes, with only the bits of the mask.
    pub const PREFIX: usize = 8;
    /// The bits of an id's first bytes that have to equal the prefix. The bit of a letter's case is left out if the case does
    /// not matter.
    pub const MASK: usize = 24;
    pub const LENGTH: usize = 40;
    pub const SIZE: usize = 44;
}

/// A pattern's automaton; see `pattern::Automaton`.
pub(super) mod automaton {
    pub const CLASSES: usize = 0;
    pub const CLASS_COUNT: usize = 256;
    pub const FIRST_ACCEPTING: usize = 260;
    /// Bytes of a state in the table of transitions: 1 or 2.
    pub const WIDTH: usize = 264;
    pub const TRANSITIONS: usize = 268;
}

/// Detects that bytes of an image were changed by accident. The header's checksum itself is left out.
pub(super) fn checksum(image: &[u8]) -> u64 {
    let (front, rest) = image.split_at(header::CHECKSUM.min(image.len()));
    let rest = rest.get(size_of::<u64>()..).unwrap_or_default();
    Words::of(rest).hash(Words::of(front).hash(0))
}

/// The hash of a runtime's name.
#[inline]
pub(crate) fn name_hash(name: &Words) -> u64 {
    name.hash(0)
}

/// The hash of an id within a runtime. It depends on the name's hash and not on the runtime's position, so the processor can
/// look for the id while it still waits for the runtime.
#[inline]
pub(super) fn id_hash(name_hash: u64, id: &Words) -> u64 {
    id.hash(name_hash)
}

/// The first slot for an id of this hash.
#[inline]
pub(super) fn id_slot_index(hash: u64, count: usize) -> usize {
    ((u64::from(hash as u32) * count as u64) >> 32) as usize
}

/// The value of a slot for an id with this hash, whose entry begins at this offset among the entries.
#[inline]
pub(super) fn id_slot_value(hash: u64, entry: usize) -> usize {
    (hash >> 56 << id_slot::ENTRY_BITS) as usize | (entry / entry::UNIT + 1)
}

/// The number of bytes that an entry has for an id of this length: as many as are compared at once, with zeros after the id.
#[cfg(feature = "compile")]
pub(super) fn entry_length(length: usize) -> usize {
    match length {
        ..=16 => 16,
        17..=HEAD => HEAD,
        _ => length,
    }
}
