//! Reading keys of a map and their types, with every breach reported at its place.

use super::Report;
use crate::document::Node;
use crate::fault::FaultKind;
use crate::place::Path;
use crate::suggest::closest;

/// A map whose keys are known to be allowed and, but for reported faults, unique.
pub(super) struct Fields<'a> {
    entries: Vec<(&'a str, &'a Node)>,
    path: Path,
}

impl<'a> Fields<'a> {
    /// Takes a node as a map with no keys but the allowed ones.
    pub(super) fn of(
        node: &'a Node,
        path: Path,
        allowed: &'static [&'static str],
        report: &mut Report,
    ) -> Option<Fields<'a>> {
        let entries = unique_entries(node, &path, report)?;
        for (key, _) in entries.iter().filter(|(key, _)| !allowed.contains(key)) {
            let suggestion = closest(key, allowed.iter().copied()).map(str::to_owned);
            report.add(path.key(key, 0), FaultKind::UnknownKey { key: (*key).to_owned(), suggestion, allowed });
        }
        Some(Fields { entries, path })
    }

    /// The value of a key; one that is null counts as absent only for [`Fields::nullable_text`].
    pub(super) fn get(&self, key: &'static str) -> Option<(&'a Node, Path)> {
        let (_, node) = self.entries.iter().find(|(name, _)| *name == key)?;
        Some((node, self.path.value(key)))
    }

    pub(super) fn required(&self, key: &'static str, report: &mut Report) -> Option<(&'a Node, Path)> {
        let found = self.get(key);
        if found.is_none() {
            report.add(self.path.clone(), FaultKind::MissingKey { key });
        }
        found
    }

    pub(super) fn required_text(&self, key: &'static str, report: &mut Report) -> Option<&'a str> {
        let (node, path) = self.required(key, report)?;
        not_blank(text(node, path.clone(), report)?, key, path, report)
    }

    pub(super) fn optional_text(&self, key: &'static str, report: &mut Report) -> Option<&'a str> {
        let (node, path) = self.get(key)?;
        not_blank(text(node, path.clone(), report)?, key, path, report)
    }

    pub(super) fn nullable_text(&self, key: &'static str, report: &mut Report) -> Option<&'a str> {
        match self.get(key)? {
            (Node::Null, _) => None,
            (node, path) => text(node, path, report),
        }
    }

    pub(super) fn optional_boolean(&self, key: &'static str, report: &mut Report) -> Option<bool> {
        match self.get(key)? {
            (Node::Boolean(value), _) => Some(*value),
            (node, path) => {
                report.add(path, FaultKind::WrongType { expected: "true or false", found: node.kind() });
                None
            }
        }
    }

    /// The texts of a list, each with its place; items of other types are reported and left out.
    pub(super) fn texts(&self, key: &'static str, report: &mut Report) -> Option<Vec<(&'a str, Path)>> {
        let (node, path) = self.get(key)?;
        let items = list(node, &path, report)?.into_iter();
        Some(items.filter_map(|(node, path)| Some((text(node, path.clone(), report)?, path))).collect())
    }
}

/// The entries of a map, in order; keys that are no text or come twice are reported and left out.
pub(super) fn unique_entries<'a>(node: &'a Node, path: &Path, report: &mut Report) -> Option<Vec<(&'a str, &'a Node)>> {
    let Node::Map(entries) = node else {
        report.add(path.clone(), FaultKind::WrongType { expected: "a map", found: node.kind() });
        return None;
    };
    let mut seen = std::collections::HashMap::new();
    let mut unique = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let Node::Text(name) = key else {
            report.add(path.clone(), FaultKind::WrongType { expected: "text as a key", found: key.kind() });
            continue;
        };
        let occurrences = seen.entry(name.as_str()).or_insert(0_usize);
        if *occurrences == 0 {
            unique.push((name.as_str(), value));
        } else {
            report.add(path.key(name, *occurrences), FaultKind::DuplicateKey { key: name.clone() });
        }
        *occurrences += 1;
    }
    Some(unique)
}

/// The items of a list with their places.
pub(super) fn list<'a>(node: &'a Node, path: &Path, report: &mut Report) -> Option<Vec<(&'a Node, Path)>> {
    let Node::List(items) = node else {
        report.add(path.clone(), FaultKind::WrongType { expected: "a list", found: node.kind() });
        return None;
    };
    Some(items.iter().enumerate().map(|(index, item)| (item, path.item(index))).collect())
}

pub(super) fn text<'a>(node: &'a Node, path: Path, report: &mut Report) -> Option<&'a str> {
    let Node::Text(text) = node else {
        report.add(path, FaultKind::WrongType { expected: "text", found: node.kind() });
        return None;
    };
    Some(text)
}

/// An id or name: not blank, and nothing around it that a lookup would never see.
pub(super) fn identifier<'a>(text: &'a str, what: &'static str, path: Path, report: &mut Report) -> Option<&'a str> {
    let text = not_blank(text, what, path.clone(), report)?;
    if text.trim() != text {
        report.add(path, FaultKind::SurroundingWhiteSpace { what, value: text.to_owned() });
        return None;
    }
    Some(text)
}

fn not_blank<'a>(text: &'a str, what: &'static str, path: Path, report: &mut Report) -> Option<&'a str> {
    if text.trim().is_empty() {
        report.add(path, FaultKind::Blank { what });
        return None;
    }
    Some(text)
}
