//! Where the rules report to, and what one file may ask of the reporting.

use crate::fault::{Fault, FaultKind, Faults};
use crate::place::Place;
use crate::suggest::closest;

/// As many faults as are shown.
const MOST_FAULTS: usize = 10_000;

/// As much as all suggestions together may cost, as products of the lengths of the names that are compared.
const SUGGESTION_BUDGET: usize = 20_000_000;

/// The faults found so far.
pub(super) struct Report {
    faults: Vec<Fault>,
    more: usize,
    suggestion_budget: usize,
}

impl Report {
    pub(super) fn new() -> Report {
        Report { faults: Vec::new(), more: 0, suggestion_budget: SUGGESTION_BUDGET }
    }

    pub(super) fn add(&mut self, place: &Place, kind: FaultKind) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault::new(place, kind));
        } else {
            self.more += 1;
        }
    }

    /// Which of the candidates was probably meant. A file in which everything is misspelt goes without.
    pub(super) fn suggestion<'a>(
        &mut self,
        name: &str,
        candidates: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<String> {
        let cost = name.len() * candidates.clone().map(|candidate| candidate.len() + 8).sum::<usize>();
        self.suggestion_budget = self.suggestion_budget.checked_sub(cost)?;
        closest(name, candidates).map(str::to_owned)
    }

    /// The faults in the order of their lines, if there are any.
    pub(super) fn into_faults(self) -> Option<Faults> {
        let mut faults = self.faults;
        faults.sort_by_key(|fault| fault.line().unwrap_or(0));
        if self.more > 0 {
            faults.push(Fault::of_document(None, FaultKind::MoreFaults { more: self.more }));
        }
        (!faults.is_empty()).then_some(Faults(faults))
    }
}
