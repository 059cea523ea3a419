//! The rules of an arm's lists of ids: each item is a text, or a map with the vendor's announcement.

use std::collections::HashSet;
use std::num::NonZeroU32;

use super::Report;
use super::fields::{Fields, identifier, list, text};
use super::types::A_DATE;
use crate::catalogue::ModelEntry;
use crate::date::Date;
use crate::document::{Node, Value};
use crate::fault::FaultKind;
use crate::pause::pause;
use crate::place::Place;

/// In bytes, because the compiled registry stores lengths in 15 bits.
const LONGEST_ID: usize = 30_000;

/// One of an arm's lists: its key, and the keys of the maps in it.
pub(super) struct List {
    key: &'static str,
    date: &'static str,
    keys: &'static [&'static str],
}

pub(super) const OFFERED: List = List { key: "models", date: "retires", keys: &["id", "retires", "replacement"] };

pub(super) const WITHDRAWN: List =
    List { key: "withdrawn_models", date: "since", keys: &["id", "since", "replacement"] };

/// An id with its place and the vendor's announcement.
pub(super) struct PlacedEntry<'a> {
    pub(super) id: &'a str,
    pub(super) place: Place<'a>,
    pub(super) date: Option<Date>,
    pub(super) replacement: Option<(&'a str, Place<'a>)>,
}

impl PlacedEntry<'_> {
    pub(super) fn into_entry(self) -> ModelEntry {
        ModelEntry {
            id: self.id.to_owned(),
            date: self.date,
            replacement: self.replacement.map(|(id, _)| id.into()),
            line: self.place.line().and_then(|line| NonZeroU32::new(u32::try_from(line).ok()?)),
        }
    }
}

/// The valid ids of one of an arm's lists, each once.
pub(super) fn entries<'a>(fields: &Fields<'a>, of: &List, report: &mut Report) -> Vec<PlacedEntry<'a>> {
    let Some((node, place)) = fields.get(of.key) else { return Vec::new() };
    let Some(items) = list(node, &place, report) else { return Vec::new() };
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    for (node, place) in items {
        pause();
        let Some(entry) = entry(node, place, of, report) else { continue };
        if entry.id.len() > LONGEST_ID {
            report.add(&entry.place, FaultKind::IdTooLong { limit: LONGEST_ID });
        }
        if seen.insert(entry.id) {
            entries.push(entry);
        } else {
            report.add(&entry.place, FaultKind::DuplicateId { id: entry.id.to_owned() });
        }
    }
    entries
}

fn entry<'a>(node: &'a Node, place: Place<'a>, of: &List, report: &mut Report) -> Option<PlacedEntry<'a>> {
    let is_entry = |(key, _): &(Node, Node)| matches!(&key.value, Value::Text(name) if of.keys.contains(&&**name));
    // A map with none of the keys is usually a text with a colon and a blank after it.
    if !matches!(&node.value, Value::Map(entries) if entries.iter().any(is_entry)) {
        let id = identifier(text(node, &place, report)?, "the id", &place, report)?;
        return Some(PlacedEntry { id, place, date: None, replacement: None });
    }
    let fields = Fields::of(node, place.clone(), of.keys, report)?;
    let date = date(&fields, of.date, report);
    let replacement = fields.optional_placed_text("replacement", report);
    let replacement =
        replacement.and_then(|(id, place)| Some((identifier(id, "the replacement", &place, report)?, place)));
    let (id, place) = fields.required_placed_text("id", report)?;
    let id = identifier(id, "the id", &place, report)?;
    Some(PlacedEntry { id, place, date, replacement })
}

fn date(fields: &Fields, key: &'static str, report: &mut Report) -> Option<Date> {
    let (node, place) = fields.get(key)?;
    let Value::Text(written) = &node.value else {
        report.wrong_type(&place, A_DATE, node);
        return None;
    };
    let date = Date::parse(written);
    if date.is_none() {
        report.add(&place, FaultKind::NotADate { found: written.to_string() });
    }
    date
}
