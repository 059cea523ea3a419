//! The symbols that PostgreSQL calls on the hot path.

use pgrx::pg_sys::Oid;

use crate::enforcement::{self, Enforcement, enforcement};
use crate::guard::Guard;
use postgres::backend::InBackend;
use postgres::column_type::ColumnType;
use postgres::parameter;
use postgres::text::Text;
use postgres::{sql_function, trigger_function};

/// Called when a backend loads the library: at the first call of one of its functions, or earlier if a setting preloads it.
#[pgrx::pg_guard]
pub extern "C-unwind" fn _PG_init() {
    enforcement::define();
    parameter::reserve_prefix(c"model_routable");
    postgres::invalidation::watch();
    postgres::last_word::watch(|| enforcement() == Enforcement::Enforce);
    crate::in_force::watch();
}

sql_function! {
    /// `model_routable(runtime text, model text) RETURNS boolean`.
    model_routable_lookup, pg_finfo_model_routable_lookup(Option<Text>, Option<Text>) = crate::lookup::model_routable
}

sql_function! {
    /// `routable.passes(runtime text, model text, unknown_runtime text, near_miss text) RETURNS boolean`.
    model_routable_passes, pg_finfo_model_routable_passes(Option<Text>, Option<Text>, Option<Text>, Option<Text>) =
        crate::guard::passes
}

sql_function! {
    /// `routable.can_read(regtype) RETURNS boolean`, STRICT: whether a guard can read columns of the type.
    model_routable_can_read, pg_finfo_model_routable_can_read(Oid) = can_read
}

fn can_read(_: InBackend, type_oid: Oid) -> bool {
    ColumnType::of(type_oid).is_some()
}

trigger_function! {
    /// `routable.guard() RETURNS trigger`.
    model_routable_guard, pg_finfo_model_routable_guard = Guard
}
