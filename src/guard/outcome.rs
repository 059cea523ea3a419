//! What becomes of a row that the guard does not let pass: by its setting `on_mismatch`, and by the parameter
//! `model_routable.enforcement`.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::settings::OnMismatch;
use super::violation::Violation;
use super::{Changed, Plan, last_word};
use crate::enforcement::{Enforcement, enforcement};
use crate::lookup::Pair;
use postgres::row_call::{ReturnedRow, RowCall};
use postgres::trigger::Timing;

/// What the trigger returns for the row; raises an error where it is refused.
#[cold]
pub fn of<'a, 's>(
    call: &RowCall<'a, 's>,
    plan: &Plan<'s>,
    changed: Changed,
    violation: &Violation<'_, 's>,
) -> ReturnedRow<'a> {
    if plan.settings.on_mismatch == OnMismatch::Reset
        && !violation.is_only_warned_of()
        && let Some(update) = call.before_update()
        && changed.runtime
        && !changed.model
        // A statement that sets the model means it, also if it is the former one, as writers of whole rows do.
        && !call.sets(plan.columns.model)
        && let Some(model) = violation.default_model()
    {
        let row = update.with_value(plan.columns.model, model);
        violation.tell_reset(model);
        return row;
    }
    let is_refused = !violation.is_only_warned_of() && plan.settings.on_mismatch != OnMismatch::Warn;
    if is_refused && enforcement() == Enforcement::Enforce {
        violation.refuse();
    }
    // The last word sees the row as it is stored; a warning before it could be of a row that is not.
    if !(call.timing() == Timing::Before && last_word::is_to_come(call, plan)) {
        let warning = plan.warned.borrow_mut().see(violation.pair());
        match warning {
            Warning::Pair => violation.warn(),
            Warning::Count(rows) => violation.warn_of_count(rows),
            Warning::None => {}
        }
    }
    call.proceed()
}

/// As many distinct pairs as a statement is warned of one by one, for each trigger. From then on it is told how many rows it
/// stored, whenever that is a power of ten: neither the client's memory nor the server's log should grow with the rows.
const PAIRS: usize = 100;

/// What a statement has been warned of.
#[derive(Default)]
pub struct Warned {
    /// Hashes of pairs, not more than `PAIRS`.
    pairs: Vec<u64>,
    rows: u64,
    is_counting: bool,
}

enum Warning {
    Pair,
    Count(u64),
    None,
}

impl Warned {
    /// Takes note of a row, and tells what to say of it.
    fn see(&mut self, pair: &Pair) -> Warning {
        self.rows += 1;
        let mut hasher = DefaultHasher::new();
        pair.hash(&mut hasher);
        let hash = hasher.finish();
        if self.pairs.contains(&hash) {
            Warning::None
        } else if self.pairs.len() < PAIRS {
            self.pairs.push(hash);
            Warning::Pair
        } else if !self.is_counting || 10u64.pow(self.rows.ilog10()) == self.rows {
            self.is_counting = true;
            Warning::Count(self.rows)
        } else {
            Warning::None
        }
    }
}
