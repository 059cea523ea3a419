//! The rules of the runtimes and their arms: `runtimes`.

use std::collections::HashMap;

use super::Report;
use super::fields::{Fields, identifier, list, unique_entries};
use super::providers::{Entry, LIMIT};
use crate::catalogue::{Arm, Runtime};
use crate::document::Node;
use crate::fault::FaultKind;
use crate::place::Path;
use crate::suggest::closest;

pub(super) fn check(root: &Fields, providers: &[Entry], report: &mut Report) -> Option<Vec<Runtime>> {
    let (node, path) = root.required("runtimes", report)?;
    let entries = unique_entries(node, &path, report)?;
    if entries.is_empty() {
        report.add(path, FaultKind::Empty { what: "the map of runtimes" });
        return None;
    }
    if entries.len() > LIMIT {
        report.add(path, FaultKind::TooMany { what: "the runtimes", limit: LIMIT });
        return None;
    }
    let catalogue = Catalogue::of(providers);
    let runtimes: Vec<_> = entries
        .into_iter()
        .map(|(name, node)| {
            let name = identifier(name, "the runtime name", path.key(name, 0), report);
            runtime(name.unwrap_or_default(), node, path.value(name.unwrap_or_default()), &catalogue, report)
        })
        .collect();
    runtimes.into_iter().collect()
}

/// The names that an arm may use.
struct Catalogue<'a> {
    names: Vec<&'a str>,
    positions: HashMap<&'a str, usize>,
}

impl<'a> Catalogue<'a> {
    fn of(providers: &'a [Entry]) -> Catalogue<'a> {
        let named = || providers.iter().enumerate().filter_map(|(index, entry)| Some((entry.name.as_deref()?, index)));
        Catalogue { names: named().map(|(name, _)| name).collect(), positions: named().collect() }
    }
}

fn runtime(name: &str, node: &Node, path: Path, catalogue: &Catalogue, report: &mut Report) -> Option<Runtime> {
    let fields = Fields::of(node, path.clone(), &["display_name", "default_model", "providers"], report)?;
    let display_name = fields.optional_text("display_name", report);
    let default_model = fields.optional_text("default_model", report);
    let arms = arms(&fields, catalogue, report)?;
    check_ids_across_arms(&arms, report);
    if let Some(id) = default_model {
        let offered = || arms.iter().flat_map(|arm| arm.models.iter().map(|(id, _)| *id));
        if !offered().any(|offered| offered == id) {
            let suggestion = closest(id, offered()).map(str::to_owned);
            let kind = FaultKind::DefaultModelNotListed { id: id.to_owned(), suggestion };
            report.add(path.value("default_model"), kind);
        }
    }
    let owned = |ids: &[(&str, Path)]| ids.iter().map(|(id, _)| (*id).to_owned()).collect();
    Some(Runtime {
        name: name.to_owned(),
        display_name: display_name.map(str::to_owned),
        default_model: default_model.map(str::to_owned),
        arms: arms
            .iter()
            .map(|arm| Arm {
                provider: arm.provider,
                models: owned(&arm.models),
                withdrawn_models: owned(&arm.withdrawn),
            })
            .collect(),
    })
}

/// An arm with the places of its ids.
struct PlacedArm<'a> {
    provider: usize,
    name: &'a str,
    models: Vec<(&'a str, Path)>,
    withdrawn: Vec<(&'a str, Path)>,
}

fn arms<'a>(fields: &Fields<'a>, catalogue: &Catalogue, report: &mut Report) -> Option<Vec<PlacedArm<'a>>> {
    let (node, path) = fields.required("providers", report)?;
    let items = list(node, &path, report)?;
    if items.is_empty() {
        report.add(path, FaultKind::Empty { what: "the runtime's list of providers" });
        return None;
    }
    let mut first_arm_of = HashMap::new();
    let mut arms = Vec::with_capacity(items.len());
    for (index, (node, path)) in items.into_iter().enumerate() {
        let Some(fields) = Fields::of(node, path.clone(), &["name", "models", "withdrawn_models"], report) else {
            continue;
        };
        let models = ids(&fields, "models", report);
        let withdrawn = ids(&fields, "withdrawn_models", report);
        check_ids_within_arm(&models, &withdrawn, report);
        let Some(name) = fields.required_text("name", report) else { continue };
        let first = *first_arm_of.entry(name).or_insert(index);
        if first != index {
            report.add(path.value("name"), FaultKind::DuplicateArm { name: name.to_owned(), first });
        }
        match catalogue.positions.get(name) {
            Some(&provider) => arms.push(PlacedArm { provider, name, models, withdrawn }),
            None => {
                let suggestion = closest(name, catalogue.names.iter().copied()).map(str::to_owned);
                report.add(path.value("name"), FaultKind::UnknownProvider { name: name.to_owned(), suggestion });
            }
        }
    }
    Some(arms)
}

fn ids<'a>(fields: &Fields<'a>, key: &'static str, report: &mut Report) -> Vec<(&'a str, Path)> {
    let texts = fields.texts(key, report).unwrap_or_default();
    texts.into_iter().filter(|(id, path)| identifier(id, "the id", path.clone(), report).is_some()).collect()
}

fn check_ids_within_arm(models: &[(&str, Path)], withdrawn: &[(&str, Path)], report: &mut Report) {
    for ids in [models, withdrawn] {
        let mut seen = std::collections::HashSet::new();
        for (id, path) in ids.iter().filter(|(id, _)| !seen.insert(*id)) {
            report.add(path.clone(), FaultKind::DuplicateId { id: (*id).to_owned() });
        }
    }
}

fn check_ids_across_arms(arms: &[PlacedArm], report: &mut Report) {
    let offered: HashMap<&str, &str> =
        arms.iter().flat_map(|arm| arm.models.iter().map(|(id, _)| (*id, arm.name))).collect();
    for (id, path) in arms.iter().flat_map(|arm| &arm.withdrawn) {
        if let Some(offered_by) = offered.get(id) {
            let kind = FaultKind::OfferedAndWithdrawn { id: (*id).to_owned(), offered_by: (*offered_by).to_owned() };
            report.add(path.clone(), kind);
        }
    }
}
