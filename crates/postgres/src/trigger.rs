//! A trigger call, from PostgreSQL's raw call data (manual: "Writing Trigger Functions in C").

use std::any::Any;
use std::ffi::{CStr, CString};
use std::rc::Rc;

use pgrx::{PgMemoryContexts, pg_sys};

use super::call::guarded;
use super::expression::NodeTree;
use super::kept_plans::{self, Prepared};
use super::relation::Relation;
use super::row_call::{ReturnedRow, RowCall};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    Before,
    After,
    InsteadOf,
}

impl Timing {
    /// That of a trigger's definition (source: `pg_trigger.h`).
    pub(super) fn of(trigger: &pg_sys::Trigger) -> Timing {
        match trigger.tgtype as u32 & (pg_sys::TRIGGER_TYPE_BEFORE | pg_sys::TRIGGER_TYPE_INSTEAD) {
            pg_sys::TRIGGER_TYPE_BEFORE => Timing::Before,
            pg_sys::TRIGGER_TYPE_INSTEAD => Timing::InsteadOf,
            _ => Timing::After,
        }
    }
}

/// A trigger function that is called for each row that INSERT or UPDATE stores.
pub trait RowTrigger {
    /// What one trigger knows of itself, of its relation and of the types of the columns. It is kept until one of them changes.
    type Plan<'s>;
    /// State that is made for a statement's first row and kept for its other rows.
    type State;
    type Fault;

    /// Makes the plan. An error changes nothing.
    fn prepare<'s>(call: &RowCall<'_, 's>) -> Result<Self::Plan<'s>, Self::Fault>;

    /// Whether the trigger does nothing but refuse rows: it changes none, and warns of none.
    fn only_refuses(plan: &Self::Plan<'_>) -> bool;

    /// Makes the state.
    fn begin_statement() -> Self::State;

    /// Handles a row.
    fn fire<'a, 's>(call: &RowCall<'a, 's>, plan: &Self::Plan<'s>, state: &Self::State) -> ReturnedRow<'a>;

    /// Raises the error that `prepare` returned.
    fn throw(fault: Self::Fault) -> !;

    /// Raises an error, because it was called for another event, or not as a trigger.
    fn refuse(call: Option<&TriggerCall>) -> !;
}

/// Calls a trigger function.
///
/// # Safety
/// PostgreSQL calls with this, for a C function that always leads to the same trigger function.
#[inline(always)]
pub unsafe fn fire<T: RowTrigger>(call: pg_sys::FunctionCallInfo) -> pg_sys::Datum
where
    T::Plan<'static>: Any,
{
    guarded(|| {
        // SAFETY: promised by the caller. The row's lifetime is of this call, and nothing that has it gets out of it.
        let Some(trigger) = (unsafe { TriggerCall::from_call(call) }) else { T::refuse(None) };
        let Some(row) = RowCall::of(&trigger) else { T::refuse(Some(&trigger)) };
        // SAFETY: promised by the caller.
        let statement = unsafe { statement::<T>(call, &row) };
        T::fire(&row, &statement.plan, &statement.state).into_datum()
    })
}

/// The calls of a trigger in one statement.
struct InStatement<T: RowTrigger> {
    plan: Rc<T::Plan<'static>>,
    state: T::State,
}

/// What an earlier call of the same statement made for this trigger. If there was none, this call makes it.
///
/// PostgreSQL keeps the function's call data (`fn_extra`) for one trigger of one relation in one statement, while the relation
/// cannot be altered.
///
/// # Safety
/// The row call is of this call, and the function is always this trigger function.
#[inline(always)]
unsafe fn statement<'a, T: RowTrigger>(call: pg_sys::FunctionCallInfo, row: &RowCall<'a, 'static>) -> &'a InStatement<T>
where
    T::Plan<'static>: Any,
{
    // SAFETY: fn_extra is null, or was set here for the same trigger in the same statement.
    unsafe {
        let function = (*call).flinfo;
        if (*function).fn_extra.is_null() {
            begin::<T>(function, row);
        }
        &*(*function).fn_extra.cast::<InStatement<T>>()
    }
}

/// A separate function, so that rows after the first do not pay for it.
///
/// # Safety
/// The call data are of a function that puts nothing else there, and the row call is of this call.
#[cold]
#[inline(never)]
unsafe fn begin<T: RowTrigger>(function: *mut pg_sys::FmgrInfo, row: &RowCall<'_, 'static>)
where
    T::Plan<'static>: Any,
{
    // SAFETY: promised by the caller; the statement's state is dropped with the memory context in which the call data live.
    unsafe {
        let prepare = || T::prepare(row).map(|plan| Prepared { only_refuses: T::only_refuses(&plan), plan });
        let plan = kept_plans::plan(row.backend(), row.relation().oid(), &*row.data.tg_trigger, prepare)
            .unwrap_or_else(|fault| T::throw(fault));
        let statement = InStatement::<T> { plan, state: T::begin_statement() };
        let memory = PgMemoryContexts::For((*function).fn_mcxt).leak_and_drop_on_delete(statement);
        (*function).fn_extra = memory.cast();
    }
}

/// One call of a trigger function, for one row or statement.
#[derive(Clone, Copy)]
pub struct TriggerCall<'a> {
    pub(super) data: &'a pg_sys::TriggerData,
}

impl<'a> TriggerCall<'a> {
    /// Takes the call data of a function; none if it was not called as a trigger.
    ///
    /// # Safety
    /// The pointer is what PostgreSQL called the function with, and is used within that call only.
    #[inline(always)]
    unsafe fn from_call(call: pg_sys::FunctionCallInfo) -> Option<TriggerCall<'a>> {
        // SAFETY: a context that is not null is a node, and one with this tag is a TriggerData.
        unsafe {
            let context = (*call).context;
            let is_trigger = !context.is_null() && (*context).type_ == pg_sys::NodeTag::T_TriggerData;
            is_trigger.then(|| TriggerCall { data: &*context.cast::<pg_sys::TriggerData>() })
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
        // SAFETY: a trigger has a name, which lives as long as the trigger, for the time of the call.
        unsafe { CStr::from_ptr((*self.data.tg_trigger).tgname) }
    }

    /// The arguments of CREATE TRIGGER.
    pub fn arguments(&self) -> impl Iterator<Item = &'a CStr> {
        // SAFETY: the trigger that called is there for the time of the call.
        unsafe { arguments_of(&*self.data.tg_trigger) }
    }

    /// The conditions of the relation's triggers that call the same function with the same arguments, this one included.
    pub fn conditions(&self) -> Vec<NodeTree> {
        self.siblings(|_| true).into_iter().flatten().collect()
    }

    /// The relation's triggers that `is_wanted` accepts and that call the same function with the same arguments, this one
    /// included: their conditions, if they have one. The conditions are copies, because any lookup can replace the relation's
    /// description.
    pub(super) fn siblings(&self, is_wanted: impl Fn(&pg_sys::Trigger) -> bool) -> Vec<Option<NodeTree>> {
        // SAFETY: the relation is open, and the trigger that called is there. Once code of the statement has dropped all triggers,
        // the relation has no description of them; else it has as many as it says, which stay until other code runs.
        unsafe {
            let own = &*self.data.tg_trigger;
            let triggers = (*self.data.tg_relation).trigdesc.as_ref().map_or(&[][..], |description| {
                std::slice::from_raw_parts(description.triggers, usize::try_from(description.numtriggers).unwrap_or(0))
            });
            let is_wanted = |trigger: &&pg_sys::Trigger| are_siblings(trigger, own) && is_wanted(trigger);
            triggers.iter().filter(is_wanted).map(|trigger| condition_of(trigger)).collect()
        }
    }
}

/// What a trigger does. Triggers of one relation that agree in this do the same.
pub(super) struct Action {
    function: pg_sys::Oid,
    timing: Timing,
    arguments: Vec<CString>,
}

impl Action {
    /// # Safety
    /// The trigger is one of a description that lives meanwhile.
    pub(super) unsafe fn of(trigger: &pg_sys::Trigger) -> Action {
        // SAFETY: promised by the caller.
        let arguments = unsafe { arguments_of(trigger) }.map(CStr::to_owned).collect();
        Action { function: trigger.tgfoid, timing: Timing::of(trigger), arguments }
    }

    /// # Safety
    /// The trigger is one of a description that lives meanwhile.
    pub(super) unsafe fn is_of(&self, trigger: &pg_sys::Trigger) -> bool {
        self.function == trigger.tgfoid
            && self.timing == Timing::of(trigger)
            // SAFETY: promised by the caller.
            && unsafe { arguments_of(trigger) }.eq(self.arguments.iter().map(CString::as_c_str))
    }
}

/// Whether two triggers call the same function with the same arguments.
///
/// # Safety
/// Both are of descriptions that live meanwhile.
pub(super) unsafe fn are_siblings(one: &pg_sys::Trigger, other: &pg_sys::Trigger) -> bool {
    // SAFETY: promised by the caller.
    one.tgfoid == other.tgfoid && unsafe { arguments_of(one).eq(arguments_of(other)) }
}

/// The condition of a trigger. None if it has no condition.
///
/// # Safety
/// The trigger is one of a relation's description.
unsafe fn condition_of(trigger: &pg_sys::Trigger) -> Option<NodeTree> {
    // SAFETY: null, or a C string that PostgreSQL stored as a node tree.
    (!trigger.tgqual.is_null()).then(|| unsafe { NodeTree::new(CStr::from_ptr(trigger.tgqual)) })
}

/// # Safety
/// The trigger's arguments live for the lifetime.
unsafe fn arguments_of<'a>(trigger: &pg_sys::Trigger) -> impl Iterator<Item = &'a CStr> + use<'a> {
    let (arguments, count) = (trigger.tgargs, usize::try_from(trigger.tgnargs).unwrap_or(0));
    // SAFETY: tgargs holds tgnargs C strings.
    (0..count).map(move |index| unsafe { CStr::from_ptr(*arguments.add(index)) })
}
