//! The rules of `external_runtimes`: runtimes that exist, but whose models this registry does not judge.

use std::collections::HashSet;

use super::Report;
use super::fields::{Fields, identifier};
use super::providers::LIMIT;
use crate::document::Value;
use crate::fault::FaultKind;

pub(super) fn check(root: &Fields, report: &mut Report) -> Vec<String> {
    let Some(names) = root.texts("external_runtimes", report) else { return Vec::new() };
    if let (true, Some((_, place))) = (names.len() > LIMIT, root.get("external_runtimes")) {
        report.add(&place, FaultKind::TooMany { what: "the external runtimes", limit: LIMIT });
        return Vec::new();
    }
    let judged = judged(root);
    let mut seen = HashSet::new();
    let mut external = Vec::new();
    for (name, place) in names {
        let Some(name) = identifier(name, "the runtime name", &place, report) else { continue };
        if !seen.insert(name) {
            report.add(&place, FaultKind::DuplicateExternalRuntime { name: name.to_owned() });
        } else if judged.contains(name) {
            report.add(&place, FaultKind::JudgedAndExternal { name: name.to_owned() });
        } else {
            external.push(name.to_owned());
        }
    }
    external
}

/// The names of the runtimes that the file judges, including those with faults.
fn judged<'a>(root: &Fields<'a>) -> HashSet<&'a str> {
    let entries = match root.get("runtimes") {
        Some((node, _)) => match &node.value {
            Value::Map(entries) => &entries[..],
            _ => &[],
        },
        None => &[],
    };
    let names = entries.iter().filter_map(|(key, _)| match &key.value {
        Value::Text(name) => Some(&**name),
        _ => None,
    });
    names.collect()
}
