//! The rules of `allowed_lints`: warnings that the author has seen, with the reason why they stay.

use super::Report;
use super::fields::{Fields, list};
use crate::catalogue::AllowedLint;
use crate::document::Node;
use crate::fault::FaultKind;
use crate::lint_kind::LintKind;
use crate::place::{Location, Place};

pub(super) fn check(root: &Fields, report: &mut Report) -> Vec<AllowedLint> {
    let Some((node, place)) = root.get("allowed_lints") else { return Vec::new() };
    let Some(items) = list(node, &place, report) else { return Vec::new() };
    items.filter_map(|(node, place)| allowance(node, place, report)).collect()
}

fn allowance(node: &Node, place: Place, report: &mut Report) -> Option<AllowedLint> {
    let location = Location::of(&place);
    let fields = Fields::of(node, place, &["lint", "at", "reason"], report)?;
    let lint = fields.required_placed_text("lint", report).and_then(|(name, place)| {
        let lint = LintKind::named(name);
        if lint.is_none() {
            report.add(&place, FaultKind::UnknownLint { found: name.to_owned() });
        }
        lint
    });
    let at = fields.required_text("at", report);
    // Only people read the reason.
    fields.required_text("reason", report)?;
    Some(AllowedLint { lint: lint?, at: at?.to_owned(), location })
}
