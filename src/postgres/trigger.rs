//! A trigger call, from PostgreSQL's raw call data (manual: "Writing Trigger Functions in C").

use std::ffi::{CStr, c_int};

use pgrx::{PgMemoryContexts, pg_sys};

use super::column_type::{ColumnType, Value};
use super::encoding::to_c_string;
use super::relation::{Generation, Relation};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Insert,
    Update,
    Delete,
    Truncate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    Before,
    After,
    InsteadOf,
}

/// One call of a trigger function, for one row or statement.
#[derive(Clone, Copy)]
pub struct TriggerCall<'a> {
    call: pg_sys::FunctionCallInfo,
    data: &'a pg_sys::TriggerData,
}

impl<'a> TriggerCall<'a> {
    /// Takes the call data of a function; none where it was not called as a trigger.
    ///
    /// # Safety
    /// The pointer is what PostgreSQL called the function with, and is used within that call only.
    #[inline]
    pub unsafe fn from_call(call: pg_sys::FunctionCallInfo) -> Option<TriggerCall<'a>> {
        // SAFETY: a context that is not null is a node, and one with this tag is a TriggerData.
        unsafe {
            let context = (*call).context;
            let is_trigger = !context.is_null() && (*context).type_ == pg_sys::NodeTag::T_TriggerData;
            is_trigger.then(|| TriggerCall { call, data: &*context.cast::<pg_sys::TriggerData>() })
        }
    }

    #[inline(always)]
    pub fn event(&self) -> Event {
        match self.data.tg_event & pg_sys::TRIGGER_EVENT_OPMASK {
            pg_sys::TRIGGER_EVENT_INSERT => Event::Insert,
            pg_sys::TRIGGER_EVENT_UPDATE => Event::Update,
            pg_sys::TRIGGER_EVENT_DELETE => Event::Delete,
            _ => Event::Truncate,
        }
    }

    #[inline]
    pub fn timing(&self) -> Timing {
        match self.data.tg_event & pg_sys::TRIGGER_EVENT_TIMINGMASK {
            pg_sys::TRIGGER_EVENT_BEFORE => Timing::Before,
            pg_sys::TRIGGER_EVENT_INSTEAD => Timing::InsteadOf,
            _ => Timing::After,
        }
    }

    #[inline]
    pub fn is_for_each_row(&self) -> bool {
        self.data.tg_event & pg_sys::TRIGGER_EVENT_ROW != 0
    }

    #[inline]
    pub fn relation(&self) -> Relation<'a> {
        // SAFETY: the statement holds the relation open while its triggers run.
        unsafe { Relation::from_pointer(self.data.tg_relation) }
    }

    pub fn name(&self) -> &'a CStr {
        // SAFETY: a trigger has a name, which lives as long as its relation is open.
        unsafe { CStr::from_ptr((*self.data.tg_trigger).tgname) }
    }

    /// The arguments of CREATE TRIGGER.
    pub fn arguments(&self) -> impl Iterator<Item = &'a CStr> {
        // SAFETY: the trigger that called is there for the time of the call.
        unsafe { arguments_of(&*self.data.tg_trigger) }
    }

    /// The row that is, or is to be, stored; for an INSERT or UPDATE. Columns up to this one are taken out of it.
    #[inline(always)]
    pub fn new_row(&self, last_column: i16) -> Row<'a> {
        let slot = if self.event() == Event::Update { self.data.tg_newslot } else { self.data.tg_trigslot };
        // SAFETY: for an INSERT or UPDATE, this slot holds the new row, which the call does not change.
        unsafe { Row::of_slot(slot, last_column) }
    }

    /// The row as it was; only for an UPDATE. Columns up to this one are taken out of it.
    pub fn old_row(&self, last_column: i16) -> Row<'a> {
        // SAFETY: for an UPDATE, this slot holds the old row, which the call does not change.
        unsafe { Row::of_slot(self.data.tg_trigslot, last_column) }
    }

    /// Whether an UPDATE sets the column in its SET list. What an INSERT sets is not to be seen from a trigger.
    ///
    /// PostgreSQL counts generated columns in, which depend on what was set: nobody set these.
    pub fn sets(&self, column: i16) -> bool {
        let member = i32::from(column) - pg_sys::FirstLowInvalidHeapAttributeNumber;
        // SAFETY: null is the empty set.
        let is_set = unsafe { pg_sys::bms_is_member(member, self.data.tg_updatedcols) };
        is_set && self.relation().column_generation(column) == Generation::No
    }

    /// What a BEFORE trigger returns to let the row through, and an AFTER trigger need not.
    #[inline]
    pub fn proceed(&self) -> pg_sys::Datum {
        let row = if self.event() == Event::Update { self.data.tg_newtuple } else { self.data.tg_trigtuple };
        pg_sys::Datum::from(row)
    }

    /// What a BEFORE trigger returns to store the row with another value in a column, which is built from its text form
    /// as input of the column's type, length and domain included.
    ///
    /// # Errors
    /// PostgreSQL's own, where the type does not take the value.
    pub fn with_value(&self, column: i16, text: &str) -> pg_sys::Datum {
        let text = to_c_string(text);
        let relation = self.relation().oid();
        // SAFETY: the column is there and its type takes text as input; the row is the one to be stored, and its
        // modified copy lives in the memory context of the row.
        unsafe {
            let (mut type_oid, mut modifier, mut collation) = (pg_sys::InvalidOid, 0, pg_sys::InvalidOid);
            pg_sys::get_atttypetypmodcoll(relation, column, &mut type_oid, &mut modifier, &mut collation);
            let (mut input, mut parameter) = (pg_sys::InvalidOid, pg_sys::InvalidOid);
            pg_sys::getTypeInputInfo(type_oid, &mut input, &mut parameter);
            let mut value = pg_sys::OidInputFunctionCall(input, text.as_ptr().cast_mut(), parameter, modifier);
            let (mut number, mut is_null) = (i32::from(column), false);
            let description = (*self.data.tg_relation).rd_att;
            let row = self.data.tg_newtuple;
            let row = pg_sys::heap_modify_tuple_by_cols(row, description, 1, &mut number, &mut value, &mut is_null);
            pg_sys::Datum::from(row)
        }
    }

    /// Whether an AFTER row trigger of the same function, with the same arguments, fires in this session for whatever this event
    /// does, and is called under a condition, if it has one, that is accepted.
    ///
    /// False if in doubt: code of the statement can have dropped the triggers of the relation meanwhile.
    pub fn has_last_word(&self, accepts: impl Fn(&CStr) -> bool) -> bool {
        let event = match self.event() {
            Event::Insert => pg_sys::TRIGGER_TYPE_INSERT,
            _ => pg_sys::TRIGGER_TYPE_UPDATE,
        } as i16;
        let after_row = pg_sys::TRIGGER_TYPE_ROW as i16;
        let timing = after_row | (pg_sys::TRIGGER_TYPE_BEFORE | pg_sys::TRIGGER_TYPE_INSTEAD) as i16;
        // SAFETY: reads a variable of the backend.
        let is_replica = unsafe { pg_sys::SessionReplicationRole } == pg_sys::SESSION_REPLICATION_ROLE_REPLICA as i32;
        let silent = if is_replica { pg_sys::TRIGGER_FIRES_ON_ORIGIN } else { pg_sys::TRIGGER_FIRES_ON_REPLICA };
        self.siblings().any(|trigger| {
            trigger.tgtype & event != 0
                && trigger.tgtype & timing == after_row
                && trigger.tgnattr == 0
                && ![silent, pg_sys::TRIGGER_DISABLED].contains(&(trigger.tgenabled as u8))
                && condition_of(trigger).is_none_or(&accepts)
        })
    }

    /// The conditions of the relation's triggers that call the same function with the same arguments, the caller's included.
    pub fn conditions(&self) -> impl Iterator<Item = &'a CStr> {
        self.siblings().filter_map(condition_of)
    }

    /// The relation's triggers that call the same function with the same arguments, the caller's included.
    fn siblings(&self) -> impl Iterator<Item = &'a pg_sys::Trigger> {
        // SAFETY: the relation is open, and the trigger that called is there. Once code of the statement has dropped all triggers,
        // the relation has no description of them; else it has as many as it says, which stay until other code runs.
        let (triggers, own) = unsafe {
            let triggers = (*self.data.tg_relation).trigdesc.as_ref().map_or(&[][..], |description| {
                std::slice::from_raw_parts(description.triggers, usize::try_from(description.numtriggers).unwrap_or(0))
            });
            (triggers, &*self.data.tg_trigger)
        };
        triggers.iter().filter(move |trigger| {
            // SAFETY: the arguments live as long as the triggers.
            trigger.tgfoid == own.tgfoid && unsafe { arguments_of(trigger).eq(arguments_of(own)) }
        })
    }

    /// The state that an earlier call of the same statement left for this trigger, or now is made.
    ///
    /// PostgreSQL keeps the function's call data (`fn_extra`) for one trigger of one relation in one statement, while
    /// the relation cannot be altered. An error in `make` leaves nothing behind.
    #[inline(always)]
    pub fn state<T: 'static, E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&'a T, E> {
        // SAFETY: fn_extra is null, or was set by this function for the same trigger, so it holds the same T.
        unsafe {
            let function = (*self.call).flinfo;
            if (*function).fn_extra.is_null() {
                keep(function, make()?);
            }
            Ok(&*(*function).fn_extra.cast::<T>())
        }
    }
}

/// The condition of a trigger of a relation's description, if it has one.
fn condition_of(trigger: &pg_sys::Trigger) -> Option<&CStr> {
    // SAFETY: null, or a C string that lives as long as the trigger.
    (!trigger.tgqual.is_null()).then(|| unsafe { CStr::from_ptr(trigger.tgqual) })
}

/// # Safety
/// The trigger's arguments live for the lifetime.
unsafe fn arguments_of<'a>(trigger: &pg_sys::Trigger) -> impl Iterator<Item = &'a CStr> + use<'a> {
    let (arguments, count) = (trigger.tgargs, usize::try_from(trigger.tgnargs).unwrap_or(0));
    // SAFETY: tgargs holds tgnargs C strings.
    (0..count).map(move |index| unsafe { CStr::from_ptr(*arguments.add(index)) })
}

/// Apart, so that the rows behind the first do not pay for it.
///
/// # Safety
/// The call data are of a function that puts nothing else there.
#[cold]
#[inline(never)]
unsafe fn keep<T: 'static>(function: *mut pg_sys::FmgrInfo, state: T) {
    // SAFETY: promised by the caller; the state is dropped with the memory context in which the call data live.
    unsafe {
        let memory = PgMemoryContexts::For((*function).fn_mcxt).leak_and_drop_on_delete(state);
        (*function).fn_extra = memory.cast();
    }
}

/// A row of a trigger call: its columns up to some one, which are taken out in one pass.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    values: &'a [pg_sys::Datum],
    are_null: &'a [bool],
}

impl<'a> Row<'a> {
    /// # Safety
    /// The slot holds a row of a relation that has the column, and keeps it for the lifetime.
    #[inline(always)]
    unsafe fn of_slot(slot: *mut pg_sys::TupleTableSlot, last_column: i16) -> Row<'a> {
        unsafe extern "C-unwind" {
            /// Declared here since pgrx's own declaration guards each call against errors, which takes as long as a lookup.
            fn slot_getsomeattrs_int(slot: *mut pg_sys::TupleTableSlot, last_column: c_int);
        }
        // SAFETY: promised by the caller; the function's only errors are of a column that the row does not have, and of a
        // slot without a tuple, whose values are all there already. Then both arrays hold that many columns.
        unsafe {
            if (*slot).tts_nvalid < last_column {
                slot_getsomeattrs_int(slot, last_column.into());
            }
            let count = usize::try_from(last_column).unwrap_or(0);
            Row {
                values: std::slice::from_raw_parts((*slot).tts_values, count),
                are_null: std::slice::from_raw_parts((*slot).tts_isnull, count),
            }
        }
    }

    /// The value of a column that is read like this, none where it is NULL.
    #[inline(always)]
    pub fn value(&self, column: i16, kind: ColumnType) -> Option<Value<'a>> {
        let index = column as usize - 1;
        // SAFETY: a kind is that of the column for which the relation told it; the value lives as long as its row.
        (!self.are_null[index]).then(|| unsafe { Value::new(self.values[index], kind) })
    }
}
