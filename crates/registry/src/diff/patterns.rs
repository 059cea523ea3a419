//! What changes for the ids that patterns decide.

use std::collections::HashMap;

use super::{Change, Effect, EffectKind, Outcome, Sides, Subject};
use crate::catalogue::{Provider, Registry, Runtime};
use crate::pattern::{Automaton, Found, shortest_id};

/// A provider's pattern where it changes: everywhere, or as an arm that comes or goes.
pub(super) fn changes(sides: &Sides, both: &[(&Runtime, &Runtime)]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for (old, new) in both {
        let sides = Arms::of(sides, old, new);
        for name in sides.changed() {
            let subject = match (sides.old.get(name), sides.new.get(name)) {
                (Some(old), Some(new)) => Subject::Pattern {
                    provider: (*name).to_owned(),
                    old: old.pattern.source().to_owned(),
                    new: new.pattern.source().to_owned(),
                },
                (None, _) => Subject::ArmAdded { runtime: new.name.clone(), provider: (*name).to_owned() },
                (_, None) => Subject::ArmRemoved { runtime: new.name.clone(), provider: (*name).to_owned() },
            };
            let effects = sides.effects(name);
            match changes.iter_mut().find(|change| change.subject == subject) {
                Some(change) => merge(&mut change.effects, effects),
                None => changes.push(Change { subject, effects }),
            }
        }
    }
    changes.retain(|change| !change.effects.is_empty());
    changes
}

/// One pattern is in many runtimes and does the same in most of them.
fn merge(effects: &mut Vec<Effect>, more: Vec<Effect>) {
    for effect in more {
        match effects.iter_mut().find(|known| known.kind == effect.kind) {
            Some(known) => known.runtimes.extend(effect.runtimes),
            None => effects.push(effect),
        }
    }
}

/// The arms of one runtime in both registries, by the provider's name.
struct Arms<'a> {
    sides: &'a Sides<'a>,
    runtimes: [&'a Runtime; 2],
    old: HashMap<&'a str, &'a Provider>,
    new: HashMap<&'a str, &'a Provider>,
    /// In the order of the new registry, then those that are gone.
    names: Vec<&'a str>,
}

impl<'a> Arms<'a> {
    fn of(sides: &'a Sides<'a>, old: &'a Runtime, new: &'a Runtime) -> Arms<'a> {
        let providers = |registry: &'a Registry, runtime: &'a Runtime| -> Vec<&'a Provider> {
            runtime.arms.iter().map(|arm| &registry.providers[arm.provider]).collect()
        };
        let by_name = |providers: &[&'a Provider]| -> HashMap<&'a str, &'a Provider> {
            providers.iter().map(|provider| (provider.name.as_str(), *provider)).collect()
        };
        let (before, after) = (providers(sides.old, old), providers(sides.new, new));
        let (old_arms, new_arms) = (by_name(&before), by_name(&after));
        let gone = before.iter().filter(|provider| !new_arms.contains_key(provider.name.as_str()));
        let names = after.iter().chain(gone).map(|provider| provider.name.as_str()).collect();
        Arms { sides, runtimes: [old, new], old: old_arms, new: new_arms, names }
    }

    /// The providers whose pattern may match other ids here than it did. Where another spelling matches the same ids,
    /// no effect will be found.
    fn changed(&self) -> impl Iterator<Item = &&'a str> {
        self.names.iter().filter(|name| automaton(&self.old, name) != automaton(&self.new, name))
    }

    /// What a provider's change does to the ids that nobody lists.
    fn effects(&self, name: &str) -> Vec<Effect> {
        let kinds = [
            EffectKind::BecomesRoutable,
            EffectKind::StopsBeingRoutable,
            EffectKind::BecomesAmbiguous,
            EffectKind::ChangesProvider,
        ];
        kinds.into_iter().filter_map(|kind| self.effect(name, kind)).collect()
    }

    fn effect(&self, name: &str, kind: EffectKind) -> Option<Effect> {
        // Each automaton once, and for each arm of both registries which one it is.
        let mut automata: Vec<&Automaton> = Vec::new();
        let mut place = |automaton: Option<&'a Automaton>| {
            let automaton = automaton?;
            Some(automata.iter().position(|known| *known == automaton).unwrap_or_else(|| {
                automata.push(automaton);
                automata.len() - 1
            }))
        };
        let arms: Vec<_> = self
            .names
            .iter()
            .map(|arm| (*arm == name, place(automaton(&self.old, arm)), place(automaton(&self.new, arm))))
            .collect();
        let listed = self.runtimes.iter().flat_map(|runtime| runtime.listed_ids());
        let found = shortest_id(&automata, listed, |accepts| {
            let matches = |arm: Option<usize>| arm.map_or(Some(false), |arm| accepts[arm]);
            let seen: Vec<_> = arms.iter().map(|&(own, old, new)| (own, matches(old), matches(new))).collect();
            happens(kind, &seen)
        });
        let runtime = &self.runtimes[1].name;
        let (kind, example, outcomes) = match found {
            Found::Nothing => return None,
            Found::Undecided => (EffectKind::Undecided, None, None),
            Found::Id(id) => {
                let [old, new] =
                    [&self.sides.old_image, &self.sides.new_image].map(|image| Outcome::of(image, runtime, &id));
                (kind, Some(id), Some((old, new)))
            }
        };
        Some(Effect { kind, runtimes: vec![runtime.clone()], example, outcomes })
    }
}

fn automaton<'a>(arms: &HashMap<&str, &'a Provider>, name: &str) -> Option<&'a Automaton> {
    arms.get(name).map(|provider| provider.pattern.automaton())
}

/// Whether something happens to an id because the one provider's pattern changed, as far as that is decided. For each
/// arm: whether it is that provider's, and whether the id matches before and after.
fn happens(kind: EffectKind, arms: &[(bool, Option<bool>, Option<bool>)]) -> Option<bool> {
    let own = arms.iter().find(|(own, ..)| *own).map(|&(_, old, new)| (old, new));
    let gains = own.map_or(Some(false), |(old, new)| both(old.map(|old| !old), new));
    let loses = own.map_or(Some(false), |(old, new)| both(old, new.map(|new| !new)));
    let before = Count::of(arms.iter().map(|(_, old, _)| *old));
    let after = Count::of(arms.iter().map(|(.., new)| *new));
    let moved = either(gains, loses);
    match kind {
        EffectKind::BecomesRoutable => both(moved, both(before.is_one().map(|one| !one), after.is_one())),
        EffectKind::StopsBeingRoutable => both(moved, both(before.is_one(), after.is_none())),
        EffectKind::BecomesAmbiguous => both(moved, both(before.is_many().map(|many| !many), after.is_many())),
        EffectKind::ChangesProvider => both(gains, both(before.is_one(), after.is_one())),
        _ => Some(false),
    }
}

fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    both(one.map(|one| !one), other.map(|other| !other)).map(|neither| !neither)
}

/// How many arms match: at least, and at most.
struct Count {
    least: usize,
    most: usize,
}

impl Count {
    fn of(matches: impl Iterator<Item = Option<bool>>) -> Count {
        matches.fold(Count { least: 0, most: 0 }, |count, matches| Count {
            least: count.least + usize::from(matches == Some(true)),
            most: count.most + usize::from(matches != Some(false)),
        })
    }

    fn is_none(&self) -> Option<bool> {
        if self.least > 0 { Some(false) } else { (self.most == 0).then_some(true) }
    }

    fn is_one(&self) -> Option<bool> {
        if self.least > 1 || self.most == 0 { Some(false) } else { (self.least == 1 && self.most == 1).then_some(true) }
    }

    fn is_many(&self) -> Option<bool> {
        if self.most < 2 { Some(false) } else { (self.least > 1).then_some(true) }
    }
}
