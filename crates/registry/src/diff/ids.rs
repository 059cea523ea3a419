//! What changes for the ids that a runtime lists.

use std::collections::{HashMap, HashSet};

use super::{Change, Effect, EffectKind, Outcome, Sides, Subject};
use crate::catalogue::Runtime;

/// The ids that either registry lists for a runtime and for which the answers differ.
pub(super) fn changes(sides: &Sides, old: &Runtime, new: &Runtime) -> Vec<Change> {
    let mut seen = HashSet::new();
    let ids = new.listed_ids().chain(old.listed_ids()).filter(|id| seen.insert(*id));
    let change = |id: &str| {
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

/// Providers whose variables differ and that share an id with another: the choice between the two may differ.
pub(super) fn changed_variables(sides: &Sides, both: &[(&Runtime, &Runtime)]) -> Vec<Change> {
    let old: HashMap<&str, &[String]> =
        sides.old.providers.iter().map(|provider| (provider.name.as_str(), &provider.auth_env[..])).collect();
    let mut changes = Vec::new();
    for (position, provider) in sides.new.providers.iter().enumerate() {
        if old.get(provider.name.as_str()).is_none_or(|names| same_set(names, &provider.auth_env)) {
            continue;
        }
        let shared = both.iter().filter_map(|(_, new)| Some((new.name.clone(), shared_id(new, position)?)));
        let (runtimes, mut ids): (Vec<_>, Vec<_>) = shared.unzip();
        if !ids.is_empty() {
            let example = Some(ids.swap_remove(0));
            changes.push(Change {
                subject: Subject::Variables { provider: provider.name.clone() },
                effects: vec![Effect { kind: EffectKind::MayChangeProvider, runtimes, example, outcomes: None }],
            });
        }
    }
    changes
}

fn same_set(one: &[String], other: &[String]) -> bool {
    one.iter().all(|name| other.contains(name)) && other.iter().all(|name| one.contains(name))
}

/// An id that the provider lists in a runtime together with another one.
fn shared_id(runtime: &Runtime, provider: usize) -> Option<String> {
    let own = runtime.arms.iter().find(|arm| arm.provider == provider)?;
    let others = runtime.arms.iter().filter(|arm| arm.provider != provider);
    let others: HashSet<&String> = others.flat_map(|arm| &arm.models).collect();
    own.models.iter().find(|id| others.contains(id)).cloned()
}
