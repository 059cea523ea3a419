//! Functions for SQL objects of former versions, which had other columns. The symbols stay, because pg_upgrade creates those
//! objects unchanged.

use pgrx::pg_extern;

use postgres::error::{Report, SqlState};

/// `routable.runtimes`, up to 0.1.
#[pg_extern(sql = false)]
fn registry_runtimes() {
    refuse()
}

/// `routable.providers`, up to 0.1.
#[pg_extern(sql = false)]
fn registry_providers() {
    refuse()
}

/// `routable.models`, up to 0.1.
#[pg_extern(sql = false)]
fn registry_models() {
    refuse()
}

/// Raises an error that says what to do.
fn refuse() -> ! {
    Report {
        hint: Some("To update them: ALTER EXTENSION model_routable UPDATE;".to_owned()),
        ..Report::new(
            SqlState::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, // 55000
            "the objects of extension \"model_routable\" are of an earlier version than its library",
        )
    }
    .throw()
}
