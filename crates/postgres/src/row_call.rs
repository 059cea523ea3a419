//! A trigger call for a row, and its result.

use std::marker::PhantomData;
use std::ops::Deref;

use pgrx::pg_sys;

use super::backend::InBackend;
use super::encoding::to_c_string;
use super::relation::Generation;
use super::row::{Column, Row, Statement};
use super::trigger::{Timing, TriggerCall};

/// A call for a row that an INSERT or UPDATE stores.
#[derive(Clone, Copy)]
pub struct RowCall<'a, 's> {
    call: TriggerCall<'a>,
    statement: Statement<'s>,
}

impl<'a> Deref for RowCall<'a, '_> {
    type Target = TriggerCall<'a>;

    #[inline(always)]
    fn deref(&self) -> &TriggerCall<'a> {
        &self.call
    }
}

const INSERT_OF_ROW: u32 = pg_sys::TRIGGER_EVENT_INSERT | pg_sys::TRIGGER_EVENT_ROW;
const UPDATE_OF_ROW: u32 = pg_sys::TRIGGER_EVENT_UPDATE | pg_sys::TRIGGER_EVENT_ROW;

impl<'a, 's> RowCall<'a, 's> {
    /// Only for `trigger::fire`, whose trigger function takes calls of any statement, and so cannot mix two.
    #[inline(always)]
    pub(super) fn of(call: &TriggerCall<'a>) -> Option<RowCall<'a, 's>> {
        let event = call.data.tg_event & (pg_sys::TRIGGER_EVENT_OPMASK | pg_sys::TRIGGER_EVENT_ROW);
        matches!(event, INSERT_OF_ROW | UPDATE_OF_ROW).then_some(RowCall { call: *call, statement: PhantomData })
    }

    #[inline(always)]
    pub(super) fn is_update(&self) -> bool {
        self.data.tg_event & pg_sys::TRIGGER_EVENT_OPMASK == pg_sys::TRIGGER_EVENT_UPDATE
    }

    #[inline(always)]
    pub fn backend(&self) -> InBackend {
        // SAFETY: a call comes from PostgreSQL, and cannot be sent to another thread.
        unsafe { InBackend::new() }
    }

    /// The column with this number, for reading it in rows.
    ///
    /// # Errors
    /// The name of a type that cannot be read.
    pub fn column(&self, number: i16) -> Result<Column<'s>, String> {
        let kind = self.relation().column_type(number)?;
        // SAFETY: the relation has the column, since it told its type, and cannot be altered while its triggers run.
        Ok(unsafe { Column::new(number, kind) })
    }

    /// The row that is stored, or will be. Its columns up to this one are extracted.
    #[inline(always)]
    pub fn new_row(&self, last: Column<'s>) -> Row<'a, 's> {
        // SAFETY: for an INSERT or UPDATE, this slot holds the new row, which the call does not change.
        unsafe { Row::of_slot(self.new_slot(), last) }
    }

    #[inline(always)]
    pub(super) fn new_slot(&self) -> *mut pg_sys::TupleTableSlot {
        if self.is_update() { self.data.tg_newslot } else { self.data.tg_trigslot }
    }

    /// The row before an UPDATE. Its columns up to this one are extracted.
    pub fn old_row(&self, last: Column<'s>) -> Option<Row<'a, 's>> {
        // SAFETY: for an UPDATE, this slot holds the old row, which the call does not change.
        self.is_update().then(|| unsafe { Row::of_slot(self.data.tg_trigslot, last) })
    }

    /// Whether the SET list of an UPDATE has the column. A trigger cannot see what an INSERT sets.
    ///
    /// PostgreSQL also counts generated columns that depend on such a column. They are not counted here, because the
    /// statement did not set them.
    pub fn sets(&self, column: Column<'s>) -> bool {
        let member = i32::from(column.number()) - pg_sys::FirstLowInvalidHeapAttributeNumber;
        // SAFETY: null is the empty set.
        let is_set = unsafe { pg_sys::bms_is_member(member, self.data.tg_updatedcols) };
        is_set && self.relation().column_generation(column.number()) == Generation::No
    }

    /// The result that lets the row through. An AFTER trigger can return it too, but does not need to.
    #[inline(always)]
    pub fn proceed(&self) -> ReturnedRow<'a> {
        let row = if self.is_update() { self.data.tg_newtuple } else { self.data.tg_trigtuple };
        ReturnedRow(pg_sys::Datum::from(row), PhantomData)
    }

    /// The call, if it can still change the row that an UPDATE stores.
    pub fn before_update(&self) -> Option<BeforeUpdate<'a, 's>> {
        (self.is_update() && self.timing() == Timing::Before).then_some(BeforeUpdate(*self))
    }
}

/// A call before an UPDATE stores a row.
pub struct BeforeUpdate<'a, 's>(RowCall<'a, 's>);

impl<'a, 's> BeforeUpdate<'a, 's> {
    /// The result that stores the row with another value in a column. The column's type reads the value from its text form,
    /// and its length and domain apply.
    ///
    /// # Errors
    /// PostgreSQL's own, if the type does not take the value.
    pub fn with_value(&self, column: Column<'s>, text: &str) -> ReturnedRow<'a> {
        let text = to_c_string(text);
        let (relation, number) = (self.0.relation().oid(), column.number());
        // SAFETY: the column is there and its type takes text as input; the row is the one to be stored, and its
        // modified copy lives in the memory context of the row.
        unsafe {
            let (mut type_oid, mut modifier, mut collation) = (pg_sys::InvalidOid, 0, pg_sys::InvalidOid);
            pg_sys::get_atttypetypmodcoll(relation, number, &mut type_oid, &mut modifier, &mut collation);
            let (mut input, mut parameter) = (pg_sys::InvalidOid, pg_sys::InvalidOid);
            pg_sys::getTypeInputInfo(type_oid, &mut input, &mut parameter);
            let mut value = pg_sys::OidInputFunctionCall(input, text.as_ptr().cast_mut(), parameter, modifier);
            let (mut number, mut is_null) = (i32::from(number), false);
            let description = (*self.0.data.tg_relation).rd_att;
            let row = self.0.data.tg_newtuple;
            let row = pg_sys::heap_modify_tuple_by_cols(row, description, 1, &mut number, &mut value, &mut is_null);
            ReturnedRow(pg_sys::Datum::from(row), PhantomData)
        }
    }
}

/// The row that a trigger call returns.
pub struct ReturnedRow<'a>(pg_sys::Datum, PhantomData<fn(&'a ()) -> &'a ()>);

impl ReturnedRow<'_> {
    #[inline(always)]
    pub(super) fn into_datum(self) -> pg_sys::Datum {
        self.0
    }
}
