//! Functions in the catalogue (manual: "pg_proc").

use pgrx::pg_sys;

/// An entry point of this library, through which PostgreSQL calls a function.
pub type Entry = unsafe extern "C-unwind" fn(pg_sys::FunctionCallInfo) -> pg_sys::Datum;

/// Whether a function, whatever its name, calls an entry point of this library.
pub fn is_entry(function: pg_sys::Oid, entry: Entry) -> bool {
    // SAFETY: these look up the system cache; the function is there, or is not asked further.
    unsafe {
        let cache = pg_sys::SysCacheIdentifier::PROCOID as i32;
        if !pg_sys::SearchSysCacheExists(cache, pg_sys::Datum::from(function), 0.into(), 0.into(), 0.into()) {
            return false;
        }
        let mut call = pg_sys::FmgrInfo::default();
        pg_sys::fmgr_info(function, &mut call);
        call.fn_addr.is_some_and(|address| address as usize == entry as usize)
    }
}
