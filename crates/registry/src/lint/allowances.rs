//! Removes the warnings that the file allows.

use std::collections::HashMap;

use super::Warning;
use crate::catalogue::Registry;
use crate::lint_kind::LintKind;

pub(super) fn apply(registry: &Registry, warnings: Vec<Warning>) -> Vec<Warning> {
    // If two entries allow the same warning, the second one silences nothing.
    let mut positions = HashMap::new();
    for (position, allowed) in registry.allowed_lints.iter().enumerate() {
        positions.entry((allowed.lint.as_str(), allowed.at.as_str())).or_insert(position);
    }
    let mut used = vec![false; registry.allowed_lints.len()];
    let mut left: Vec<Warning> = Vec::new();
    for warning in warnings {
        match positions.get(&(warning.kind.as_str(), warning.at.as_str())) {
            Some(&position) => used[position] = true,
            None => left.push(warning),
        }
    }
    let needless = registry.allowed_lints.iter().zip(used).filter(|(_, used)| !used);
    left.extend(needless.map(|(allowed, _)| Warning {
        kind: LintKind::NeedlessAllowance,
        at: allowed.at.clone(),
        location: allowed.location.clone(),
        text: format!("there is no further warning {} at {:?} to allow; remove this entry", allowed.lint, allowed.at),
    }));
    left
}
