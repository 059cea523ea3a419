//! What PostgreSQL reports of changes in its catalogs, passed on to what this library remembers of them.

use pgrx::pg_sys;

use super::{kept_plans, own_table};

/// Registers the callbacks, once per backend. PostgreSQL has few places for them, so each kind of change has one.
///
/// They only set flags, because PostgreSQL is emptying its own caches meanwhile (source: `inval.c`).
pub fn watch() {
    let casts = pg_sys::SysCacheIdentifier::CASTSOURCETARGET as i32;
    // SAFETY: the callbacks are functions of this library, which is never unloaded.
    unsafe {
        pg_sys::CacheRegisterRelcacheCallback(Some(relation_changed), 0.into());
        pg_sys::CacheRegisterSyscacheCallback(casts, Some(cast_changed), 0.into());
    }
}

/// An invalid OID stands for every relation.
unsafe extern "C-unwind" fn relation_changed(_: pg_sys::Datum, relation: pg_sys::Oid) {
    own_table::relation_changed(relation);
    kept_plans::relation_changed(relation);
}

/// How the values of a column are read depends on the casts of its type.
unsafe extern "C-unwind" fn cast_changed(_: pg_sys::Datum, _: i32, _: u32) {
    kept_plans::relation_changed(pg_sys::InvalidOid);
}
