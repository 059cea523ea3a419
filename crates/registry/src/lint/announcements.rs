//! Dates of ids that have passed, that are in the future, or that contradict each other.

use std::collections::HashMap;

use super::Warning;
use super::characters::visible;
use super::findings::{Findings, at_id, location_of_id};
use crate::catalogue::{ModelEntry, Registry, Runtime};
use crate::date::Date;
use crate::lint_kind::LintKind;
use crate::pause::pause;

/// Ids that are still offered after their date, withdrawn before their date, or replaced by an id that retires no later.
pub(super) fn check(registry: &Registry, today: Date) -> Vec<Warning> {
    let mut findings = Findings::new();
    for runtime in &registry.runtimes {
        let retiring = retiring(runtime);
        for arm in &runtime.arms {
            let provider = &registry.providers[arm.provider].name;
            for (index, entry, date) in dated(&arm.models) {
                let at = || at_id(&runtime.name, provider, &entry.id);
                let location = || location_of_id(arm, "models", index, entry);
                if date <= today {
                    findings.add(LintKind::PastRetirement, &at, &location, || {
                        format!(
                            "the id \"{}\" retired on {date} and is still offered; move it to withdrawn_models, or correct the \
                             date",
                            visible(&entry.id)
                        )
                    });
                }
                let replacement = entry.replacement.as_deref();
                let Some((replacement, end)) = replacement.and_then(|id| Some((id, *retiring.get(id)?))) else {
                    continue;
                };
                if end <= date {
                    findings.add(LintKind::RetiringReplacement, &at, &location, || {
                        format!(
                            "the id \"{}\" retires on {date}, and its replacement \"{}\" no later, on {end}; name one that is \
                             offered for longer",
                            visible(&entry.id),
                            visible(replacement)
                        )
                    });
                }
            }
            for (index, entry, date) in dated(&arm.withdrawn_models).filter(|(.., date)| *date > today) {
                let at = || at_id(&runtime.name, provider, &entry.id);
                let location = || location_of_id(arm, "withdrawn_models", index, entry);
                findings.add(LintKind::FutureWithdrawal, &at, &location, || {
                    format!(
                        "the id \"{}\" is withdrawn since {date}, which is still to come, and is refused already; offer it with \
                         retires until then, or correct the date",
                        visible(&entry.id)
                    )
                });
            }
        }
    }
    findings.into_warnings()
}

fn dated(entries: &[ModelEntry]) -> impl Iterator<Item = (usize, &ModelEntry, Date)> {
    entries.iter().enumerate().filter_map(|(index, entry)| {
        pause();
        Some((index, entry, entry.date?))
    })
}

/// The last retirement day of each id that every arm which offers it retires.
fn retiring(runtime: &Runtime) -> HashMap<&str, Date> {
    let mut retiring = HashMap::new();
    for (_, entry, date) in runtime.arms.iter().flat_map(|arm| dated(&arm.models)) {
        let last = retiring.entry(&entry.id[..]).or_insert(date);
        *last = date.max(*last);
    }
    if !retiring.is_empty() {
        for entry in runtime.arms.iter().flat_map(|arm| &arm.models).filter(|entry| entry.date.is_none()) {
            retiring.remove(&entry.id[..]);
        }
    }
    retiring
}
