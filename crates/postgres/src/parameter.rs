//! Names of parameters (manual: "Customized Options").

use std::ffi::CStr;

use pgrx::pg_sys;

/// Reserves a prefix for this library. PostgreSQL removes settings under it that are not parameters, with a warning.
pub fn reserve_prefix(prefix: &CStr) {
    // SAFETY: the name is a C string, of which both functions make copies.
    unsafe {
        #[cfg(any(feature = "pg13", feature = "pg14"))]
        pg_sys::EmitWarningsOnPlaceholders(prefix.as_ptr());
        #[cfg(not(any(feature = "pg13", feature = "pg14")))]
        pg_sys::MarkGUCPrefixReserved(prefix.as_ptr());
    }
}
