//! Rows of trigger calls, and their columns.

use std::ffi::c_int;
use std::marker::PhantomData;

use pgrx::pg_sys;

use super::column_type::{ColumnType, Value};

/// The calls of one trigger for one relation, as long as the relation does not change. A trigger function is generic over this
/// lifetime, so that a column of one relation cannot be used with rows of another.
pub(super) type Statement<'s> = PhantomData<fn(&'s ()) -> &'s ()>;

/// A column whose values can be read. `RowCall::column` makes it, for rows of the same calls.
#[derive(Clone, Copy)]
pub struct Column<'s> {
    number: i16,
    kind: ColumnType,
    statement: Statement<'s>,
}

impl<'s> Column<'s> {
    /// # Safety
    /// The relation that the statement's trigger fires for has a column with the number, whose type is read like this.
    pub(super) unsafe fn new(number: i16, kind: ColumnType) -> Column<'s> {
        Column { number, kind, statement: PhantomData }
    }

    pub fn number(self) -> i16 {
        self.number
    }

    /// The column with the higher number.
    #[inline(always)]
    pub fn later(self, other: Column<'s>) -> Column<'s> {
        if self.number < other.number { other } else { self }
    }

    /// Whether two rows have the same bytes in the column. The collation does not count.
    pub fn is_same(self, one: &Row<'_, 's>, other: &Row<'_, 's>) -> bool {
        match (one.value(self), other.value(self)) {
            (None, None) => true,
            // SAFETY: values of one column.
            (Some(one), Some(other)) => unsafe { one.is_same(other) },
            _ => false,
        }
    }
}

/// A row of a trigger call. Its columns up to a certain one are extracted in one pass.
#[derive(Clone, Copy)]
pub struct Row<'a, 's> {
    values: &'a [pg_sys::Datum],
    are_null: &'a [bool],
    statement: Statement<'s>,
}

impl<'a, 's> Row<'a, 's> {
    /// # Safety
    /// The slot holds a row of the relation that the statement's trigger fires for, and keeps it for the lifetime.
    #[inline(always)]
    pub(super) unsafe fn of_slot(slot: *mut pg_sys::TupleTableSlot, last: Column<'s>) -> Row<'a, 's> {
        // SAFETY: promised by the caller. Once that many columns are valid, both arrays hold them.
        unsafe {
            if (*slot).tts_nvalid < last.number {
                take_out(slot, last.number.into());
            }
            let count = last.number as usize;
            Row {
                values: std::slice::from_raw_parts((*slot).tts_values, count),
                are_null: std::slice::from_raw_parts((*slot).tts_isnull, count),
                statement: PhantomData,
            }
        }
    }

    /// The value of a column. None if it is NULL.
    ///
    /// # Panics
    /// If the column comes after the last one that was extracted.
    #[inline(always)]
    pub fn value(&self, column: Column<'s>) -> Option<Value<'a>> {
        let index = column.number as usize - 1;
        // SAFETY: the column and the row are of one relation; the value lives as long as its row.
        (!self.are_null[index]).then(|| unsafe { Value::new(self.values[index], column.kind) })
    }
}

/// Extracts the columns of the slot up to this one.
///
/// # Safety
/// The slot holds a row that has the column.
#[inline(always)]
unsafe fn take_out(slot: *mut pg_sys::TupleTableSlot, last: c_int) {
    unsafe extern "C-unwind" {
        /// Declared here because pgrx's own declaration guards each call against errors, which takes as long as a lookup.
        fn slot_getsomeattrs_int(slot: *mut pg_sys::TupleTableSlot, last: c_int);
    }
    // SAFETY: promised by the caller. In slots of a heap's tuples, the function raises no error but for a column that the row does not
    // have; an error would pass over this library's frames.
    unsafe {
        if (*slot).tts_ops == &raw const pg_sys::TTSOpsBufferHeapTuple {
            slot_getsomeattrs_int(slot, last);
        } else {
            take_out_of_other(slot, last);
        }
    }
}

/// The same for slots that are not those of a heap's rows. Slots of another table access method can raise errors, and so can
/// a slot of values that are not complete.
///
/// # Safety
/// As for `take_out`.
#[inline(never)]
unsafe fn take_out_of_other(slot: *mut pg_sys::TupleTableSlot, last: c_int) {
    // SAFETY: promised by the caller; pgrx turns an error into a panic.
    unsafe { pg_sys::slot_getsomeattrs_int(slot, last) };
}
