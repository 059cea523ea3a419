//! The statement that a backend is running.

use std::cell::Cell;

use pgrx::pg_sys;

unsafe extern "C-unwind" {
    /// Declared here because pgrx's own declaration guards each call against errors, and this function raises none.
    safe fn GetCurrentStatementStartTimestamp() -> i64;
}

/// A statement that the client sent, or the part of a procedure between two COMMITs.
///
/// Identified by its start time (manual: `statement_timestamp`): no two statements of a backend start in the same
/// microsecond.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Statement(i64);

impl Statement {
    /// A value that no statement has.
    pub const NONE: Statement = Statement(i64::MIN);

    #[inline(always)]
    pub fn current() -> Statement {
        Statement(GetCurrentStatementStartTimestamp())
    }

    /// Its start time, in microseconds.
    #[inline(always)]
    pub const fn began(self) -> i64 {
        self.0
    }
}

/// Processes what other sessions have committed (`AcceptInvalidationMessages`), as the next lock would.
pub fn accept_changes() {
    // SAFETY: only code within a transaction gets here, which may take a lock as well.
    unsafe { pg_sys::AcceptInvalidationMessages() };
}

/// Whether this process is one of several that run the statement.
pub fn is_parallel() -> bool {
    // SAFETY: reads variables of the backend.
    unsafe { pg_sys::IsInParallelMode() || pg_sys::ParallelWorkerNumber >= 0 }
}

/// Whether all queries of the transaction use one snapshot: REPEATABLE READ and SERIALIZABLE.
pub fn keeps_snapshot() -> bool {
    // SAFETY: reads a variable of the backend.
    unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ as i32 }
}

/// What a query sees of other transactions. Transactions before the last one that had ended are fixed, except that running
/// ones can end. So two queries that count the same number of running ones see the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    first_under_way: u32,
    first_to_come: u32,
    under_way: u32,
    /// Including their subtransactions, because a standby counts only both together.
    under_way_below: i32,
}

impl Sight {
    /// The snapshot of the running query. None if there is no query.
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

/// Registers a function that is called at the end of each transaction. The function must only set flags.
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
