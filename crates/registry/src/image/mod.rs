//! The compiled registry: one contiguous piece of bytes without pointers, which the lookup reads in place.

#[cfg(feature = "compile")]
mod buckets;
#[cfg(feature = "compile")]
mod candidates;
mod format;
mod lookup_tables;
mod near_keys;
#[cfg(feature = "compile")]
mod prefix;
mod reader;
mod records;
mod stored;
#[cfg(feature = "compile")]
mod tables;
mod verify;
mod walk;
mod words;
#[cfg(feature = "compile")]
mod writer;

pub(crate) use format::name_hash;
pub(crate) use lookup_tables::Tables;
pub(crate) use reader::text_of;
pub use reader::{Image, ImageError};
pub use records::{ArmRecord, Billing, ListedId, ProviderRecord, RuntimeRecord};
pub use stored::StoredImage;
pub(crate) use words::{Words, halves};
#[cfg(feature = "compile")]
pub(crate) use writer::{ROOM_FOR_IDS, room_of_id, write};
