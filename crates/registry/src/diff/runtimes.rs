//! Runtimes that become judged, external or unknown.

use std::collections::HashMap;

use super::{Change, Subject};
use crate::catalogue::Registry;

/// How a registry treats a runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its pairs are judged by its arms.
    Judged,
    /// Its pairs pass. The registry names it as external.
    External,
    /// Its pairs pass, except if a guard denies unknown runtimes.
    Unknown,
}

impl Standing {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Judged => "judged",
            Standing::External => "external",
            Standing::Unknown => "unknown",
        }
    }
}

/// The runtimes that are treated differently: first those that are no longer judged or known, then those that are now.
pub(super) fn changes(old: &Registry, new: &Registry) -> Vec<Change> {
    let [before, after]: [HashMap<_, _>; 2] = [old, new].map(|registry| standings(registry).collect());
    let change = |name: &str| {
        let standing = |of: &HashMap<&str, Standing>| of.get(name).copied().unwrap_or(Standing::Unknown);
        let (was, will_be) = (standing(&before), standing(&after));
        (was != will_be).then(|| Subject::Runtime { runtime: name.to_owned(), was, will_be })
    };
    let losing = standings(old).filter_map(|(name, _)| change(name));
    let losing = losing.filter(|subject| !is_gain(subject));
    let gaining = standings(new).filter_map(|(name, _)| change(name)).filter(is_gain);
    losing.chain(gaining).map(|subject| Change { subject, effects: Vec::new() }).collect()
}

/// The runtimes that a registry names, in the order of the file.
fn standings(registry: &Registry) -> impl Iterator<Item = (&str, Standing)> {
    let judged = registry.runtimes.iter().map(|runtime| (&runtime.name[..], Standing::Judged));
    judged.chain(registry.external_runtimes.iter().map(|name| (&name[..], Standing::External)))
}

fn is_gain(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Runtime { will_be: Standing::Judged, .. } | Subject::Runtime { was: Standing::Unknown, .. }
    )
}
