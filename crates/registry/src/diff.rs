//! What an edit of the registry changes for pairs.

mod announcements;
mod change;
mod decided;
mod effects;
mod ids;
mod outcome;
mod patterns;
mod runtimes;

use std::collections::HashMap;

pub use change::{Change, Effect, EffectKind, Subject};
pub use outcome::Outcome;
pub use runtimes::Standing;

use crate::catalogue::{Registry, Runtime};
use crate::image::{self, Image};

/// Two registries, and their runtimes by name.
struct Sides<'a> {
    old: &'a Registry,
    new: &'a Registry,
    old_image: Image<'a>,
    new_image: Image<'a>,
}

/// The changes from one registry to another, in the order of the new file: runtimes first, then listed ids, then ids that
/// patterns decide. Announcements, which change no verdict, come last.
pub fn diff(old: &Registry, new: &Registry) -> Vec<Change> {
    let bytes = [old, new].map(|registry| image::write(registry, &[]));
    let (Ok(old_image), Ok(new_image)) = (Image::open(&bytes[0]), Image::open(&bytes[1])) else {
        unreachable!("what the writer writes, the reader opens");
    };
    let sides = Sides { old, new, old_image, new_image };
    let old_runtimes: HashMap<&str, &Runtime> =
        old.runtimes.iter().map(|runtime| (runtime.name.as_str(), runtime)).collect();
    let mut changes = runtimes::changes(old, new);
    let both: Vec<_> =
        new.runtimes.iter().filter_map(|new| Some((*old_runtimes.get(new.name.as_str())?, new))).collect();
    for (old, new) in &both {
        changes.extend(ids::changes(&sides, old, new));
    }
    changes.extend(patterns::changes(&sides, &both));
    changes.extend(ids::changed_variables(&sides, &both));
    for (old, new) in &both {
        changes.extend(announcements::changes(&sides, old, new));
    }
    changes
}
