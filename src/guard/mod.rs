//! The trigger function `routable.guard()`.

mod arguments;
mod columns;
mod fault;
mod quote;
mod refusal;

use pgrx::pg_sys::Datum;

use crate::lookup::judge;
use crate::postgres::trigger::{Event, Timing, TriggerCall};
use columns::Columns;
use fault::GuardFault;

/// Judges the row of a trigger call, and refuses it by raising an error.
///
/// It looks at OLD and NEW alone: no query, no setting and no search_path, so there is nothing to shadow, and under
/// READ COMMITTED it sees the row as the lock gives it.
#[inline]
pub fn fire(call: Option<TriggerCall>) -> Datum {
    let Some(call) = call else { GuardFault::NotATriggerCall.throw() };
    if let Err(fault) = check(&call) {
        fault.throw();
    }
    call.proceed()
}

#[inline]
fn check(call: &TriggerCall) -> Result<(), GuardFault> {
    let columns = *call.state(|| prepare(call))?;
    let runtime = columns.runtime.new_value(call);
    let model = columns.model.new_value(call);
    let changed = match call.event() {
        Event::Update => {
            Changed { runtime: !columns.runtime.is_unchanged(call), model: !columns.model.is_unchanged(call) }
        }
        _ => Changed { runtime: false, model: true },
    };
    // Rows from before the guard, or from before a change of the registry, stay editable.
    if !changed.runtime && !changed.model {
        return Ok(());
    }
    let verdict = judge(runtime, model);
    if !verdict.code.is_routable() {
        refusal::refuse(call, &columns, changed, &verdict, runtime, model);
    }
    Ok(())
}

/// Which of the two columns a statement gave another value; on INSERT, which there is no former value for, the model.
#[derive(Clone, Copy)]
pub struct Changed {
    pub runtime: bool,
    pub model: bool,
}

/// What is looked up once a statement: that the trigger is made for what the guard does, and where the columns are.
#[cold]
fn prepare(call: &TriggerCall) -> Result<Columns, GuardFault> {
    let trigger = || call.name().to_string_lossy().into_owned();
    if !call.is_for_each_row() {
        return Err(GuardFault::NotForEachRow { trigger: trigger() });
    }
    if call.timing() == Timing::InsteadOf {
        return Err(GuardFault::InsteadOf { trigger: trigger() });
    }
    if !matches!(call.event(), Event::Insert | Event::Update) {
        return Err(GuardFault::WrongEvent { trigger: trigger() });
    }
    Columns::find(call, &arguments::parse(call)?)
}
