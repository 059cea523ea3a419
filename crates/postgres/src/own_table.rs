//! A table of the extension, read and watched without a query: no name can be shadowed, and the caller needs no privilege.

use std::cell::Cell;
use std::ffi::CStr;

use pgrx::pg_sys;

use super::error::{Report, SqlState};
use super::{extension_table, storage};

thread_local! {
    /// The table whose changes are watched. None if it is not known: then a change of any relation counts.
    static WATCHED: Cell<pg_sys::Oid> = const { Cell::new(pg_sys::InvalidOid) };
    static ON_CHANGE: Cell<fn()> = const { Cell::new(|| ()) };
}

/// Sets the function that is called if the table found last has changed, or may have. The function must only set flags; see
/// `invalidation::watch`.
pub fn on_change(function: fn()) {
    ON_CHANGE.set(function);
}

/// A relation has changed. An invalid OID stands for every relation.
pub(super) fn relation_changed(relation: pg_sys::Oid) {
    let watched = WATCHED.get();
    if relation == pg_sys::InvalidOid || watched == pg_sys::InvalidOid || relation == watched {
        ON_CHANGE.get()();
    }
}

/// Which state of a table to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// As it is committed now, in every isolation level.
    Now,
    /// As the running query sees it.
    Query,
}

/// A table that belongs to an extension.
#[derive(Clone, Copy)]
pub struct OwnTable(pg_sys::Oid);

impl OwnTable {
    /// The only table of the extension, whatever its name and schema are. None if the extension has none. From now on, its
    /// changes are watched.
    pub fn find(extension: &CStr) -> Option<OwnTable> {
        let table = extension_table::find(extension);
        WATCHED.set(table.unwrap_or(pg_sys::InvalidOid));
        table.map(OwnTable)
    }

    /// Blocks writes of others to the table until the transaction ends. Several sessions can hold this lock.
    pub fn lock_as_writer(self) {
        // SAFETY: the table is there, or is locked in vain.
        unsafe { pg_sys::LockRelationOid(self.0, pg_sys::RowExclusiveLock as i32) };
    }

    /// Reports a change of the table: to this session at its next command, to all sessions when this transaction commits.
    pub fn tell_change(self) {
        // SAFETY: the table is there.
        unsafe { pg_sys::CacheInvalidateRelcacheByRelid(self.0) };
    }

    /// Reads the row with the highest primary key, among rows that are committed or that this transaction wrote.
    ///
    /// # Errors
    /// PostgreSQL's own. None if the table has no row.
    ///
    /// # Panics
    /// If the table has no primary key.
    pub fn with_last_row<R>(self, as_of: AsOf, read: impl FnOnce(&LastRow) -> R) -> Option<R> {
        // SAFETY: the table and its index are open while the scan is; on an error, PostgreSQL closes what is open.
        unsafe {
            let lock = pg_sys::AccessShareLock as pg_sys::LOCKMODE;
            pg_sys::LockRelationOid(self.0, lock);
            if storage::has_no_block(self.0) {
                pg_sys::UnlockRelationOid(self.0, lock);
                return None;
            }
            let table = pg_sys::table_open(self.0, pg_sys::NoLock as pg_sys::LOCKMODE);
            pg_sys::list_free(pg_sys::RelationGetIndexList(table));
            let key = (*table).rd_pkindex;
            assert!(key != pg_sys::InvalidOid, "the table of releases has no primary key");
            let index = pg_sys::index_open(key, lock);
            let snapshot = if as_of == AsOf::Query && pg_sys::ActiveSnapshotSet() {
                pg_sys::GetActiveSnapshot()
            } else {
                // A relation without a system cache needs a new catalog snapshot each time.
                pg_sys::GetCatalogSnapshot(self.0)
            };
            let snapshot = pg_sys::RegisterSnapshot(snapshot);
            let scan = pg_sys::systable_beginscan_ordered(table, index, snapshot, 0, std::ptr::null_mut());
            let tuple = pg_sys::systable_getnext_ordered(scan, pg_sys::ScanDirection::BackwardScanDirection);
            let answer = (!tuple.is_null()).then(|| {
                let description = (*table).rd_att;
                let count = usize::try_from((*description).natts).unwrap_or(0);
                let mut row = LastRow { table: self.0, values: vec![0.into(); count], are_null: vec![true; count] };
                pg_sys::heap_deform_tuple(tuple, description, row.values.as_mut_ptr(), row.are_null.as_mut_ptr());
                read(&row)
            });
            pg_sys::systable_endscan_ordered(scan);
            pg_sys::UnregisterSnapshot(snapshot);
            pg_sys::index_close(index, lock);
            pg_sys::table_close(table, lock);
            answer
        }
    }
}

/// A row while it is being read. Columns are counted from 0.
pub struct LastRow {
    table: pg_sys::Oid,
    values: Vec<pg_sys::Datum>,
    are_null: Vec<bool>,
}

impl LastRow {
    /// A column of type integer.
    ///
    /// # Errors
    /// 42804 if it has another type.
    pub fn integer(&self, column: usize) -> Option<i32> {
        Some(self.value(column, &[pg_sys::INT4OID])?.value() as i32)
    }

    /// A column of type timestamptz, in microseconds as PostgreSQL counts them.
    ///
    /// # Errors
    /// 42804 if it has another type.
    pub fn timestamp(&self, column: usize) -> Option<i64> {
        Some(self.value(column, &[pg_sys::TIMESTAMPTZOID])?.value() as i64)
    }

    /// A column of type text or bytea.
    ///
    /// # Errors
    /// 42804 if it has another type.
    pub fn bytes(&self, column: usize) -> Option<Vec<u8>> {
        let value = self.value(column, &[pg_sys::TEXTOID, pg_sys::BYTEAOID])?;
        // SAFETY: the value is of variable length, and stands as long as the row; what is unpacked is a copy, which is given
        // back.
        unsafe {
            let stored = value.cast_mut_ptr::<pg_sys::varlena>();
            let whole = pg_sys::pg_detoast_datum_packed(stored);
            let bytes = copy(pgrx::varlena_to_byte_slice(whole));
            if whole != stored {
                pg_sys::pfree(whole.cast());
            }
            Some(bytes)
        }
    }

    /// Whether the row has no value there.
    pub fn is_null(&self, column: usize) -> bool {
        self.are_null.get(column).is_none_or(|is_null| *is_null)
    }

    /// The table's owner can give a column another type, whose value is not a pointer.
    fn value(&self, column: usize, types: &[pg_sys::Oid]) -> Option<pg_sys::Datum> {
        let value = *self.values.get(column).filter(|_| !self.are_null[column])?;
        let number = pg_sys::AttrNumber::try_from(column + 1).ok()?;
        // SAFETY: the table is open; a column that was dropped has no type, and no value either.
        let its_type = unsafe { pg_sys::get_atttype(self.table, number) };
        if !types.contains(&its_type) {
            Report::new(
                SqlState::ERRCODE_DATATYPE_MISMATCH, // 42804
                format!("column {number} of the table of releases has another type than it was made with"),
            )
            .throw()
        }
        Some(value)
    }
}

/// A copy of bytes whose number a release decides.
///
/// # Errors
/// 53200 if there is not enough memory.
fn copy(bytes: &[u8]) -> Vec<u8> {
    let mut copy = Vec::new();
    if copy.try_reserve_exact(bytes.len()).is_err() {
        // 53200
        Report::new(SqlState::ERRCODE_OUT_OF_MEMORY, "out of memory").throw()
    }
    copy.extend_from_slice(bytes);
    copy
}
