//! What messages say besides the reason of a code.

use crate::Code;

/// Why a guard refuses an unknown runtime that the lookup passes.
pub const UNSUPPORTED_RUNTIME: &str = "The runtime is not in the registry, and this guard denies unknown runtimes.";

/// Why a pair with this code is a near miss.
pub fn near_miss(code: Code) -> &'static str {
    if code == Code::UnknownRuntime { NEAR_RUNTIME } else { NEAR_MODEL }
}

const NEAR_RUNTIME: &str = "The runtime is not in the registry, and differs from a registered one only in punctuation, white space or letter case.";

const NEAR_MODEL: &str = "The runtime does not list the model id, and lists one that differs only in punctuation, letter case or a \
                              vendor's prefix.";
