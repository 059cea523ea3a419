//! The registry of providers, runtimes and models, without PostgreSQL.
//!
//! Data flows one way: `providers.yaml` → [`document`] → [`validate`] → [`mod@image`] → [`lookup`] → a [`Verdict`].
//! All but the last two steps run at build time, behind the feature `compile`.

#![forbid(unsafe_code)]

#[cfg(feature = "compile")]
mod catalogue;
#[cfg(feature = "compile")]
mod document;
#[cfg(feature = "compile")]
mod fault;
mod image;
mod lookup;
mod model_id;
#[cfg(feature = "compile")]
mod pattern;
#[cfg(feature = "compile")]
mod place;
mod suggest;
#[cfg(feature = "compile")]
mod validate;
mod verdict;

#[cfg(feature = "compile")]
pub use catalogue::{Arm, Protocol, Provider, Registry, Runtime};
#[cfg(feature = "compile")]
pub use fault::{Fault, FaultKind, Faults};
pub use image::{ArmRecord, Billing, Image, ImageError, ProviderRecord, RuntimeRecord};
pub use model_id::ModelId;
#[cfg(feature = "compile")]
pub use pattern::{Automaton, Pattern, PatternError};
pub use suggest::closest;
pub use verdict::{Code, MatchedBy, Verdict};

/// Reads, validates and compiles the bytes of a registry file into an image for [`Image::open`].
///
/// # Errors
/// All faults of the file at once.
#[cfg(feature = "compile")]
pub fn compile(file: &[u8]) -> Result<Vec<u8>, Faults> {
    Ok(image::write(&validate::registry(file)?, file))
}
