//! Versions of a row (manual: "Concurrency Control"): what became of the version for which a deferrable trigger is called.

use std::ptr::null_mut;

use pgrx::pg_sys;

use super::interrupts;
use super::row::{Column, Row};
use super::row_call::RowCall;

impl<'s> RowCall<'_, 's> {
    /// Whether the trigger is DEFERRABLE. If it is, the transaction can have replaced the row before the trigger is called.
    pub fn is_deferrable(&self) -> bool {
        // SAFETY: the trigger that called is there for the time of the call.
        unsafe { (*self.data.tg_trigger).tgdeferrable }
    }

    /// Whether `is_same` holds for the current version of the row, and for all versions that the transaction made in between.
    /// Columns up to the last one are extracted from each version. False if the transaction deleted the row, or moved it to
    /// another partition, whose own trigger is called for it.
    ///
    /// # Errors
    /// PostgreSQL's own, and cancellation, because a transaction can have replaced a row many times.
    pub fn is_still(&self, last: Column<'s>, is_same: impl Fn(&Row<'_, 's>) -> bool) -> bool {
        interrupts::check();
        let (relation, stored) = (self.data.tg_relation, self.new_slot());
        // The snapshot that foreign keys use (source: ri_triggers.c): it sees all effects of this transaction.
        let current = &raw mut pg_sys::SnapshotSelfData;
        // SAFETY: constraint triggers are on tables that have a table access method, which has these functions. The slots are of the
        // relation's kind, and hold rows that were stored, with their place. An error of PostgreSQL's becomes a panic.
        unsafe {
            let methods = &*(*relation).rd_tableam;
            let is_visible = methods.tuple_satisfies_snapshot.unwrap();
            if pg_sys::ffi::pg_guard_ffi_boundary(|| is_visible(relation, stored, current)) {
                return true;
            }
            let fetch = methods.tuple_fetch_row_version.unwrap();
            let version = pg_sys::table_slot_create(relation, null_mut());
            let mut next = successor(relation, stored);
            let mut answer = false;
            while let Some(mut place) = next {
                interrupts::check();
                let any = &raw mut pg_sys::SnapshotAnyData;
                let is_there = pg_sys::ffi::pg_guard_ffi_boundary(|| fetch(relation, &mut place, any, version));
                // A version with another pair was judged itself, and so were the versions after it.
                if !is_there || !is_same(&Row::of_slot(version, last)) {
                    break;
                }
                answer = pg_sys::ffi::pg_guard_ffi_boundary(|| is_visible(relation, version, current));
                next = if answer { None } else { successor(relation, version) };
            }
            pg_sys::ExecDropSingleTupleTableSlot(version);
            answer
        }
    }
}

/// The place of the version by which this transaction replaced a row. None if there is none in this table.
///
/// # Safety
/// The slot holds a row of the relation, which this transaction has replaced, deleted or moved.
unsafe fn successor(relation: pg_sys::Relation, slot: *mut pg_sys::TupleTableSlot) -> Option<pg_sys::ItemPointerData> {
    // SAFETY: promised by the caller. Only a heap links its versions; another access method tells the last.
    unsafe {
        if (*slot).tts_ops == &raw const pg_sys::TTSOpsBufferHeapTuple {
            let row = (*slot.cast::<pg_sys::BufferHeapTupleTableSlot>()).base.tuple;
            let mut next = (*(*row).t_data).t_ctid;
            // PostgreSQL's mark of a row that moved to another partition (source: itemptr.h).
            let is_moved = next.ip_posid == pg_sys::MovedPartitionsOffsetNumber as u16;
            return (!is_moved && !pg_sys::ItemPointerEquals(&mut (*row).t_self, &mut next)).then_some(next);
        }
        let mut place = (*slot).tts_tid;
        let begin_scan = (*(*relation).rd_tableam).scan_begin.unwrap();
        let end_scan = (*(*relation).rd_tableam).scan_end.unwrap();
        let current = &raw mut pg_sys::SnapshotSelfData;
        let scan = pg_sys::ffi::pg_guard_ffi_boundary(|| {
            begin_scan(relation, current, 0, null_mut(), null_mut(), pg_sys::ScanOptions::SO_TYPE_TIDSCAN)
        });
        pg_sys::table_tuple_get_latest_tid(scan, &mut place);
        pg_sys::ffi::pg_guard_ffi_boundary(|| end_scan(scan));
        (!pg_sys::ItemPointerEquals(&mut (*slot).tts_tid, &mut place)).then_some(place)
    }
}
