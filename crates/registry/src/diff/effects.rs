//! What the change of one arm's pattern does to ids that no arm lists.

use std::collections::{HashMap, HashSet};

use super::decided::{Matches, happens};
use super::{Effect, EffectKind, Outcome, Sides};
use crate::catalogue::{Registry, Runtime};
use crate::pattern::{Automaton, Effort, Found, shortest_common_id, shortest_id};

/// What can happen to an id because a pattern changed.
const KINDS: [EffectKind; 4] = [
    EffectKind::BecomesRoutable,
    EffectKind::StopsBeingRoutable,
    EffectKind::BecomesAmbiguous,
    EffectKind::ChangesProvider,
];

/// An arm of a provider in one runtime: the automaton of its pattern in each registry. None if it takes no ids by pattern
/// there.
#[derive(Clone, Copy)]
pub(super) struct Arm<'a> {
    pub(super) provider: &'a str,
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
    /// Whether the runtime has the arm in both registries and lets it take ids by pattern. Then the pattern itself changes.
    pub(super) is_kept: bool,
}

impl Arm<'_> {
    /// Whether the pattern may match other ids than before. A pattern that is only written differently does not.
    pub(super) fn is_changed(&self) -> bool {
        self.old != self.new
    }

    fn automata(&self) -> impl Iterator<Item = usize> {
        self.old.into_iter().chain(self.new)
    }
}

/// The input of a search, without the runtime's name. Runtimes share their providers, so few searches differ.
#[derive(PartialEq, Eq, Hash)]
struct Question<'a> {
    own: (Option<usize>, Option<usize>),
    others: Vec<(Option<usize>, Option<usize>)>,
    listed: Vec<&'a str>,
}

/// The searches for effects of a change, each made once.
pub(super) struct Effects<'a> {
    sides: &'a Sides<'a>,
    /// Each automaton of both registries, once.
    automata: Vec<&'a Automaton>,
    /// The automaton of each provider of the old and the new registry, if it has a pattern.
    positions: [Vec<Option<usize>>; 2],
    overlaps: HashMap<(usize, usize), bool>,
    answers: HashMap<Question<'a>, Vec<(EffectKind, Found)>>,
    effort: Effort,
}

impl<'a> Effects<'a> {
    pub(super) fn of(sides: &'a Sides<'a>) -> Effects<'a> {
        let mut automata = Vec::new();
        let mut known: HashMap<&Automaton, usize> = HashMap::new();
        let mut place = |registry: &'a Registry| -> Vec<Option<usize>> {
            let mut position = |automaton: &'a Automaton| {
                *known.entry(automaton).or_insert_with(|| {
                    automata.push(automaton);
                    automata.len() - 1
                })
            };
            let patterns = registry.providers.iter().map(|provider| provider.pattern.as_ref());
            patterns.map(|pattern| Some(position(pattern?.automaton()))).collect()
        };
        let positions = [place(sides.old), place(sides.new)];
        let (overlaps, answers) = (HashMap::new(), HashMap::new());
        Effects { sides, automata, positions, overlaps, answers, effort: Effort::new() }
    }

    /// The arms of a runtime that take ids by pattern, in the order of the new registry, then those that are gone.
    pub(super) fn arms(&self, old: &Runtime, new: &Runtime) -> Vec<Arm<'a>> {
        let open = |registry: &'a Registry, runtime: &Runtime| -> Vec<(&'a str, usize)> {
            let arms = runtime.arms.iter().filter(|arm| !arm.only_listed);
            arms.map(|arm| (&registry.providers[arm.provider].name[..], arm.provider)).collect()
        };
        let (before, after) = (open(self.sides.old, old), open(self.sides.new, new));
        let old_arms: HashMap<&str, usize> = before.iter().copied().collect();
        let kept: HashSet<&str> = after.iter().map(|(provider, _)| *provider).collect();
        let gone = before.into_iter().filter(|(provider, _)| !kept.contains(provider));
        let gone = gone.map(|(provider, position)| Arm {
            provider,
            old: self.positions[0][position],
            new: None,
            is_kept: false,
        });
        let there = after.iter().map(|&(provider, position)| {
            let old = old_arms.get(provider).copied();
            Arm {
                provider,
                old: old.and_then(|position| self.positions[0][position]),
                new: self.positions[1][position],
                is_kept: old.is_some(),
            }
        });
        there.chain(gone).filter(|arm| arm.automata().next().is_some()).collect()
    }

    /// The effects of the change of one arm in a runtime.
    pub(super) fn of_change(&mut self, changed: &Arm, arms: &[Arm], old: &'a Runtime, new: &'a Runtime) -> Vec<Effect> {
        // Only ids that the arm's pattern matches in one of the two registries can change, so most arms and ids are left out.
        let others = arms.iter().filter(|arm| arm.provider != changed.provider);
        let others: Vec<_> = others.filter(|arm| self.overlap(arm, changed)).map(|arm| (arm.old, arm.new)).collect();
        let matches = |automaton: Option<usize>, id: &str| {
            automaton.is_some_and(|automaton| self.automata[automaton].matches(id.as_bytes()))
        };
        let moved = |id: &&str| matches(changed.old, id) != matches(changed.new, id);
        let mut listed: Vec<_> = old.listed_ids().chain(new.listed_ids()).filter(moved).collect();
        listed.sort_unstable();
        listed.dedup();
        let question = Question { own: (changed.old, changed.new), others, listed };
        if let Some(answer) = self.answers.get(&question) {
            return self.effects(answer, new);
        }
        let answer = self.answer(&question);
        let effects = self.effects(&answer, new);
        self.answers.insert(question, answer);
        effects
    }

    /// Whether some id matches a pattern of one arm and a pattern of the other.
    fn overlap(&mut self, one: &Arm, other: &Arm) -> bool {
        one.automata().any(|first| other.automata().any(|second| self.automata_overlap(first, second)))
    }

    fn automata_overlap(&mut self, one: usize, other: usize) -> bool {
        if one == other {
            return true;
        }
        let pair = (one.min(other), one.max(other));
        let automata = [self.automata[pair.0], self.automata[pair.1]];
        *self.overlaps.entry(pair).or_insert_with(|| {
            let found = shortest_common_id(automata, std::iter::empty(), &self.effort);
            found != Found::Nothing
        })
    }

    /// An example of each kind of effect.
    fn answer(&self, question: &Question) -> Vec<(EffectKind, Found)> {
        // Each automaton once, and for each arm the index of its automaton.
        let mut automata: Vec<&Automaton> = Vec::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        let mut place = |automaton: Option<usize>| {
            let automaton = automaton?;
            Some(*places.entry(automaton).or_insert_with(|| {
                automata.push(self.automata[automaton]);
                automata.len() - 1
            }))
        };
        let arms: Vec<_> = std::iter::once((true, &question.own))
            .chain(question.others.iter().map(|arm| (false, arm)))
            .map(|(own, &(old, new))| (own, place(old), place(new)))
            .collect();
        let search = |kind| {
            shortest_id(&automata, question.listed.iter().copied(), &self.effort, |accepts| {
                let matches = |arm: Option<usize>| arm.map_or(Some(false), |arm| accepts[arm]);
                let seen: Vec<_> =
                    arms.iter().map(|&(own, old, new)| Matches { own, old: matches(old), new: matches(new) }).collect();
                happens(kind, &seen)
            })
        };
        let found = KINDS.into_iter().map(|kind| (kind, search(kind)));
        found.filter(|(_, found)| *found != Found::Nothing).collect()
    }

    fn effects(&self, answer: &[(EffectKind, Found)], runtime: &Runtime) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut undecided = false;
        for (kind, found) in answer {
            let Found::Id(id) = found else {
                undecided = true;
                continue;
            };
            let outcomes =
                [&self.sides.old_image, &self.sides.new_image].map(|image| Outcome::of(image, &runtime.name, id));
            let runtimes = vec![runtime.name.clone()];
            effects.push(Effect { kind: *kind, runtimes, example: Some(id.clone()), outcomes: Some(outcomes.into()) });
        }
        if undecided {
            let runtimes = vec![runtime.name.clone()];
            effects.push(Effect { kind: EffectKind::Undecided, runtimes, example: None, outcomes: None });
        }
        effects
    }
}
