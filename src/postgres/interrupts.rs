//! Requests to end a statement (manual: "pg_cancel_backend", statement_timeout).

use pgrx::pg_sys;

/// Ends the statement by PostgreSQL's own error if its end is asked for. Each loop over a registry calls it.
#[inline]
pub fn check() {
    // SAFETY: a signal handler of this thread sets the variable, which is why it is read anew each time; what is asked for
    // is raised through pgrx's guard of the call.
    unsafe {
        if std::ptr::read_volatile(&raw const pg_sys::InterruptPending) != 0 {
            pg_sys::ProcessInterrupts();
        }
    }
}
