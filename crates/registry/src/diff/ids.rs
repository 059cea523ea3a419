//! What changes for the ids that a runtime lists.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Change, Effect, EffectKind, Outcome, Sides, Subject};
use crate::catalogue::{Provider, Runtime};
use crate::pause::pause;

/// The ids that either registry lists for a runtime and for which the answers differ.
pub(super) fn changes(sides: &Sides, old: &Runtime, new: &Runtime) -> Vec<Change> {
    let mut seen = HashSet::new();
    let ids = new.listed_ids().chain(old.listed_ids()).filter(|id| seen.insert(*id));
    let change = |id: &str| {
        pause();
        let before = Outcome::of(&sides.old_image, &new.name, id);
        let after = Outcome::of(&sides.new_image, &new.name, id);
        let kind = EffectKind::between(&before, &after)?;
        Some(Change {
            subject: Subject::Id { runtime: new.name.clone(), id: id.to_owned() },
            effects: vec![Effect {
                kind,
                runtimes: vec![new.name.clone()],
                example: Some(id.to_owned()),
                outcomes: Some((before, after)),
            }],
        })
    };
    ids.filter_map(change).collect()
}

/// Providers whose variables changed and that share an id with another provider: the choice between the two may change.
pub(super) fn changed_variables(sides: &Sides, both: &[(&Runtime, &Runtime)]) -> Vec<Change> {
    let old: HashMap<&str, &[String]> =
        sides.old.providers.iter().map(|provider| (provider.name.as_str(), &provider.auth_env[..])).collect();
    let is_changed =
        |provider: &Provider| old.get(provider.name.as_str()).is_some_and(|names| !same_set(names, &provider.auth_env));
    let changed: Vec<bool> = sides.new.providers.iter().map(is_changed).collect();
    // For each such provider, the runtimes where it shares an id, and the first of these ids.
    let mut found: BTreeMap<usize, (Vec<String>, String)> = BTreeMap::new();
    for (_, runtime) in both {
        for (provider, id) in shared_ids(runtime, &changed) {
            found.entry(provider).or_insert_with(|| (Vec::new(), id.to_owned())).0.push(runtime.name.clone());
        }
    }
    let change = |(position, (runtimes, id)): (usize, (Vec<String>, String))| Change {
        subject: Subject::Variables { provider: sides.new.providers[position].name.clone() },
        effects: vec![Effect { kind: EffectKind::MayChangeProvider, runtimes, example: Some(id), outcomes: None }],
    };
    found.into_iter().map(change).collect()
}

fn same_set(one: &[String], other: &[String]) -> bool {
    one.iter().all(|name| other.contains(name)) && other.iter().all(|name| one.contains(name))
}

/// For each of the changed providers, the first id that it lists in a runtime together with another one.
fn shared_ids<'a>(runtime: &'a Runtime, changed: &[bool]) -> Vec<(usize, &'a str)> {
    if !runtime.arms.iter().any(|arm| changed[arm.provider]) {
        return Vec::new();
    }
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for id in runtime.arms.iter().flat_map(|arm| &arm.models) {
        *owners.entry(&id.id).or_insert(0) += 1;
    }
    let arms = runtime.arms.iter().filter(|arm| changed[arm.provider]);
    arms.filter_map(|arm| Some((arm.provider, &arm.models.iter().find(|entry| owners[&entry.id[..]] > 1)?.id[..])))
        .collect()
}
