//! A trigger call for a row, and what it returns.

use std::marker::PhantomData;
use std::ops::Deref;

use pgrx::pg_sys;

use super::backend::InBackend;
use super::encoding::to_c_string;
use super::expression::NodeTree;
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
    /// Only for `trigger::fire`, which names the lifetime of the statement.
    #[inline(always)]
    pub(super) fn of(call: &TriggerCall<'a>) -> Option<RowCall<'a, 's>> {
        let event = call.data.tg_event & (pg_sys::TRIGGER_EVENT_OPMASK | pg_sys::TRIGGER_EVENT_ROW);
        matches!(event, INSERT_OF_ROW | UPDATE_OF_ROW).then_some(RowCall { call: *call, statement: PhantomData })
    }

    #[inline(always)]
    fn is_update(&self) -> bool {
        self.data.tg_event & pg_sys::TRIGGER_EVENT_OPMASK == pg_sys::TRIGGER_EVENT_UPDATE
    }

    #[inline(always)]
    pub fn backend(&self) -> InBackend {
        // SAFETY: a call comes from PostgreSQL, and cannot be sent to another thread.
        unsafe { InBackend::new() }
    }

    /// The column with a number, to be read in rows.
    ///
    /// # Errors
    /// The name of a type that cannot be read.
    pub fn column(&self, number: i16) -> Result<Column<'s>, String> {
        let kind = self.relation().column_type(number)?;
        // SAFETY: the relation has the column, since it told its type, and cannot be altered while its triggers run.
        Ok(unsafe { Column::new(number, kind) })
    }

    /// The row that is, or is to be, stored. Columns up to this one are taken out of it.
    #[inline(always)]
    pub fn new_row(&self, last: Column<'s>) -> Row<'a, 's> {
        // SAFETY: for an INSERT or UPDATE, this slot holds the new row, which the call does not change.
        unsafe { Row::of_slot(self.new_slot(), last) }
    }

    #[inline(always)]
    pub(super) fn new_slot(&self) -> *mut pg_sys::TupleTableSlot {
        if self.is_update() { self.data.tg_newslot } else { self.data.tg_trigslot }
    }

    /// The row as it was before an UPDATE. Columns up to this one are taken out of it.
    pub fn old_row(&self, last: Column<'s>) -> Option<Row<'a, 's>> {
        // SAFETY: for an UPDATE, this slot holds the old row, which the call does not change.
        self.is_update().then(|| unsafe { Row::of_slot(self.data.tg_trigslot, last) })
    }

    /// Whether an UPDATE sets the column in its SET list. What an INSERT sets is not to be seen from a trigger.
    ///
    /// PostgreSQL counts generated columns in, which depend on what was set: nobody set these.
    pub fn sets(&self, column: Column<'s>) -> bool {
        let member = i32::from(column.number()) - pg_sys::FirstLowInvalidHeapAttributeNumber;
        // SAFETY: null is the empty set.
        let is_set = unsafe { pg_sys::bms_is_member(member, self.data.tg_updatedcols) };
        is_set && self.relation().column_generation(column.number()) == Generation::No
    }

    /// What a BEFORE trigger returns to let the row through, and an AFTER trigger need not.
    #[inline(always)]
    pub fn proceed(&self) -> ReturnedRow<'a> {
        let row = if self.is_update() { self.data.tg_newtuple } else { self.data.tg_trigtuple };
        ReturnedRow(pg_sys::Datum::from(row), PhantomData)
    }

    /// The call as one that can still change what an UPDATE stores.
    pub fn before_update(&self) -> Option<BeforeUpdate<'a, 's>> {
        (self.is_update() && self.timing() == Timing::Before).then_some(BeforeUpdate(*self))
    }

    /// Whether an AFTER row trigger of the same function, with the same arguments, fires in this session for whatever this event
    /// does, and is called under a condition, if it has one, that is accepted.
    ///
    /// False if in doubt: code of the statement can have dropped the triggers of the relation meanwhile.
    pub fn has_last_word(&self, accepts: impl Fn(&NodeTree) -> bool) -> bool {
        let event = if self.is_update() { pg_sys::TRIGGER_TYPE_UPDATE } else { pg_sys::TRIGGER_TYPE_INSERT } as i16;
        let after_row = pg_sys::TRIGGER_TYPE_ROW as i16;
        let timing = after_row | (pg_sys::TRIGGER_TYPE_BEFORE | pg_sys::TRIGGER_TYPE_INSTEAD) as i16;
        // SAFETY: reads a variable of the backend.
        let is_replica = unsafe { pg_sys::SessionReplicationRole } == pg_sys::SESSION_REPLICATION_ROLE_REPLICA as i32;
        let silent = if is_replica { pg_sys::TRIGGER_FIRES_ON_ORIGIN } else { pg_sys::TRIGGER_FIRES_ON_REPLICA };
        let fires = |trigger: &pg_sys::Trigger| {
            trigger.tgtype & event != 0
                && trigger.tgtype & timing == after_row
                && trigger.tgnattr == 0
                && ![silent, pg_sys::TRIGGER_DISABLED].contains(&(trigger.tgenabled as u8))
        };
        self.siblings(fires).iter().any(|condition| condition.as_ref().is_none_or(&accepts))
    }
}

/// A call before an UPDATE stores a row.
pub struct BeforeUpdate<'a, 's>(RowCall<'a, 's>);

impl<'a, 's> BeforeUpdate<'a, 's> {
    /// What the trigger returns to store the row with another value in a column, which is built from its text form as input of the
    /// column's type, length and domain included.
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

/// The row that a trigger returns, of its own call.
pub struct ReturnedRow<'a>(pg_sys::Datum, PhantomData<fn(&'a ()) -> &'a ()>);

impl ReturnedRow<'_> {
    #[inline(always)]
    pub(super) fn into_datum(self) -> pg_sys::Datum {
        self.0
    }
}
