//! Bytes that functions return.

use pgrx::callconv::{BoxRet, FcInfo};
use pgrx::datum::IntoDatum;
use pgrx::pg_sys;

use super::memory::copy_to_varlena;

/// A value of type bytea.
pub struct Bytea(pg_sys::Datum);

pgrx::impl_sql_translatable!(Bytea, "bytea");

impl Bytea {
    /// Copies the bytes into the current memory context.
    ///
    /// # Errors
    /// PostgreSQL's own (53200, or 54000 beyond 1 GB).
    pub fn of(bytes: &[u8]) -> Bytea {
        Bytea(copy_to_varlena(bytes))
    }
}

impl IntoDatum for Bytea {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        Some(self.0)
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::BYTEAOID
    }
}

// SAFETY: returns a datum of type bytea, which the declaration says.
unsafe impl BoxRet for Bytea {
    unsafe fn box_into<'fcx>(self, call: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: the datum was allocated in the memory context of the call.
        unsafe { call.return_raw_datum(self.0) }
    }
}
