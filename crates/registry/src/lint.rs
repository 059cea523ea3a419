//! Warnings about a valid registry: content that is allowed and works, but is probably not intended. No warning fails a
//! build.

mod allowances;
mod announcements;
mod arms;
mod characters;
mod findings;
mod overlaps;
mod providers;
mod texts;
mod warning;

pub use warning::Warning;

use crate::catalogue::Registry;
use crate::date::Date;

/// The warnings about a registry, in the order of their lines, without those that the file allows. An allowance that silences
/// nothing is a warning too. The current day decides which dates have passed.
pub fn lint(registry: &Registry, today: Date) -> Vec<Warning> {
    let mut overlaps = overlaps::Overlaps::new(registry);
    let mut warnings = providers::check(registry);
    warnings.extend(texts::check(registry));
    warnings.extend(announcements::check(registry, today));
    for runtime in &registry.runtimes {
        warnings.extend(overlaps.check(runtime));
        warnings.extend(arms::check(registry, runtime, &mut overlaps));
    }
    let mut warnings = allowances::apply(registry, warnings);
    warnings.sort_by_key(|warning| warning.line());
    warnings
}
