//! The trigger function `routable.guard()`.

mod columns;
mod described;
mod fault;
mod last_word;
mod outcome;
mod settings;
mod strictness;
mod violation;

use std::cell::RefCell;

use crate::in_force;
use columns::Columns;
use fault::GuardFault;
pub use fault::READABLE_TYPES;
use outcome::Warned;
use postgres::relation::to_utf8;
use postgres::row::Row;
use postgres::row_call::{ReturnedRow, RowCall};
use postgres::trigger::{RowTrigger, Timing, TriggerCall};
use settings::{OnMismatch, Settings};
use strictness::NearMiss;
pub use strictness::passes;
use violation::Violation;

/// Judges the row of a trigger call. A refusal is an error.
///
/// It reads only OLD and NEW. It runs no query and uses no search_path, so nothing can be shadowed. Under READ COMMITTED, it
/// sees the row as it is after the row lock was taken.
pub struct Guard;

impl RowTrigger for Guard {
    type Plan<'s> = Plan<'s>;
    type State = RefCell<Warned>;
    type Fault = GuardFault;

    #[cold]
    fn prepare<'s>(call: &RowCall<'_, 's>) -> Result<Plan<'s>, GuardFault> {
        Plan::prepare(call)
    }

    fn only_refuses(plan: &Plan<'_>) -> bool {
        plan.settings.on_mismatch == OnMismatch::Raise && plan.settings.strictness.near_miss != NearMiss::Warn
    }

    fn begin_statement() -> RefCell<Warned> {
        in_force::ask_again();
        RefCell::default()
    }

    #[inline(always)]
    fn fire<'a, 's>(call: &RowCall<'a, 's>, plan: &Plan<'s>, warned: &RefCell<Warned>) -> ReturnedRow<'a> {
        let row = call.new_row(plan.columns.last());
        // Judging the new pair is faster than extracting the former pair and comparing the two.
        if let Some([runtime, model]) = plan.columns.pair_in_place(&row)
            && plan.settings.strictness.passes(call.backend(), Some(runtime), Some(model))
        {
            return call.proceed();
        }
        judge_change(call, plan, warned, &row)
    }

    fn throw(fault: GuardFault) -> ! {
        fault.throw()
    }

    /// Also called for a trigger that has other events too: an UPDATE that moves a row to another partition also deletes it.
    #[cold]
    fn refuse(call: Option<&TriggerCall>) -> ! {
        let Some(call) = call else { GuardFault::NotATriggerCall.throw() };
        let trigger = to_utf8(call.name());
        let fault = if !call.is_for_each_row() {
            GuardFault::NotForEachRow { trigger }
        } else if call.timing() == Timing::InsteadOf {
            GuardFault::InsteadOf { trigger }
        } else {
            GuardFault::WrongEvent { trigger }
        };
        fault.throw()
    }
}

/// Judges a row by what the statement changed in it.
#[inline(never)]
fn judge_change<'a, 's>(
    call: &RowCall<'a, 's>,
    plan: &Plan<'s>,
    warned: &RefCell<Warned>,
    row: &Row<'_, 's>,
) -> ReturnedRow<'a> {
    let changed = Changed::by(call, &plan.columns, row);
    // Rows from before the guard, or from before a change of the registry, stay editable.
    if !changed.runtime && !changed.model {
        return call.proceed();
    }
    let [runtime, model] = plan.columns.pair(row);
    if plan.settings.strictness.passes(call.backend(), runtime, model) {
        return call.proceed();
    }
    if call.is_deferrable() && !stands(call, plan, row) {
        return call.proceed();
    }
    // Keeps this registry, because an error or a reset can run code that releases another one.
    let registry = in_force::held();
    outcome::of(call, plan, warned, changed, &Violation::new(&registry, call, plan, changed, runtime, model))
}

/// Whether the row, as this transaction has it now, still has the pair of this version.
///
/// It is not enough to ask whether this version is the current one: a later version with the same pair passes, because its
/// pair did not change.
#[cold]
fn stands<'s>(call: &RowCall<'_, 's>, plan: &Plan<'s>, row: &Row<'_, 's>) -> bool {
    let columns = &plan.columns;
    call.is_still(columns.last(), |version| columns.have_same_pair(row, version))
}

/// Which of the two columns the statement changed. For an INSERT, which has no former row, the model.
#[derive(Clone, Copy)]
struct Changed {
    runtime: bool,
    model: bool,
}

impl Changed {
    fn by<'s>(call: &RowCall<'_, 's>, columns: &Columns<'s>, row: &Row<'_, 's>) -> Changed {
        let Some(old) = call.old_row(columns.last()) else { return Changed { runtime: false, model: true } };
        Changed { runtime: !columns.runtime.is_same(&old, row), model: !columns.model.is_same(&old, row) }
    }
}

/// What a guard's trigger knows of itself and of its relation.
pub struct Plan<'s> {
    columns: Columns<'s>,
    settings: Settings,
}

impl<'s> Plan<'s> {
    /// Checks that the trigger is one that can guard, and looks up its columns.
    fn prepare(call: &RowCall<'_, 's>) -> Result<Plan<'s>, GuardFault> {
        if call.timing() == Timing::InsteadOf {
            return Err(GuardFault::InsteadOf { trigger: to_utf8(call.name()) });
        }
        let settings = Settings::parse(call.name(), call.arguments())?;
        Ok(Plan { columns: Columns::find(call, &settings)?, settings })
    }
}
