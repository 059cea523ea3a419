//! The compiled registry: one self-contained run of bytes, without pointers, which the lookup reads in place.

mod format;
mod reader;
mod records;
mod walk;
#[cfg(feature = "compile")]
mod writer;

#[cfg(feature = "compile")]
pub(crate) use format::automaton::{ACCEPTED, REFUSED};
use format::id_hash;
pub use reader::{Image, ImageError};
pub use records::{ArmRecord, Billing, ProviderRecord, RuntimeRecord};
#[cfg(feature = "compile")]
pub(crate) use writer::write;
