//! Versions of a row (manual: "Concurrency Control"): what has become of the one that a deferrable trigger is called for.

use std::ptr::null_mut;

use pgrx::pg_sys;

use super::row::{Column, Row};
use super::row_call::RowCall;

impl<'s> RowCall<'_, 's> {
    /// Whether the trigger is DEFERRABLE: by the time that it is called, the statement's transaction can have replaced the row.
    pub fn is_deferrable(&self) -> bool {
        // SAFETY: the trigger that called is there for the time of the call.
        unsafe { (*self.data.tg_trigger).tgdeferrable }
    }

    /// Reads the row in its current version: the one that the call is for, or the last that the transaction made of it. Columns up
    /// to this one are taken out of it. None if the transaction deleted the row, or moved it to another partition, whose own
    /// trigger is called for it.
    ///
    /// # Errors
    /// PostgreSQL's own.
    pub fn with_current_row<R>(&self, last: Column<'s>, read: impl FnOnce(&Row<'_, 's>) -> R) -> Option<R> {
        let (relation, slot) = (self.data.tg_relation, self.new_slot());
        // What foreign keys judge by (source: ri_triggers.c): the effects of this transaction, up to this very moment.
        let snapshot = &raw mut pg_sys::SnapshotSelfData;
        // SAFETY: constraint triggers are on tables that have a table access method, which has these functions. The slot is one of the
        // relation's, and holds the row that was stored, with its place. An error of PostgreSQL's becomes a panic.
        unsafe {
            let methods = &*(*relation).rd_tableam;
            let is_current = methods.tuple_satisfies_snapshot.unwrap();
            if pg_sys::ffi::pg_guard_ffi_boundary(|| is_current(relation, slot, snapshot)) {
                return Some(read(&Row::of_slot(slot, last)));
            }
            let mut place = (*slot).tts_tid;
            let begin_scan = methods.scan_begin.unwrap();
            let scan = pg_sys::ffi::pg_guard_ffi_boundary(|| {
                begin_scan(relation, snapshot, 0, null_mut(), null_mut(), pg_sys::ScanOptions::SO_TYPE_TIDSCAN)
            });
            pg_sys::table_tuple_get_latest_tid(scan, &mut place);
            let end_scan = methods.scan_end.unwrap();
            pg_sys::ffi::pg_guard_ffi_boundary(|| end_scan(scan));
            let current = pg_sys::table_slot_create(relation, null_mut());
            let fetch = methods.tuple_fetch_row_version.unwrap();
            let is_there = pg_sys::ffi::pg_guard_ffi_boundary(|| fetch(relation, &mut place, snapshot, current));
            let answer = is_there.then(|| read(&Row::of_slot(current, last)));
            pg_sys::ExecDropSingleTupleTableSlot(current);
            answer
        }
    }
}
