//! What becomes of a row that the guard does not let pass: by its setting `on_mismatch`, and by the parameter
//! `model_routable.enforcement`.

use std::hash::{DefaultHasher, Hash, Hasher};

use pgrx::pg_sys::Datum;

use super::settings::OnMismatch;
use super::violation::Violation;
use super::{Changed, Plan};
use crate::enforcement::{Enforcement, enforcement};
use crate::postgres::trigger::{Event, Timing, TriggerCall};

/// What the trigger returns for the row; raises an error where it is refused.
#[cold]
pub fn of(call: &TriggerCall, plan: &Plan, changed: Changed, violation: &Violation) -> Datum {
    let before_update = call.timing() == Timing::Before && call.event() == Event::Update;
    if plan.on_mismatch == OnMismatch::Reset
        && before_update
        && changed.runtime
        && !changed.model
        && let Some(model) = violation.default_model()
    {
        let row = call.with_value(plan.columns.model.number, model);
        violation.tell_reset(model);
        return row;
    }
    if plan.on_mismatch != OnMismatch::Warn && enforcement() == Enforcement::Enforce {
        violation.refuse();
    }
    // The last word sees the row as it is stored; a warning before it could be of a row that is not.
    if !(call.timing() == Timing::Before && call.has_last_word()) && is_first_of_statement(plan, violation) {
        violation.warn();
    }
    call.proceed()
}

/// Whether the statement has not been warned of this pair yet.
fn is_first_of_statement(plan: &Plan, violation: &Violation) -> bool {
    let mut hasher = DefaultHasher::new();
    violation.pair().hash(&mut hasher);
    plan.warned.borrow_mut().insert(hasher.finish())
}
