//! The rules of the runtimes and their arms: `runtimes`.

use std::collections::{HashMap, HashSet};

use super::Report;
use super::entries::{OFFERED, PlacedEntry, WITHDRAWN, entries};
use super::fields::{Fields, identifier, list, unique_entries};
use super::providers::{Entry, LIMIT};
use crate::catalogue::{Arm, Runtime};
use crate::document::{Node, Value};
use crate::fault::FaultKind;
use crate::image::{ROOM_FOR_IDS, room_of_id};
use crate::pause::pause;
use crate::place::{Location, Place};

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

/// The provider names that an arm can use.
struct Catalogue<'a> {
    providers: &'a [Entry],
    names: Vec<&'a str>,
    positions: HashMap<&'a str, usize>,
}

impl<'a> Catalogue<'a> {
    fn of(providers: &'a [Entry]) -> Catalogue<'a> {
        let named = || providers.iter().enumerate().filter_map(|(index, entry)| Some((entry.name.as_deref()?, index)));
        Catalogue { providers, names: named().map(|(name, _)| name).collect(), positions: named().collect() }
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
    check_replacements(&arms, report);
    check_room(&arms, room, report);
    if let Some((id, place)) = &default_model {
        check_default_model(id, place, &arms, report);
    }
    let owned = |entries: Vec<PlacedEntry>| entries.into_iter().map(PlacedEntry::into_entry).collect();
    let arms = arms.into_iter().map(|arm| {
        Some(Arm {
            provider: arm.provider?,
            only_listed: arm.only_listed,
            location: Location::of(&arm.place),
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

/// An arm with the places of its ids. An arm with an unknown provider keeps its ids, so that a misspelt provider is only one
/// fault.
struct PlacedArm<'a> {
    provider: Option<usize>,
    name: &'a str,
    place: Place<'a>,
    only_listed: bool,
    models: Vec<PlacedEntry<'a>>,
    withdrawn: Vec<PlacedEntry<'a>>,
}

impl<'a> PlacedArm<'a> {
    /// The ids that it offers, then the ids that it withdraws.
    fn entries(&self) -> impl Iterator<Item = &PlacedEntry<'a>> {
        self.models.iter().chain(&self.withdrawn)
    }
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
        let fields = Fields::of(node, place, &["name", "models", "only_listed", "withdrawn_models"], report)?;
        let models = entries(&fields, &OFFERED, report);
        let withdrawn = entries(&fields, &WITHDRAWN, report);
        let only_listed = fields.optional_boolean("only_listed", report).unwrap_or(false);
        let name = fields.required_placed_text("name", report);
        let provider = name.as_ref().and_then(|(name, place)| {
            let first = *first_arm_of.entry(*name).or_insert(index);
            if first != index {
                report.add(place, FaultKind::DuplicateArm { name: (*name).to_owned(), first });
            }
            provider(name, place, catalogue, report)
        });
        let lists_nothing = ["models", "withdrawn_models"].iter().all(|key| is_empty_list(&fields, key));
        if let Some(provider) = provider.filter(|_| lists_nothing)
            && (only_listed || !catalogue.providers[provider].has_pattern)
        {
            report.add(fields.place(), FaultKind::ArmRoutesNothing { only_listed });
        }
        let name = name.map_or("", |(name, _)| name);
        Some(PlacedArm { provider, name, place: fields.place().clone(), only_listed, models, withdrawn })
    });
    arms.collect::<Vec<_>>().into_iter().collect()
}

/// Whether the arm has no ids under this key. Faulty ids count.
fn is_empty_list(fields: &Fields, key: &'static str) -> bool {
    fields.get(key).is_none_or(|(node, _)| matches!(&node.value, Value::List(items) if items.is_empty()))
}

fn provider(name: &str, place: &Place, catalogue: &Catalogue, report: &mut Report) -> Option<usize> {
    let found = catalogue.positions.get(name).copied();
    if found.is_none() {
        let suggestion = report.suggestion(name, catalogue.names.iter().copied());
        report.add(place, FaultKind::UnknownProvider { name: name.to_owned(), suggestion });
    }
    found
}

/// Subtracts the ids of a runtime from the limit of the registry, and reports the first id above it.
fn check_room(arms: &[PlacedArm], room: &mut Option<usize>, report: &mut Report) {
    for entry in arms.iter().flat_map(PlacedArm::entries) {
        let Some(left) = *room else { return };
        *room = left.checked_sub(room_of_id(entry.id.len()));
        if room.is_none() {
            report.add(&entry.place, FaultKind::IdsTooLarge { limit: ROOM_FOR_IDS });
        }
    }
}

fn check_ids_across_arms(arms: &[PlacedArm], report: &mut Report) {
    if arms.iter().all(|arm| arm.withdrawn.is_empty()) {
        return;
    }
    let offered: HashMap<&str, &str> =
        arms.iter().flat_map(|arm| arm.models.iter().map(|entry| (entry.id, arm.name))).collect();
    for PlacedEntry { id, place, .. } in arms.iter().flat_map(|arm| &arm.withdrawn) {
        if let Some(offered_by) = offered.get(id) {
            let kind = FaultKind::OfferedAndWithdrawn { id: (*id).to_owned(), offered_by: (*offered_by).to_owned() };
            report.add(place, kind);
        }
    }
}

/// Checks that each replacement is another id that the runtime offers.
fn check_replacements(arms: &[PlacedArm], report: &mut Report) {
    let replaced = || {
        let entries = arms.iter().flat_map(PlacedArm::entries);
        entries.filter_map(|entry| Some((entry.id, entry.replacement.as_ref()?)))
    };
    if replaced().next().is_none() {
        return;
    }
    let offered: HashSet<&str> = offered(arms).collect();
    for (id, (replacement, place)) in replaced() {
        pause();
        if *replacement == id {
            report.add(place, FaultKind::ReplacedByItself);
        } else if !offered.contains(replacement) {
            let others = self::offered(arms).filter(move |offered| *offered != id);
            let suggestion = report.suggestion(replacement, others);
            report.add(place, FaultKind::ReplacementNotOffered { id: (*replacement).to_owned(), suggestion });
        }
    }
}

fn check_default_model(id: &str, place: &Place, arms: &[PlacedArm], report: &mut Report) {
    if !offered(arms).any(|offered| offered == id) {
        let suggestion = report.suggestion(id, offered(arms));
        report.add(place, FaultKind::DefaultModelNotListed { id: id.to_owned(), suggestion });
    }
}

fn offered<'a>(arms: &[PlacedArm<'a>]) -> impl Iterator<Item = &'a str> + Clone {
    arms.iter().flat_map(|arm| arm.models.iter().map(|entry| entry.id))
}
