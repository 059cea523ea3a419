//! Where the rules report to, and what one file may ask of the reporting.

use crate::document::{Described, Node, Source};
use crate::fault::{Fault, FaultKind, Faults};
use crate::place::Place;
use crate::suggest::closest;

/// As many faults as are shown.
const MOST_FAULTS: usize = 10_000;

/// As much as all suggestions together may cost, as products of the lengths of the names that are compared.
const SUGGESTION_BUDGET: usize = 20_000_000;

/// The faults found so far.
pub(super) struct Report<'a> {
    text: &'a str,
    /// Of the text, made for the first fault that shows what it says.
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

    /// Which of the candidates was probably meant. A file in which everything is misspelt goes without.
    pub(super) fn suggestion<'b>(
        &mut self,
        name: &str,
        candidates: impl Iterator<Item = &'b str> + Clone,
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

/// What stands in the file. Of what may be a secret, only what kind of value it is.
fn shown(found: Described, secret: bool) -> String {
    match found {
        Described::Nothing => "nothing".into(),
        Described::Null(word) => format!("{word}, which YAML reads as nothing"),
        Described::Anchor => "nothing but an anchor (&)".into(),
        Described::Boolean(_) if secret => "a boolean".into(),
        Described::Boolean(word) => format!("the boolean {word}"),
        Described::Number(_) if secret => "a number".into(),
        Described::Number(word) => format!("the number {word}"),
        Described::Text => "text".into(),
        Described::List => "a list".into(),
        Described::Map => "a map".into(),
        Described::Tagged => "a value behind a tag (!)".into(),
    }
}

/// What to write instead, for a value of a type that its place does not take.
fn advice(expected: &str, found: &Described) -> &'static str {
    match (expected, found) {
        (_, Described::Anchor) => "; put text that begins with & in quotes",
        (THE_NUMBER_1, _) => "; write 1, without quotes or a point",
        (TRUE_OR_FALSE, _) => "; write true or false, without quotes",
        (TEXT | TEXT_AS_KEY, Described::Null(_) | Described::Boolean(_) | Described::Number(_)) => "; put it in quotes",
        (TEXT | TEXT_AS_KEY, Described::Tagged) => "; remove the tag, or put text that begins with ! in quotes",
        (TEXT_AS_KEY, _) => "; write one text before the colon",
        (TEXT, Described::Map) => "; put text with a colon and a blank behind it, or with { before it, in quotes",
        (TEXT, Described::List) => "; write one text, and put text that begins with [ or - in quotes",
        (TEXT, _) => "; write it, in quotes if it begins with #, or remove this entry",
        (A_VARIABLE, _) => "; write its name, never its value",
        (_, Described::Tagged) => "; remove the tag",
        (A_LIST, Described::Map) => "; begin each item with a dash",
        (A_LIST, Described::Nothing | Described::Null(_)) => "; write its items, or remove this entry",
        (A_LIST, _) => "; write it in brackets, as in [a, b]",
        (A_MAP, Described::List) => "; write key: value, without a dash",
        (A_MAP, Described::Nothing | Described::Null(_)) => "; write its keys and values, or remove this entry",
        (A_MAP, _) => "; write key: value",
        _ => "",
    }
}

pub(super) const TEXT: &str = "text";
pub(super) const TEXT_AS_KEY: &str = "text as a key";
pub(super) const A_VARIABLE: &str = "the name of an environment variable";
pub(super) const A_LIST: &str = "a list";
pub(super) const A_MAP: &str = "a map";
pub(super) const TRUE_OR_FALSE: &str = "true or false";
pub(super) const THE_NUMBER_1: &str = "the number 1";
