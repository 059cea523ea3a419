//! Functions of the extension's second library, which the first call of one of them loads.

use std::ffi::CStr;

use pgrx::pg_sys;

use super::memory::copy_to_varlena;
use super::text::Text;

/// A function that takes a text and an integer, and returns a bytea that is not NULL, by PostgreSQL's calling conventions.
pub struct LibraryFunction {
    library: &'static CStr,
    symbol: &'static CStr,
}

impl LibraryFunction {
    /// # Safety
    /// The library's symbol is such a function.
    pub const unsafe fn new(library: &'static CStr, symbol: &'static CStr) -> LibraryFunction {
        LibraryFunction { library, symbol }
    }

    /// Calls the function. The answer is in the current memory context.
    ///
    /// # Errors
    /// PostgreSQL's own if there is no such library, and the function's.
    pub fn call(&self, text: &[u8], number: i32) -> Text<'static> {
        // SAFETY: promised for the symbol; the text is a copy in the current memory context, as the answer is.
        unsafe {
            let symbol =
                pg_sys::load_external_function(self.library.as_ptr(), self.symbol.as_ptr(), true, std::ptr::null_mut());
            let function: pg_sys::PGFunction = std::mem::transmute(symbol);
            let text = copy_to_varlena(text);
            let answer =
                pg_sys::DirectFunctionCall2Coll(function, pg_sys::InvalidOid, text, pg_sys::Datum::from(number));
            Text::from_datum(answer)
        }
    }
}
