//! The layout of an image. All numbers are little-endian `u32`; all offsets count from the image's first byte.
//!
//! | part | what it holds |
//! |---|---|
//! | header | magic, version, length, the file's SHA-256, then where the other parts are |
//! | names | the runtimes' names, side by side |
//! | first classes | for each first byte of an id, its class: bytes of one class leave the same patterns in question |
//! | runtime slots | a hash table from a runtime's name to its position |
//! | entries | one an id and runtime, side by side: the id's bytes |
//! | id slots | a hash table from (runtime, id) to the id's entry |
//! | owners | for each of these slots, which arms list the id |
//! | runtime records, arm records, provider records | fixed-size, in the file's order |
//! | candidates, automata, text | whatever the records point to |
//!
//! A lookup in a registry larger than the processor's caches costs what it misses there. So the slots are small, an id that
//! is not listed is told by them alone, one that is costs a visit to its bytes, and most patterns are told by an id's first
//! bytes.

pub(super) const MAGIC: [u8; 8] = *b"MDLROUT\0";
pub(super) const VERSION: u32 = 2;

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
    pub const FIRST_CLASSES: usize = 92;
    pub const LONGEST_ID: usize = 96;
    pub const SIZE: usize = 100;
}

/// A provider's record.
pub(super) mod provider {
    pub const NAME: usize = 0;
    pub const DISPLAY_NAME: usize = 8;
    pub const PATTERN: usize = 16;
    pub const AUTH_ENV: usize = 24;
    pub const AUTH_ENV_COUNT: usize = 28;
    pub const SIZE: usize = 32;
}

/// A runtime's record. Text that is absent has the offset 0.
pub(super) mod runtime {
    pub const NAME: usize = 0;
    pub const DISPLAY_NAME: usize = 8;
    pub const DEFAULT_MODEL: usize = 16;
    pub const ARMS: usize = 24;
    pub const ARM_COUNT: usize = 28;
    /// For each first class, where the list of its candidates is.
    pub const CANDIDATES: usize = 32;
    pub const SIZE: usize = 36;
}

/// An arm's record. Its ids are pairs of offset and length.
pub(super) mod arm {
    pub const PROVIDER: usize = 0;
    pub const MODELS: usize = 4;
    pub const MODEL_COUNT: usize = 8;
    pub const WITHDRAWN: usize = 12;
    pub const WITHDRAWN_COUNT: usize = 16;
    pub const SIZE: usize = 20;
}

/// A slot of the runtimes' table: the hash's upper half, then the position plus 1 (0 where the slot is free).
pub(super) mod slot {
    pub const TAG: usize = 0;
    pub const TARGET: usize = 4;
    pub const SIZE: usize = 8;
}

/// A slot of the ids' table: the hash's upper byte, then where the entry begins among the entries, in units of
/// [`entry::UNIT`], plus 1 (all 0 where the slot is free).
pub(super) mod id_slot {
    pub const SIZE: usize = 4;
    pub const ENTRY_BITS: u32 = 24;
}

/// An id's entry: its bytes stand behind it.
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

/// A list of candidates, arms whose pattern could match: their count, then these records.
pub(super) mod candidate {
    /// In 16 bits, as above.
    pub const ARM: usize = 0;
    /// The state behind the prefix, in 16 bits.
    pub const STATE: usize = 2;
    pub const AUTOMATON: usize = 4;
    /// The prefix, in words of eight bytes: what an id begins with once letters of either case are made lower.
    pub const PREFIX: usize = 8;
    /// Which letters those are.
    pub const LOWERED: usize = 24;
    /// The prefix's length, in a byte.
    pub const LENGTH: usize = 40;
    /// The bytes that decide behind the prefix: two, of which either accepts the id and any other refuses it. Where it
    /// takes more than that to decide, the automaton is asked.
    pub const TAIL: usize = 41;
    /// Whether the tail decides, in a byte.
    pub const HAS_TAIL: usize = 43;
    pub const SIZE: usize = 48;
}

/// A pattern's automaton; see `pattern::Automaton`.
pub(super) mod automaton {
    pub const CLASSES: usize = 0;
    pub const CLASS_COUNT: usize = 256;
    pub const FIRST_ACCEPTING: usize = 260;
    /// Bytes of a state in the table of transitions: 1 or 2.
    pub const WIDTH: usize = 264;
    pub const TRANSITIONS: usize = 268;
    /// The state from which no id is accepted any more.
    pub const REFUSED: u32 = 0;
    /// The state from which every id is accepted.
    pub const ACCEPTED: u32 = 1;
}

/// The hash of a runtime's name.
#[inline]
pub(crate) fn name_hash(name: &[u8]) -> u64 {
    hash(0, name)
}

/// The hash of an id within a runtime. It is made from the name's hash, so that the processor can look for the id while it
/// still waits for the runtime.
#[inline]
pub(super) fn id_hash(name_hash: u64, id: &[u8]) -> u64 {
    hash(name_hash | 1, id)
}

/// The first slot for an id of this hash.
#[inline]
pub(super) fn id_slot_index(hash: u64, count: usize) -> usize {
    ((u64::from(hash as u32) * count as u64) >> 32) as usize
}

/// What a slot says of an id with this hash, of which the entry begins here among the entries.
#[inline]
pub(super) fn id_slot_value(hash: u64, entry: usize) -> usize {
    (hash >> 56 << id_slot::ENTRY_BITS) as usize | (entry / entry::UNIT + 1)
}

/// The first sixteen bytes of an id as two words, with zeros where it is shorter.
#[inline]
pub(super) fn first_words(id: &[u8]) -> [u64; 2] {
    let mut bytes = [0; 16];
    match id.first_chunk() {
        Some(first) => bytes = *first,
        None => bytes[..id.len()].copy_from_slice(id),
    }
    let number = u128::from_le_bytes(bytes);
    [number as u64, (number >> 64) as u64]
}

/// The bits of a word in which the bytes before a length stand.
#[inline]
pub(super) fn kept(length: usize) -> [u64; 2] {
    let number = if length >= 16 { u128::MAX } else { (1 << (8 * length)) - 1 };
    [number as u64, (number >> 64) as u64]
}

/// Multiply-and-fold over words of eight bytes. The keys are known when the image is built, so nobody can make them
/// collide later, and a hash that resists it would only cost time.
#[inline]
fn hash(seed: u64, bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(MULTIPLIER);
        product as u64 ^ (product >> 64) as u64
    };
    let mut state = fold(seed.wrapping_mul(0xd6e8_feb8_6659_fd93), bytes.len() as u64);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        state = fold(state, u64::from_le_bytes(word.try_into().unwrap_or_default()));
    }
    let mut last = [0; 8];
    let rest = words.remainder();
    last[..rest.len()].copy_from_slice(rest);
    fold(fold(state, u64::from_le_bytes(last)), MULTIPLIER)
}
