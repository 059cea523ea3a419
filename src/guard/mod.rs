//! The trigger function `routable.guard()`.

mod columns;
mod described;
mod fault;
mod last_word;
mod outcome;
mod settings;
mod violation;

use std::cell::RefCell;

use pgrx::pg_sys::Datum;
use registry::Code;

use crate::lookup::code;
use crate::postgres::relation::to_utf8;
use crate::postgres::trigger::{Event, Row, Timing, TriggerCall};
use columns::Columns;
use fault::GuardFault;
pub use fault::READABLE_TYPES;
use outcome::Warned;
use settings::{OnMismatch, Settings, UnknownRuntime};
use violation::Violation;

/// Judges the row of a trigger call, and refuses it by raising an error.
///
/// It looks at OLD and NEW alone: no query, no search_path, so there is nothing to shadow, and under READ COMMITTED it
/// sees the row as the lock gives it.
#[inline]
pub fn fire(call: Option<TriggerCall>) -> Datum {
    let Some(call) = call else { GuardFault::NotATriggerCall.throw() };
    check(&call).unwrap_or_else(|fault| fault.throw())
}

#[inline]
fn check(call: &TriggerCall) -> Result<Datum, GuardFault> {
    let plan = call.state(|| Plan::prepare(call))?;
    let event = call.event();
    // Not only when the statement's first row is prepared for: an UPDATE that moves a row deletes it as well.
    if matches!(event, Event::Delete | Event::Truncate) {
        return Err(GuardFault::WrongEvent { trigger: to_utf8(call.name()) });
    }
    let row = call.new_row(plan.columns.last());
    // To judge a pair that is at hand is quicker than to take the former one out of its row and compare the two.
    if let Some([runtime, model]) = plan.columns.pair_in_place(&row)
        && plan.lets_pass(code(Some(runtime), Some(model)))
    {
        return Ok(call.proceed());
    }
    Ok(judge_change(call, plan, &row))
}

/// What becomes of a row by what changed in it.
#[inline(never)]
fn judge_change(call: &TriggerCall, plan: &Plan, row: &Row) -> Datum {
    let changed = Changed::by(call, &plan.columns, row);
    // Rows from before the guard, or from before a change of the registry, stay editable.
    if !changed.runtime && !changed.model {
        return call.proceed();
    }
    let [runtime, model] = plan.columns.pair(row);
    if plan.lets_pass(code(runtime, model)) {
        return call.proceed();
    }
    outcome::of(call, plan, changed, &Violation::new(call, &plan.columns, changed, runtime, model))
}

/// Which of the two columns a statement gave another value; on INSERT, which there is no former value for, the model.
#[derive(Clone, Copy)]
struct Changed {
    runtime: bool,
    model: bool,
}

impl Changed {
    fn by(call: &TriggerCall, columns: &Columns, row: &Row) -> Changed {
        if call.event() != Event::Update {
            return Changed { runtime: false, model: true };
        }
        let old = call.old_row(columns.last());
        Changed { runtime: !columns.runtime.is_same(&old, row), model: !columns.model.is_same(&old, row) }
    }
}

/// What is made once a statement, for one trigger of one relation.
struct Plan {
    columns: Columns,
    on_mismatch: OnMismatch,
    unknown_runtime: UnknownRuntime,
    /// What this statement has been warned of.
    warned: RefCell<Warned>,
}

impl Plan {
    /// Checks that the trigger is made for what the guard does, and looks up where the columns are.
    #[cold]
    fn prepare(call: &TriggerCall) -> Result<Plan, GuardFault> {
        let trigger = || to_utf8(call.name());
        if !call.is_for_each_row() {
            return Err(GuardFault::NotForEachRow { trigger: trigger() });
        }
        if call.timing() == Timing::InsteadOf {
            return Err(GuardFault::InsteadOf { trigger: trigger() });
        }
        let settings = Settings::parse(call.name(), call.arguments())?;
        Ok(Plan {
            columns: Columns::find(call, &settings)?,
            on_mismatch: settings.on_mismatch,
            unknown_runtime: settings.unknown_runtime,
            warned: RefCell::default(),
        })
    }

    #[inline]
    fn lets_pass(&self, code: Code) -> bool {
        code.is_routable() && !(code == Code::UnknownRuntime && self.unknown_runtime == UnknownRuntime::Deny)
    }
}
