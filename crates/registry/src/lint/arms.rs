//! Arms whose pattern never decides.

use super::Warning;
use super::overlaps::Overlaps;
use crate::catalogue::{Registry, Runtime};
use crate::lint_kind::LintKind;
use crate::pattern::{Found, Pattern, shortest_id};

/// The arms of a runtime whose pattern has no id left, because exact ids and other arms take them all.
pub(super) fn check(registry: &Registry, runtime: &Runtime, overlaps: &mut Overlaps) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let arms = || runtime.arms.iter().filter_map(|arm| Some((arm, arm.pattern(registry)?)));
    for (arm, pattern) in arms() {
        let others = arms().filter(|(other, _)| other.provider != arm.provider);
        let rivals = others.filter(|(other, _)| *overlaps.of(arm.provider, other.provider) != Found::Nothing);
        let automata: Vec<_> =
            std::iter::once(pattern).chain(rivals.map(|(_, pattern)| pattern)).map(Pattern::automaton).collect();
        let alone = shortest_id(&automata, runtime.listed_ids(), overlaps.effort(), |accepts| {
            let (own, rivals) = accepts.split_first()?;
            match own {
                _ if *own == Some(false) || rivals.contains(&Some(true)) => Some(false),
                Some(true) if !rivals.contains(&None) => Some(true),
                _ => None,
            }
        });
        let provider = &registry.providers[arm.provider];
        let pattern = pattern.source();
        let text = match alone {
            Found::Id(_) => continue,
            Found::Nothing => format!(
                "the pattern {pattern:?} never decides in this runtime: every id that it matches is listed or matched by \
                 another arm"
            ),
            Found::Undecided => format!("undecided whether the pattern {pattern:?} decides any id: it is too large"),
        };
        warnings.push(Warning {
            kind: LintKind::ArmNeverDecides,
            at: format!("{}/{}", runtime.name, provider.name),
            location: arm.location.clone(),
            text,
        });
        if overlaps.effort().is_spent() {
            // All searches after this one would be undecided.
            break;
        }
    }
    warnings
}
