//! Lints of the catalogue.

use std::collections::HashSet;

use super::Warning;
use crate::catalogue::{Provider, Registry};
use crate::lint_kind::LintKind;
use crate::pattern::without_globs;

/// Providers that no runtime uses, and patterns that are not anchored or that contain the star of a glob.
pub(super) fn check(registry: &Registry) -> Vec<Warning> {
    let arms = registry.runtimes.iter().flat_map(|runtime| &runtime.arms);
    let used: HashSet<usize> = arms.map(|arm| arm.provider).collect();
    let mut warnings = Vec::new();
    for (position, provider) in registry.providers.iter().enumerate() {
        if !used.contains(&position) {
            warnings.push(Warning {
                kind: LintKind::UnusedProvider,
                at: provider.name.clone(),
                location: provider.location.clone(),
                text: format!("no runtime uses the provider {:?}; give it an arm, or remove it", provider.name),
            });
        }
        if let Some(pattern) = provider.pattern.as_ref().filter(|pattern| !pattern.is_anchored()) {
            warnings.push(Warning {
                kind: LintKind::UnanchoredPattern,
                at: provider.name.clone(),
                location: provider.pattern_location.clone(),
                text: format!("the pattern {:?} can match in the middle of an id; start it with ^", pattern.source()),
            });
        }
        warnings.extend(glob(provider));
    }
    warnings
}

fn glob(provider: &Provider) -> Option<Warning> {
    let pattern = provider.pattern.as_ref()?.source();
    let meant = without_globs(pattern)?;
    Some(Warning {
        kind: LintKind::GlobPattern,
        at: provider.name.clone(),
        location: provider.pattern_location.clone(),
        text: format!(
            "a * in the pattern {pattern:?} repeats what is before it, also no times, and does not stand for any text; write \
             {meant:?}"
        ),
    })
}
