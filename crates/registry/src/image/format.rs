//! The layout of an image. All numbers are little-endian `u32`; all offsets count from the image's first byte.
//!
//! | part | what it holds |
//! |---|---|
//! | header | magic, version, length, the file's SHA-256, then where the other parts are |
//! | runtime slots | a hash table from a runtime's name to its position |
//! | id slots | a hash table from (runtime, id) to the id's entry |
//! | runtime records, arm records, provider records | fixed-size, in the file's order |
//! | entries | one an id and runtime: which arms list it, then its bytes |
//! | filters, automata, text | whatever the records point to |

pub(super) const MAGIC: [u8; 8] = *b"MDLROUT\0";
pub(super) const VERSION: u32 = 1;

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
    pub const ID_MASK: usize = 80;
    pub const LONGEST_ID: usize = 84;
    pub const SIZE: usize = 88;
}

/// A provider's record.
pub(super) mod provider {
    pub const NAME: usize = 0;
    pub const DISPLAY_NAME: usize = 8;
    pub const PATTERN: usize = 16;
    pub const AUTH_ENV: usize = 24;
    pub const AUTH_ENV_COUNT: usize = 28;
    pub const AUTOMATON: usize = 32;
    pub const SIZE: usize = 36;
}

/// A runtime's record. Text that is absent has the offset 0.
pub(super) mod runtime {
    pub const NAME: usize = 0;
    pub const DISPLAY_NAME: usize = 8;
    pub const DEFAULT_MODEL: usize = 16;
    pub const ARMS: usize = 24;
    pub const ARM_COUNT: usize = 28;
    pub const FILTER: usize = 32;
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

/// A slot of either hash table: the hash's upper half, then what it stands for plus 1 (0 where the slot is free).
pub(super) mod slot {
    pub const TAG: usize = 0;
    pub const TARGET: usize = 4;
    pub const SIZE: usize = 8;
}

/// An id's entry: its bytes stand behind it, then the positions of the arms that list it.
pub(super) mod entry {
    pub const RUNTIME: usize = 0;
    pub const LENGTH: usize = 4;
    pub const WITHDRAWN: usize = 8;
    pub const ARM_COUNT: usize = 12;
    pub const SIZE: usize = 16;
}

/// A runtime's filter: for each first byte of an id, which list of arms could match, then offsets of those lists.
/// A list is a count and the positions of arms.
pub(super) mod filter {
    pub const LISTS: usize = 256;
}

/// A pattern's automaton; see `pattern::Automaton`.
pub(super) mod automaton {
    pub const CLASSES: usize = 0;
    pub const CLASS_COUNT: usize = 256;
    pub const START: usize = 260;
    pub const FIRST_ACCEPTING: usize = 264;
    pub const TRANSITIONS: usize = 268;
    /// The state from which no id is accepted any more.
    pub const REFUSED: u32 = 0;
    /// The state from which every id is accepted.
    pub const ACCEPTED: u32 = 1;
}

/// The hash of a runtime's name.
#[inline]
pub(super) fn name_hash(name: &[u8]) -> u64 {
    hash(0, name)
}

/// The hash of an id within a runtime.
#[inline]
pub(crate) fn id_hash(runtime: usize, id: &[u8]) -> u64 {
    hash(runtime as u64 + 1, id)
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
