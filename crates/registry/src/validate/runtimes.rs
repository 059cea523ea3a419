//! The rules of the runtimes and their arms: `runtimes`.

use std::collections::{HashMap, HashSet};

use super::Report;
use super::fields::{Fields, identifier, list, unique_entries};
use super::providers::{Entry, LIMIT};
use crate::catalogue::{Arm, ArmLines, Runtime};
use crate::document::{Node, Value};
use crate::fault::FaultKind;
use crate::image::{ROOM_FOR_IDS, room_of_id};
use crate::pause::pause;
use crate::place::{Location, Place};

/// In bytes; the compiled registry keeps lengths in 15 bits.
const LONGEST_ID: usize = 30_000;

pub(super) fn check(root: &Fields, providers: &[Entry], report: &mut Report) -> Option<Vec<Runtime>> {
    let (node, place) = root.required("runtimes", report)?;
    let entries = unique_entries(node, &place, &[], report)?;
    if matches!(&node.value, Value::Map(entries) if entries.is_empty()) {
        report.add(&place, FaultKind::Empty { what: "the map of runtimes" });
        return None;
    }
    if entries.len() > LIMIT {
        report.add(&place, FaultKind::TooMany { what: "the runtimes", limit: LIMIT });
        return None;
    }
    let catalogue = Catalogue::of(providers);
    let mut room = Some(ROOM_FOR_IDS);
    let runtimes: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            identifier(entry.name, "the runtime name", &entry.key_place, report);
            runtime(entry.name, entry.value, entry.place, &catalogue, &mut room, report)
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

fn runtime<'a>(
    name: &str,
    node: &'a Node,
    place: Place<'a>,
    catalogue: &Catalogue,
    room: &mut Option<usize>,
    report: &mut Report,
) -> Option<Runtime> {
    let location = Location::of(&place);
    let fields = Fields::of(node, place, &["display_name", "default_model", "providers"], report)?;
    let display_name = fields.optional_text("display_name", report);
    let default_model = fields.optional_placed_text("default_model", report);
    let arms = arms(&fields, catalogue, report)?;
    check_ids_across_arms(&arms, report);
    check_room(&arms, room, report);
    if let Some((id, place)) = &default_model {
        check_default_model(id, place, &arms, report);
    }
    let lines = |ids: &[(&str, Place)]| ids.iter().map(|(_, place)| place.line()).collect();
    let owned = |ids: Vec<(&str, Place)>| ids.into_iter().map(|(id, _)| id.to_owned()).collect();
    let arms = arms.into_iter().map(|arm| {
        Some(Arm {
            provider: arm.provider?,
            location: Location::of(&arm.place),
            lines: ArmLines { models: lines(&arm.models), withdrawn: lines(&arm.withdrawn) },
            models: owned(arm.models),
            withdrawn_models: owned(arm.withdrawn),
        })
    });
    Some(Runtime {
        name: name.to_owned(),
        display_name: display_name.map(str::to_owned),
        default_model: default_model.map(|(id, _)| id.to_owned()),
        arms: arms.collect::<Option<_>>()?,
        location,
    })
}

/// An arm with the places of its ids. One whose provider is not known keeps them, so that a misspelt provider is
/// reported as one fault and not as many.
struct PlacedArm<'a> {
    provider: Option<usize>,
    name: &'a str,
    place: Place<'a>,
    models: Vec<(&'a str, Place<'a>)>,
    withdrawn: Vec<(&'a str, Place<'a>)>,
}

fn arms<'a>(fields: &Fields<'a>, catalogue: &Catalogue, report: &mut Report) -> Option<Vec<PlacedArm<'a>>> {
    let (node, place) = fields.required("providers", report)?;
    let items = list(node, &place, report)?;
    if items.len() == 0 {
        report.add(&place, FaultKind::Empty { what: "the runtime's list of providers" });
        return None;
    }
    let mut first_arm_of = HashMap::new();
    let arms = items.enumerate().map(|(index, (node, place))| {
        pause();
        let fields = Fields::of(node, place, &["name", "models", "withdrawn_models"], report)?;
        let models = ids(&fields, "models", report);
        let withdrawn = ids(&fields, "withdrawn_models", report);
        let name = fields.required_placed_text("name", report);
        let provider = name.as_ref().and_then(|(name, place)| {
            let first = *first_arm_of.entry(*name).or_insert(index);
            if first != index {
                report.add(place, FaultKind::DuplicateArm { name: (*name).to_owned(), first });
            }
            provider(name, place, catalogue, report)
        });
        let name = name.map_or("", |(name, _)| name);
        Some(PlacedArm { provider, name, place: fields.place().clone(), models, withdrawn })
    });
    arms.collect::<Vec<_>>().into_iter().collect()
}

fn provider(name: &str, place: &Place, catalogue: &Catalogue, report: &mut Report) -> Option<usize> {
    let found = catalogue.positions.get(name).copied();
    if found.is_none() {
        let suggestion = report.suggestion(name, catalogue.names.iter().copied());
        report.add(place, FaultKind::UnknownProvider { name: name.to_owned(), suggestion });
    }
    found
}

/// The well-formed ids of one of an arm's lists, each of them once.
fn ids<'a>(fields: &Fields<'a>, key: &'static str, report: &mut Report) -> Vec<(&'a str, Place<'a>)> {
    let mut ids = fields.texts(key, report).unwrap_or_default();
    pause();
    ids.retain(|(id, place)| identifier(id, "the id", place, report).is_some());
    for (_, place) in ids.iter().filter(|(id, _)| id.len() > LONGEST_ID) {
        report.add(place, FaultKind::IdTooLong { limit: LONGEST_ID });
    }
    let mut seen = HashSet::new();
    ids.retain(|(id, place)| {
        let first = seen.insert(*id);
        if !first {
            report.add(place, FaultKind::DuplicateId { id: (*id).to_owned() });
        }
        first
    });
    ids
}

/// Takes a runtime's ids from the room that a registry has for them, and reports the first id without room.
fn check_room(arms: &[PlacedArm], room: &mut Option<usize>, report: &mut Report) {
    for (id, place) in arms.iter().flat_map(|arm| arm.models.iter().chain(&arm.withdrawn)) {
        let Some(left) = *room else { return };
        *room = left.checked_sub(room_of_id(id.len()));
        if room.is_none() {
            report.add(place, FaultKind::IdsTooLarge { limit: ROOM_FOR_IDS });
        }
    }
}

fn check_ids_across_arms(arms: &[PlacedArm], report: &mut Report) {
    if arms.iter().all(|arm| arm.withdrawn.is_empty()) {
        return;
    }
    let offered: HashMap<&str, &str> =
        arms.iter().flat_map(|arm| arm.models.iter().map(|(id, _)| (*id, arm.name))).collect();
    for (id, place) in arms.iter().flat_map(|arm| &arm.withdrawn) {
        if let Some(offered_by) = offered.get(id) {
            let kind = FaultKind::OfferedAndWithdrawn { id: (*id).to_owned(), offered_by: (*offered_by).to_owned() };
            report.add(place, kind);
        }
    }
}

fn check_default_model(id: &str, place: &Place, arms: &[PlacedArm], report: &mut Report) {
    let offered = || arms.iter().flat_map(|arm| arm.models.iter().map(|(id, _)| *id));
    if !offered().any(|offered| offered == id) {
        let suggestion = report.suggestion(id, offered());
        report.add(place, FaultKind::DefaultModelNotListed { id: id.to_owned(), suggestion });
    }
}
