//! Ids that the patterns of two arms of a runtime both match.

use std::collections::{HashMap, HashSet};

use super::Warning;
use crate::catalogue::{Registry, Runtime};
use crate::lint_kind::LintKind;
use crate::pattern::{Effort, Found, shortest_common_id};

/// The overlaps of the catalogue's patterns. Each pair is searched once, because runtimes share their providers.
pub(super) struct Overlaps<'a> {
    registry: &'a Registry,
    known: HashMap<(usize, usize), Found>,
    effort: Effort,
}

/// The most overlaps of one runtime that are listed. Nobody works through more.
const MOST_WARNINGS: usize = 100;

const UNDECIDED: &Found = &Found::Undecided;

impl<'a> Overlaps<'a> {
    pub(super) fn new(registry: &'a Registry) -> Overlaps<'a> {
        Overlaps { registry, known: HashMap::new(), effort: Effort::new() }
    }

    /// An id, listed or not, that the patterns of two providers both match.
    pub(super) fn of(&mut self, one: usize, other: usize) -> &Found {
        if self.effort.is_spent() {
            return UNDECIDED;
        }
        let pair = (one.min(other), one.max(other));
        let (registry, effort) = (self.registry, &self.effort);
        self.known.entry(pair).or_insert_with(|| search(registry, pair.0, pair.1, std::iter::empty(), effort))
    }

    /// The effort that all searches of these lints can use together.
    pub(super) fn effort(&self) -> &Effort {
        &self.effort
    }

    /// Each two arms of a runtime that make an id ambiguous.
    pub(super) fn check(&mut self, runtime: &Runtime) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let listed: HashSet<&str> = runtime.listed_ids().collect();
        let arms: Vec<_> = runtime.arms.iter().filter(|arm| arm.pattern(self.registry).is_some()).collect();
        for (second, &arm) in arms.iter().enumerate() {
            for &first in &arms[..second] {
                let found = match self.of(first.provider, arm.provider).clone() {
                    Found::Id(id) if listed.contains(id.as_str()) => {
                        search(self.registry, first.provider, arm.provider, listed.iter().copied(), &self.effort)
                    }
                    found => found,
                };
                let names = [first, arm].map(|arm| self.registry.providers[arm.provider].name.as_str());
                let both = format!("the patterns of {:?} and {:?}", names[0], names[1]);
                let text = match found {
                    Found::Nothing => continue,
                    Found::Id(id) => format!("{both} both match {id:?}, so it is refused as ambiguous"),
                    Found::Undecided => format!("undecided whether {both} match an id in common: they are too large"),
                };
                let location = arm.location.clone();
                if warnings.len() == MOST_WARNINGS || self.effort.is_spent() {
                    let at = runtime.name.clone();
                    let text = format!(
                        "the patterns from {:?} on are not compared: too many pairs of them match ids in common, or are \
                         too large",
                        names[1]
                    );
                    warnings.push(Warning { kind: LintKind::AmbiguousIds, at, location, text });
                    return warnings;
                }
                let at = format!("{}/{}+{}", runtime.name, names[0], names[1]);
                warnings.push(Warning { kind: LintKind::AmbiguousIds, at, location, text });
            }
        }
        warnings
    }
}

fn search<'a>(
    registry: &Registry,
    one: usize,
    other: usize,
    listed: impl Iterator<Item = &'a str>,
    effort: &Effort,
) -> Found {
    let pattern = |provider: usize| registry.providers[provider].pattern.as_ref();
    match (pattern(one), pattern(other)) {
        (Some(one), Some(other)) => shortest_common_id([one.automaton(), other.automaton()], listed, effort),
        _ => Found::Nothing,
    }
}
