//! The registry of providers, runtimes and models, without PostgreSQL.
//!
//! Data flows one way: `providers.yaml` → [`document`] → [`validate`] → [`mod@image`] → [`lookup`] → a [`Verdict`].
//! All but the last two steps run at build time, behind the feature `compile`.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "compile")]
mod advice;
#[cfg(feature = "compile")]
mod announcement;
#[cfg(feature = "compile")]
mod catalogue;
mod date;
#[cfg(feature = "compile")]
mod diff;
#[cfg(feature = "compile")]
mod document;
#[cfg(feature = "compile")]
mod fault;
mod image;
mod key;
#[cfg(feature = "compile")]
mod lint;
#[cfg(feature = "compile")]
mod lint_kind;
mod lookup;
mod model_id;
#[cfg(feature = "compile")]
mod pattern;
#[cfg(feature = "compile")]
mod pause;
#[cfg(feature = "compile")]
mod place;
mod quote;
mod remembered;
mod sink;
mod suggest;
#[cfg(feature = "compile")]
mod validate;
mod verdict;
mod wording;

#[cfg(feature = "compile")]
pub use announcement::Announcement;
#[cfg(feature = "compile")]
pub use catalogue::{Arm, ModelEntry, Provider, Registry, Runtime};
pub use date::Date;
#[cfg(feature = "compile")]
pub use diff::{Change, Effect, EffectKind, Outcome, Standing, Subject, diff};
#[cfg(feature = "compile")]
pub use fault::{Fault, FaultKind, Faults};
pub use image::{ArmRecord, Billing, Image, ImageError, ListedId, ProviderRecord, RuntimeRecord, StoredImage};
#[cfg(feature = "compile")]
pub use lint::{Warning, lint};
#[cfg(feature = "compile")]
pub use lint_kind::LintKind;
pub use model_id::ModelId;
#[cfg(feature = "compile")]
pub use pattern::{Automaton, Found, Pattern, PatternError};
#[cfg(feature = "compile")]
pub use pause::on_pause;
pub use quote::{is_shown, literal, quoted};
pub use remembered::Remembered;
pub use suggest::{Suggestion, closest, suggestions};
pub use verdict::{Code, MatchedBy, Verdict};
pub use wording::{UNSUPPORTED_RUNTIME, near_miss};

/// The bytes of the registry file that is built in: the one that `MODEL_ROUTABLE_PROVIDERS` named when this was built, else
/// the repository's.
#[cfg(feature = "compile")]
pub const BUILT_IN: &[u8] = include_bytes!(env!("REGISTRY_FILE"));

/// Reads and validates the bytes of a registry file.
///
/// # Errors
/// All faults of the file at once.
#[cfg(feature = "compile")]
pub fn read(file: &[u8]) -> Result<Registry, Faults> {
    validate::registry(file)
}

/// Compiles a registry, and the bytes of the file that it was read from, into an image for [`Image::open`].
#[cfg(feature = "compile")]
pub fn write(registry: &Registry, file: &[u8]) -> Vec<u8> {
    image::write(registry, file)
}

/// Reads, validates and compiles the bytes of a registry file: [`read`], then [`write()`].
///
/// # Errors
/// All faults of the file at once.
#[cfg(feature = "compile")]
pub fn compile(file: &[u8]) -> Result<Vec<u8>, Faults> {
    Ok(write(&read(file)?, file))
}
