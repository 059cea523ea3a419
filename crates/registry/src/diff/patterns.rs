//! What changes for the ids that patterns decide.

use std::collections::HashMap;

use super::effects::{Arm, Effects};
use super::{Change, Effect, Sides, Subject};
use crate::catalogue::Runtime;

/// A change of a provider's pattern: in all runtimes, or in one that gains or loses an arm.
pub(super) fn changes(sides: &Sides, both: &[(&Runtime, &Runtime)]) -> Vec<Change> {
    let mut effects = Effects::of(sides);
    let mut changes: Vec<Change> = Vec::new();
    // A change of a provider's pattern is one change, whatever the number of runtimes.
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for &(old, new) in both {
        let arms = effects.arms(old, new);
        for changed in arms.iter().filter(|arm| arm.is_changed()) {
            let found = effects.of_change(changed, &arms, old, new);
            match positions.get(changed.provider) {
                Some(&position) if changed.is_kept => merge(&mut changes[position].effects, found),
                _ => {
                    if changed.is_kept {
                        positions.insert(changed.provider, changes.len());
                    }
                    changes.push(Change { subject: subject(sides, changed, new), effects: found });
                }
            }
        }
    }
    changes.retain(|change| !change.effects.is_empty());
    changes
}

fn subject(sides: &Sides, changed: &Arm, runtime: &Runtime) -> Subject {
    let (provider, runtime) = (changed.provider.to_owned(), runtime.name.clone());
    if !changed.is_kept {
        return match changed.new {
            Some(_) => Subject::ArmAdded { runtime, provider },
            None => Subject::ArmRemoved { runtime, provider },
        };
    }
    let [old, new] = [sides.old, sides.new].map(|registry| {
        let pattern =
            registry.providers.iter().find(|named| named.name == provider).and_then(|named| named.pattern.as_ref());
        pattern.map(|pattern| pattern.source().to_owned())
    });
    Subject::Pattern { provider, old, new }
}

/// One pattern is used in many runtimes, and has the same effect in most of them.
fn merge(effects: &mut Vec<Effect>, more: Vec<Effect>) {
    for effect in more {
        match effects.iter_mut().find(|known| known.kind == effect.kind) {
            Some(known) => known.runtimes.extend(effect.runtimes),
            None => effects.push(effect),
        }
    }
}
