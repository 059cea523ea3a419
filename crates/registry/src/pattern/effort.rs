//! A limit on the cost of all searches of one command. A file of a few hundred kilobytes can cause millions of them.

use std::cell::Cell;

use crate::pause::pause;

/// Steps of automata, which take about a second.
const MOST_STEPS: usize = 200_000_000;

/// The steps that are left.
#[derive(Debug)]
pub(crate) struct Effort(Cell<usize>);

impl Effort {
    pub(crate) fn new() -> Effort {
        Effort(Cell::new(MOST_STEPS))
    }

    pub(crate) fn spend(&self, steps: usize) {
        pause();
        self.0.set(self.0.get().saturating_sub(steps));
    }

    /// Whether the limit is reached.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}
