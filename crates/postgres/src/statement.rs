//! Which statement a backend is in.

use std::cell::Cell;

use pgrx::pg_sys;

unsafe extern "C-unwind" {
    /// Declared here since pgrx's own declaration guards each call against errors, of which this function has none.
    safe fn GetCurrentStatementStartTimestamp() -> i64;
}

/// A statement as the client sent it, or what a procedure runs between two COMMITs.
///
/// It is told by when it began (manual: `statement_timestamp`): no two of a backend begin in the same microsecond.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Statement(i64);

impl Statement {
    /// None that ever begins.
    pub const NONE: Statement = Statement(i64::MIN);

    #[inline(always)]
    pub fn current() -> Statement {
        Statement(GetCurrentStatementStartTimestamp())
    }

    /// When it began, in microseconds.
    #[inline(always)]
    pub const fn began(self) -> i64 {
        self.0
    }
}

/// Takes in what other sessions committed before now (`AcceptInvalidationMessages`), as the next lock would.
pub fn accept_changes() {
    // SAFETY: only code within a transaction gets here, which may take a lock as well.
    unsafe { pg_sys::AcceptInvalidationMessages() };
}

/// Whether the statement runs in several processes, of which this is one.
pub fn is_parallel() -> bool {
    // SAFETY: reads variables of the backend.
    unsafe { pg_sys::IsInParallelMode() || pg_sys::ParallelWorkerNumber >= 0 }
}

/// Whether all queries of the transaction see what its first one saw: REPEATABLE READ and SERIALIZABLE.
pub fn keeps_snapshot() -> bool {
    // SAFETY: reads a variable of the backend.
    unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ as i32 }
}

/// What a query sees of other transactions. Those before the last one that had ended are fixed, and can only end: two queries that
/// count as many of them under way see the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    first_under_way: u32,
    first_to_come: u32,
    under_way: u32,
    /// With their subtransactions, which is all that a standby counts.
    under_way_below: i32,
}

impl Sight {
    /// That of the query that is being run; none if there is no query.
    pub fn current() -> Option<Sight> {
        // SAFETY: reads variables of the backend; the active snapshot stands meanwhile.
        unsafe {
            pg_sys::ActiveSnapshotSet().then(|| {
                let snapshot = &*pg_sys::GetActiveSnapshot();
                Sight {
                    first_under_way: snapshot.xmin.into(),
                    first_to_come: snapshot.xmax.into(),
                    under_way: snapshot.xcnt,
                    under_way_below: snapshot.subxcnt,
                }
            })
        }
    }
}

thread_local! {
    static AT_END: Cell<fn()> = const { Cell::new(|| ()) };
}

/// Calls this at the end of each transaction. It must do nothing but set flags.
pub fn at_end_of_transaction(function: fn()) {
    AT_END.set(function);
    // SAFETY: the callback is a function of this library, which is never unloaded.
    unsafe { pg_sys::RegisterXactCallback(Some(transaction_ended), std::ptr::null_mut()) };
}

unsafe extern "C-unwind" fn transaction_ended(event: pg_sys::XactEvent::Type, _: *mut std::ffi::c_void) {
    use pg_sys::XactEvent::{XACT_EVENT_PARALLEL_PRE_COMMIT, XACT_EVENT_PRE_COMMIT, XACT_EVENT_PRE_PREPARE};
    // Deferred triggers still run after these.
    if ![XACT_EVENT_PRE_COMMIT, XACT_EVENT_PARALLEL_PRE_COMMIT, XACT_EVENT_PRE_PREPARE].contains(&event) {
        AT_END.get()();
    }
}
