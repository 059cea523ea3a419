//! Collects the faults of a file, and limits the work of reporting them.

use super::types::{advice, shown};
use crate::document::{Node, Source};
use crate::fault::{Fault, FaultKind, Faults};
use crate::place::Place;
use crate::suggest::closest;

/// The most faults that are shown.
const MOST_FAULTS: usize = 10_000;

/// The most work for all suggestions together, as products of the lengths of the names that are compared.
const SUGGESTION_BUDGET: usize = 20_000_000;

/// The faults found so far.
pub(super) struct Report<'a> {
    text: &'a str,
    /// Made for the first fault that shows text of the file.
    source: Option<Source<'a>>,
    faults: Vec<Fault>,
    more: usize,
    suggestion_budget: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str) -> Report<'a> {
        Report { text, source: None, faults: Vec::new(), more: 0, suggestion_budget: SUGGESTION_BUDGET }
    }

    pub(super) fn add(&mut self, place: &Place, kind: FaultKind) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault::new(place, kind));
        } else {
            self.more += 1;
        }
    }

    /// Reports a value of another type than its place takes.
    pub(super) fn wrong_type(&mut self, place: &Place, expected: &'static str, node: &Node) {
        if self.faults.len() >= MOST_FAULTS {
            self.more += 1;
            return;
        }
        let text = self.text;
        let found = self.source.get_or_insert_with(|| Source::new(text)).describe(node);
        let advice = advice(expected, &found);
        let found = shown(found, place.is_secret());
        self.add(place, FaultKind::WrongType { expected, found, advice });
    }

    /// The candidate that was probably meant. If a file has very many misspelt names, the later ones get none.
    pub(super) fn suggestion<'b>(
        &mut self,
        name: &str,
        candidates: impl Iterator<Item = &'b str> + Clone,
    ) -> Option<String> {
        let cost = name.len() * candidates.clone().map(|candidate| candidate.len() + 8).sum::<usize>();
        self.suggestion_budget = self.suggestion_budget.checked_sub(cost)?;
        closest(name, candidates).map(str::to_owned)
    }

    /// The key that was probably meant. In contrast to an id, the parts of a key are not words of their own.
    pub(super) fn key_suggestion(&mut self, name: &str, keys: &[&'static str]) -> Option<String> {
        let as_one_word = |key: &str| key.replace('_', "");
        let word = as_one_word(name);
        let words: Vec<String> = keys.iter().map(|key| as_one_word(key)).collect();
        let found = match words.contains(&word) {
            true => word,
            false => self.suggestion(&word, words.iter().map(String::as_str))?,
        };
        keys.iter().zip(words).find(|(_, word)| *word == found).map(|(key, _)| (*key).to_owned())
    }

    /// The faults in the order of their lines. None if there are none.
    pub(super) fn into_faults(self) -> Option<Faults> {
        let mut faults = self.faults;
        faults.sort_by_key(|fault| fault.line().unwrap_or(0));
        if self.more > 0 {
            faults.push(Fault::of_document(None, FaultKind::MoreFaults { more: self.more }));
        }
        (!faults.is_empty()).then_some(Faults(faults))
    }
}
