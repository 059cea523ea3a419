//! Changes of announcements: dates and replacements, on which no verdict depends.

use std::collections::HashMap;

use super::{Change, Sides, Subject};
use crate::announcement::Announcement;
use crate::catalogue::{Arm, ModelEntry, Runtime};
use crate::pause::pause;

/// The ids of a runtime whose announcement by an arm changed, in the order of the new registry. An id that the arm no longer
/// lists is reported elsewhere.
pub(super) fn changes(sides: &Sides, old: &Runtime, new: &Runtime) -> Vec<Change> {
    let old_arms: HashMap<&str, &Arm> =
        old.arms.iter().map(|arm| (&sides.old.providers[arm.provider].name[..], arm)).collect();
    let mut changes = Vec::new();
    for arm in &new.arms {
        let provider = &sides.new.providers[arm.provider].name;
        let old_arm = old_arms.get(&provider[..]);
        if !is_announcing(arm) && !old_arm.is_some_and(|arm| is_announcing(arm)) {
            continue;
        }
        let before: HashMap<&str, (&ModelEntry, bool)> =
            old_arm.iter().flat_map(|arm| listed(arm)).map(|listed| (&listed.0.id[..], listed)).collect();
        for (entry, is_withdrawn) in listed(arm) {
            pause();
            let former = before.get(&entry.id[..]);
            let was = former.and_then(|&(entry, is_withdrawn)| Announcement::of(entry, is_withdrawn));
            let will_be = Announcement::of(entry, is_withdrawn);
            // If an id is withdrawn without an announcement, or offered again, the withdrawal is the change.
            let is_moved = will_be.is_none() && former.is_some_and(|former| former.1 != is_withdrawn);
            if was != will_be && !is_moved {
                let subject = Subject::Announcement {
                    runtime: new.name.clone(),
                    provider: provider.clone(),
                    id: entry.id.clone(),
                    was,
                    will_be,
                };
                changes.push(Change { subject, effects: Vec::new() });
            }
        }
    }
    changes
}

/// The ids that an arm lists, and whether they are withdrawn.
fn listed(arm: &Arm) -> impl Iterator<Item = (&ModelEntry, bool)> {
    let offered = arm.models.iter().map(|entry| (entry, false));
    offered.chain(arm.withdrawn_models.iter().map(|entry| (entry, true)))
}

fn is_announcing(arm: &Arm) -> bool {
    listed(arm).any(|(entry, _)| entry.is_announced())
}
