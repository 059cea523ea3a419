//! The table that a trigger fired on, and its columns.

use std::ffi::CStr;

use pgrx::pg_sys;

use super::column_type::{ColumnType, type_name};
use super::encoding::Encoding;

/// An open relation, which the statement that fired the trigger has locked.
#[derive(Clone, Copy)]
pub struct Relation<'a> {
    relation: &'a pg_sys::RelationData,
}

/// Whether a column's values are computed from others, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    No,
    /// Computed when the row is stored, after the BEFORE triggers.
    Stored,
    /// Computed when the row is read. Triggers do not see the value.
    Virtual,
}

impl<'a> Relation<'a> {
    /// # Safety
    /// The pointer is an open relation for the lifetime.
    pub(super) unsafe fn from_pointer(relation: pg_sys::Relation) -> Relation<'a> {
        // SAFETY: promised by the caller.
        Relation { relation: unsafe { &*relation } }
    }

    pub fn oid(self) -> pg_sys::Oid {
        self.relation.rd_id
    }

    pub fn name(self) -> String {
        // SAFETY: an open relation has its pg_class row, whose name ends in NUL.
        let name = unsafe { CStr::from_ptr((*self.relation.rd_rel).relname.data.as_ptr()) };
        to_utf8(name)
    }

    pub fn schema(self) -> Option<String> {
        // SAFETY: as above; the result is palloc'd or null.
        unsafe { owned(pg_sys::get_namespace_name((*self.relation.rd_rel).relnamespace)) }
    }

    /// The number of the column with this name. None if there is no such column, or only a system column.
    pub fn column_number(self, name: &CStr) -> Option<i16> {
        // SAFETY: looks up the system cache; the name is a C string.
        let number = unsafe { pg_sys::get_attnum(self.oid(), name.as_ptr()) };
        (number > 0).then_some(number)
    }

    pub fn column_name(self, number: i16) -> Option<String> {
        // SAFETY: looks up the system cache; with missing_ok, a missing column is null.
        unsafe { owned(pg_sys::get_attname(self.oid(), number, true)) }
    }

    /// How the column is computed from others.
    pub fn column_generation(self, number: i16) -> Generation {
        // SAFETY: looks up the system cache, for a column that is there.
        match unsafe { pg_sys::get_attgenerated(self.oid(), number) } as u8 {
            0 => Generation::No,
            pg_sys::ATTRIBUTE_GENERATED_STORED => Generation::Stored,
            _ => Generation::Virtual,
        }
    }

    /// The tables that this one is a partition of, from its parent to the root.
    pub fn partition_ancestors(self) -> Vec<pg_sys::Oid> {
        // SAFETY: an open relation has its pg_class row; the list is one of oids. It is null, the empty list, for a partition that
        // is being detached concurrently.
        unsafe {
            if !(*self.relation.rd_rel).relispartition {
                return Vec::new();
            }
            let Some(list) = pg_sys::get_partition_ancestors(self.oid()).as_ref() else { return Vec::new() };
            let cells = std::slice::from_raw_parts(list.elements, usize::try_from(list.length).unwrap_or(0));
            cells.iter().map(|cell| cell.oid_value).collect()
        }
    }

    /// How the column is read.
    ///
    /// # Errors
    /// The name of a type that cannot be read, as if there is no such column.
    pub(super) fn column_type(self, number: i16) -> Result<ColumnType, String> {
        // SAFETY: looks up the system cache, for a column that is there.
        let type_oid = unsafe { pg_sys::get_atttype(self.oid(), number) };
        ColumnType::of(type_oid).ok_or_else(|| type_name(type_oid))
    }
}

/// Whether a statement of this session that has not ended has the relation open, for example while its triggers run.
///
/// # Errors
/// PostgreSQL's own, if there is no such relation.
pub fn is_in_use(table: pg_sys::Oid) -> bool {
    let lock = pg_sys::AccessShareLock as pg_sys::LOCKMODE;
    // SAFETY: the relation is open between the two calls, by this one once.
    unsafe {
        let relation = pg_sys::relation_open(table, lock);
        let count = (*relation).rd_refcnt;
        pg_sys::relation_close(relation, lock);
        count > 1
    }
}

/// Whether rows that this transaction wrote to the table still wait for a deferred trigger.
pub fn has_pending_events(table: pg_sys::Oid) -> bool {
    // SAFETY: reads the backend's queue of events.
    unsafe { pg_sys::AfterTriggerPendingOnRel(table) }
}

/// # Safety
/// The pointer is null or a C string in the database's encoding.
pub(super) unsafe fn owned(text: *mut std::ffi::c_char) -> Option<String> {
    // SAFETY: promised by the caller.
    (!text.is_null()).then(|| to_utf8(unsafe { CStr::from_ptr(text) }))
}

/// Text of the database for a message. In SQL_ASCII, bytes that are not UTF-8 are replaced.
pub fn to_utf8(text: &CStr) -> String {
    String::from_utf8_lossy(&Encoding::of_database().to_utf8(text.to_bytes())).into_owned()
}
