//! A trigger call, from PostgreSQL's raw call data (manual: "Writing Trigger Functions in C").

use std::ffi::CStr;

use pgrx::pg_sys;

use super::relation::Relation;
use super::text::Text;

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

    #[inline]
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
        // SAFETY: tgargs holds tgnargs C strings, which live as long as the relation is open.
        let trigger = unsafe { &*self.data.tg_trigger };
        (0..usize::try_from(trigger.tgnargs).unwrap_or(0))
            .map(|index| unsafe { CStr::from_ptr(*trigger.tgargs.add(index)) })
    }

    /// The value of a column in the row as it was; only for an UPDATE.
    #[inline]
    pub fn old(&self, column: i16) -> Option<Text<'a>> {
        // SAFETY: for an UPDATE, this slot holds the old row.
        unsafe { value(self.data.tg_trigslot, column) }
    }

    /// The value of a column in the row that is, or is to be, stored.
    #[inline]
    pub fn new_value(&self, column: i16) -> Option<Text<'a>> {
        let slot = if self.event() == Event::Update { self.data.tg_newslot } else { self.data.tg_trigslot };
        // SAFETY: for an INSERT or UPDATE, this slot holds the new row.
        unsafe { value(slot, column) }
    }

    /// Whether an UPDATE sets the column in its SET list. What an INSERT sets is not to be seen from a trigger.
    pub fn sets(&self, column: i16) -> bool {
        let member = i32::from(column) - pg_sys::FirstLowInvalidHeapAttributeNumber;
        // SAFETY: null is the empty set.
        unsafe { pg_sys::bms_is_member(member, self.data.tg_updatedcols) }
    }

    /// What a BEFORE trigger returns to let the row through, and an AFTER trigger need not.
    #[inline]
    pub fn proceed(&self) -> pg_sys::Datum {
        let row = if self.event() == Event::Update { self.data.tg_newtuple } else { self.data.tg_trigtuple };
        pg_sys::Datum::from(row)
    }

    /// The state that an earlier call of the same statement left for this trigger, or now is made.
    ///
    /// PostgreSQL keeps the function's call data (`fn_extra`) for one trigger of one relation in one statement, while
    /// the relation cannot be altered. An error in `make` leaves nothing behind.
    #[inline]
    pub fn state<T: Copy + 'static, E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&'a T, E> {
        // SAFETY: fn_extra is null, or was set by this function for the same trigger, so it holds the same T. It is
        // allocated in the memory context that lives as long as the call data, and T has nothing to drop.
        unsafe {
            let function = (*self.call).flinfo;
            if (*function).fn_extra.is_null() {
                let state = make()?;
                let memory = pg_sys::MemoryContextAlloc((*function).fn_mcxt, size_of::<T>()).cast::<T>();
                memory.write(state);
                (*function).fn_extra = memory.cast();
            }
            Ok(&*(*function).fn_extra.cast::<T>())
        }
    }
}

/// The value of a column of a row, none where it is NULL.
///
/// # Safety
/// The slot holds a row with that column, of a varlena type.
#[inline]
unsafe fn value<'a>(slot: *mut pg_sys::TupleTableSlot, column: i16) -> Option<Text<'a>> {
    // SAFETY: promised by the caller. Values up to tts_nvalid have been extracted from the row, and asking for more
    // through PostgreSQL's own function costs a guarded call, which most rows are spared.
    unsafe {
        if (*slot).tts_nvalid < column {
            pg_sys::slot_getsomeattrs_int(slot, column.into());
        }
        let index = column as usize - 1;
        (!*(*slot).tts_isnull.add(index)).then(|| Text::from_datum(*(*slot).tts_values.add(index)))
    }
}
