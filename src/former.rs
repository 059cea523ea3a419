//! What functions answer that SQL objects of a former version call.

use postgres::backend::InBackend;
use postgres::error::{Report, SqlState};

/// Raises an error that says what to do.
pub fn refuse(_: InBackend) -> ! {
    Report {
        hint: Some("To update them: ALTER EXTENSION model_routable UPDATE;".to_owned()),
        ..Report::new(
            SqlState::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
            "the objects of extension \"model_routable\" are of an earlier version than its library",
        )
    }
    .throw()
}
