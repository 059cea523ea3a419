//! What happens to a row that the guard does not let pass, by its setting `on_mismatch` and by the parameter
//! `model_routable.enforcement`.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::settings::OnMismatch;
use super::violation::Violation;
use super::{Changed, Plan, last_word};
use crate::enforcement::{Enforcement, enforcement};
use crate::lookup::Pair;
use postgres::row_call::{ReturnedRow, RowCall};
use postgres::trigger::Timing;

/// Returns the trigger's result for the row, or raises an error if the row is refused.
#[cold]
pub fn of<'a, 's>(
    call: &RowCall<'a, 's>,
    plan: &Plan<'s>,
    warned: &RefCell<Warned>,
    changed: Changed,
    violation: &Violation<'_, 's>,
) -> ReturnedRow<'a> {
    if plan.settings.on_mismatch == OnMismatch::Reset
        && !violation.is_only_warned_of()
        && let Some(update) = call.before_update()
        && changed.runtime
        && !changed.model
        // A statement that sets the model intends that model, even if it equals the former one. Writers of whole rows do
        // this.
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
    // The last word warns, because it sees the row as it is stored. The row can still change before that.
    if !(call.timing() == Timing::Before && last_word::is_to_come(call, plan)) {
        let warning = warned.borrow_mut().see(violation.pair());
        match warning {
            Warning::Pair => violation.warn(),
            Warning::Count(rows) => violation.warn_of_count(rows),
            Warning::None => {}
        }
    }
    call.proceed()
}

/// The number of distinct pairs for which a statement is warned one by one, for each trigger. After that, it gets the number
/// of stored rows at each power of ten. So the client's memory and the server's log do not grow with the rows.
const PAIRS: usize = 100;

/// The warnings that a statement has sent.
#[derive(Default)]
pub struct Warned {
    /// Hashes of pairs, at most `PAIRS`.
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
    /// Counts a row, and decides which warning to send.
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
