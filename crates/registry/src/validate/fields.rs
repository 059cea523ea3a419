//! Reads the keys of a map and the types of their values, and reports each fault at its place.

use super::Report;
use super::types::{A_LIST, A_MAP, TEXT, TEXT_AS_KEY, TRUE_OR_FALSE};
use crate::document::{Node, Value};
use crate::fault::FaultKind;
use crate::place::Place;

/// A map whose keys are allowed. Unless a fault was reported, each comes once.
pub(super) struct Fields<'a> {
    entries: Vec<Entry<'a>>,
    place: Place<'a>,
}

/// An entry of a map.
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Node,
    /// The place of the key, for faults of the key itself.
    pub(super) key_place: Place<'a>,
    pub(super) place: Place<'a>,
}

impl<'a> Fields<'a> {
    /// Takes a node as a map that has only the allowed keys.
    pub(super) fn of(
        node: &'a Node,
        place: Place<'a>,
        allowed: &'static [&'static str],
        report: &mut Report,
    ) -> Option<Fields<'a>> {
        let entries = unique_entries(node, &place, allowed, report)?;
        for entry in entries.iter().filter(|entry| !allowed.contains(&entry.name)) {
            let kind = match entry.name {
                "<<" => FaultKind::MergeKey,
                name => FaultKind::UnknownKey {
                    key: (!place.is_secret()).then(|| name.to_owned()),
                    suggestion: report.key_suggestion(name, allowed),
                    allowed,
                },
            };
            report.add(&entry.key_place, kind);
        }
        Some(Fields { entries, place })
    }

    /// The place of the map.
    pub(super) fn place(&self) -> &Place<'a> {
        &self.place
    }

    /// The value of a key. A null value counts as absent only for [`Fields::nullable_text`].
    pub(super) fn get(&self, key: &'static str) -> Option<(&'a Node, Place<'a>)> {
        let entry = self.entries.iter().find(|entry| entry.name == key)?;
        Some((entry.value, entry.place.clone()))
    }

    pub(super) fn required(&self, key: &'static str, report: &mut Report) -> Option<(&'a Node, Place<'a>)> {
        let found = self.get(key);
        if found.is_none() {
            report.add(&self.place, FaultKind::MissingKey { key });
        }
        found
    }

    pub(super) fn required_text(&self, key: &'static str, report: &mut Report) -> Option<&'a str> {
        self.required_placed_text(key, report).map(|(text, _)| text)
    }

    pub(super) fn required_placed_text(&self, key: &'static str, report: &mut Report) -> Option<(&'a str, Place<'a>)> {
        let (node, place) = self.required(key, report)?;
        Some((not_blank(text(node, &place, report)?, key, &place, report)?, place))
    }

    pub(super) fn optional_text(&self, key: &'static str, report: &mut Report) -> Option<&'a str> {
        self.optional_placed_text(key, report).map(|(text, _)| text)
    }

    pub(super) fn optional_placed_text(&self, key: &'static str, report: &mut Report) -> Option<(&'a str, Place<'a>)> {
        let (node, place) = self.get(key)?;
        Some((not_blank(text(node, &place, report)?, key, &place, report)?, place))
    }

    pub(super) fn nullable_text(&self, key: &'static str, report: &mut Report) -> Option<&'a str> {
        match self.get(key)? {
            (Node { value: Value::Null, .. }, _) => None,
            (node, place) => text(node, &place, report),
        }
    }

    pub(super) fn optional_boolean(&self, key: &'static str, report: &mut Report) -> Option<bool> {
        match self.get(key)? {
            (Node { value: Value::Boolean(value), .. }, _) => Some(*value),
            (node, place) => {
                report.wrong_type(&place, TRUE_OR_FALSE, node);
                None
            }
        }
    }

    /// The texts of a list, each with its place. Items of other types are reported and left out.
    pub(super) fn texts(&self, key: &'static str, report: &mut Report) -> Option<Vec<(&'a str, Place<'a>)>> {
        let (node, place) = self.get(key)?;
        let items = list(node, &place, report)?;
        Some(items.filter_map(|(node, place)| Some((text(node, &place, report)?, place))).collect())
    }
}

/// Keys whose values may be secrets, pasted in place of a variable's name. Reports end up in logs.
const SECRETS: &[&str] = &["auth_env", "auth_token_env", "endpoint_vars"];

/// The entries of a map, in order. Keys that are not text or come twice are reported and left out.
pub(super) fn unique_entries<'a>(
    node: &'a Node,
    place: &Place<'a>,
    allowed: &'static [&'static str],
    report: &mut Report,
) -> Option<Vec<Entry<'a>>> {
    let Value::Map(entries) = &node.value else {
        report.wrong_type(place, A_MAP, node);
        return None;
    };
    let mut seen = std::collections::HashSet::new();
    let mut unique = Vec::new();
    for (key, value) in entries {
        let Value::Text(name) = &key.value else {
            report.wrong_type(&place.entry(UNREADABLE_KEY, key.line), TEXT_AS_KEY, key);
            continue;
        };
        let hidden = place.is_secret() && !allowed.contains(&&**name);
        let shown = if hidden { UNREADABLE_KEY } else { name };
        let key_place = place.entry(shown, key.line);
        if seen.insert(name) {
            // A reader sees a list or a map begin with its key.
            let line = if matches!(value.value, Value::List(_) | Value::Map(_)) { key.line } else { value.line };
            let place = place.entry(shown, line);
            let place = if SECRETS.contains(&&**name) { place.secret() } else { place };
            unique.push(Entry { name, value, place, key_place });
        } else {
            report.add(&key_place, FaultKind::DuplicateKey { key: (!hidden).then(|| name.to_string()) });
        }
    }
    Some(unique)
}

/// What a path shows for a key that is not text or that may be a secret.
const UNREADABLE_KEY: &str = "?";

/// The items of a list with their places.
pub(super) fn list<'a>(
    node: &'a Node,
    place: &Place<'a>,
    report: &mut Report,
) -> Option<impl ExactSizeIterator<Item = (&'a Node, Place<'a>)> + use<'a>> {
    let Value::List(items) = &node.value else {
        report.wrong_type(place, A_LIST, node);
        return None;
    };
    let place = place.clone();
    Some(items.iter().enumerate().map(move |(index, item)| (item, place.item(index, item.line))))
}

pub(super) fn text<'a>(node: &'a Node, place: &Place, report: &mut Report) -> Option<&'a str> {
    let Value::Text(text) = &node.value else {
        report.wrong_type(place, TEXT, node);
        return None;
    };
    Some(text)
}

/// An id or a name: not blank, and without white space around it, which a lookup would never match.
pub(super) fn identifier<'a>(text: &'a str, what: &'static str, place: &Place, report: &mut Report) -> Option<&'a str> {
    let text = not_blank(text, what, place, report)?;
    if text.trim() != text {
        report.add(place, FaultKind::SurroundingWhiteSpace { what, value: text.to_owned() });
        return None;
    }
    Some(text)
}

fn not_blank<'a>(text: &'a str, what: &'static str, place: &Place, report: &mut Report) -> Option<&'a str> {
    if text.trim().is_empty() {
        report.add(place, FaultKind::Blank { what });
        return None;
    }
    Some(text)
}
