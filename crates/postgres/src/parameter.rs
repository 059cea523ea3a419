//! Names of parameters (manual: "Customized Options").

use std::ffi::CStr;

use pgrx::pg_sys;

/// Takes a prefix for this library: what was set under it and is no parameter is removed, with a warning.
pub fn reserve_prefix(prefix: &CStr) {
    // SAFETY: the name is a C string, of which both functions make copies.
    unsafe {
        #[cfg(any(feature = "pg13", feature = "pg14"))]
        pg_sys::EmitWarningsOnPlaceholders(prefix.as_ptr());
        #[cfg(not(any(feature = "pg13", feature = "pg14")))]
        pg_sys::MarkGUCPrefixReserved(prefix.as_ptr());
    }
}
