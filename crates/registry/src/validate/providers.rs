//! The rules of the catalogue: `providers`.

use std::collections::HashMap;

use super::Report;
use super::fields::{Fields, identifier, list, text, unique_entries};
use super::patterns::Room;
use super::types::A_VARIABLE;
use crate::catalogue::Provider;
use crate::document::{Node, Value};
use crate::fault::FaultKind;
use crate::place::{Location, Place};

const KEYS: &[&str] = &[
    "name",
    "display_name",
    "protocol",
    "auth_mode",
    "auth_env",
    "model_prefix_match",
    "auth_token_env",
    "upstream_vendor",
    "vendor_logo",
    "base_url_template",
    "base_url_anthropic",
    "wire_model_prefix",
    "thinking_policy",
    "model_aliases",
    "deprecated",
    "endpoint_vars",
];

/// The most providers, and the most runtimes, that a registry can have.
pub(super) const LIMIT: usize = 65_535;

/// An entry of the catalogue. An entry with faults keeps its name, so that arms which use it are not reported too.
pub(super) struct Entry {
    pub(super) name: Option<String>,
    pub(super) has_pattern: bool,
    /// Boxed, because a hostile file has many entries and no valid one.
    pub(super) valid: Option<Box<Provider>>,
}

pub(super) fn check(root: &Fields, length: usize, report: &mut Report) -> Vec<Entry> {
    let Some((node, place)) = root.required("providers", report) else { return Vec::new() };
    let Some(items) = list(node, &place, report) else { return Vec::new() };
    if items.len() == 0 {
        report.add(&place, FaultKind::Empty { what: "the list of providers" });
    }
    if items.len() > LIMIT {
        report.add(&place, FaultKind::TooMany { what: "the providers", limit: LIMIT });
        return Vec::new();
    }
    let mut checked = Checked { names: HashMap::new(), vendors: HashMap::new(), room: Room::for_file(length) };
    items.enumerate().map(|(index, (node, place))| provider(index, node, place, &mut checked, report)).collect()
}

/// The names and vendors of the providers so far.
struct Checked<'a> {
    names: HashMap<&'a str, usize>,
    vendors: HashMap<&'a str, usize>,
    room: Room,
}

fn provider<'a>(
    index: usize,
    node: &'a Node,
    place: Place<'a>,
    checked: &mut Checked<'a>,
    report: &mut Report,
) -> Entry {
    let location = Location::of(&place);
    let Some(fields) = Fields::of(node, place, KEYS, report) else {
        return Entry { name: None, has_pattern: false, valid: None };
    };
    let name = name(&fields, index, checked, report);
    let display_name = fields.required_text("display_name", report);
    let has_protocol = check_protocol(&fields, report);
    let auth_mode = fields.required_text("auth_mode", report);
    let auth_env = auth_env(&fields, report);
    let written_pattern = fields.optional_placed_text("model_prefix_match", report);
    let pattern_location = written_pattern.as_ref().map_or_else(|| location.clone(), |(_, place)| Location::of(place));
    let pattern = written_pattern.and_then(|(source, place)| checked.room.compile(source, &place, report));
    let upstream_vendor = upstream_vendor(&fields, index, checked, report);
    fields.optional_boolean("deprecated", report);
    let aliases = fields.texts("model_aliases", report).unwrap_or_default();
    check_unused_keys(&fields, report);
    let valid = (|| {
        // For pickers and proxies, which read the file themselves.
        has_protocol?;
        auth_mode?;
        Some(Box::new(Provider {
            name: name?.to_owned(),
            display_name: display_name?.to_owned(),
            auth_env: auth_env?,
            pattern,
            upstream_vendor: upstream_vendor.map(str::to_owned),
            model_aliases: aliases.iter().map(|(alias, _)| (*alias).to_owned()).collect(),
            alias_lines: aliases.iter().map(|(_, place)| place.line()).collect(),
            location,
            pattern_location,
        }))
    })();
    Entry { name: name.map(str::to_owned), has_pattern: fields.get("model_prefix_match").is_some(), valid }
}

fn name<'a>(fields: &Fields<'a>, index: usize, checked: &mut Checked<'a>, report: &mut Report) -> Option<&'a str> {
    let (name, place) = fields.required_placed_text("name", report)?;
    let name = identifier(name, "the provider name", &place, report)?;
    let first = *checked.names.entry(name).or_insert(index);
    if first != index {
        report.add(&place, FaultKind::DuplicateProvider { name: name.to_owned(), first });
    }
    Some(name)
}

fn upstream_vendor<'a>(
    fields: &Fields<'a>,
    index: usize,
    checked: &mut Checked<'a>,
    report: &mut Report,
) -> Option<&'a str> {
    let (vendor, place) = fields.optional_placed_text("upstream_vendor", report)?;
    let first = *checked.vendors.entry(vendor).or_insert(index);
    if first != index {
        report.add(&place, FaultKind::DuplicateVendor { vendor: vendor.to_owned(), first });
    }
    Some(vendor)
}

fn check_protocol(fields: &Fields, report: &mut Report) -> Option<()> {
    let (name, place) = fields.required_placed_text("protocol", report)?;
    match name {
        "openai" | "anthropic" => Some(()),
        found => {
            report.add(&place, FaultKind::UnknownProtocol { found: found.to_owned() });
            None
        }
    }
}

fn auth_env(fields: &Fields, report: &mut Report) -> Option<Vec<String>> {
    let (node, place) = fields.required("auth_env", report)?;
    let items = list(node, &place, report)?;
    if items.len() == 0 {
        report.add(&place, FaultKind::Empty { what: "auth_env" });
        return None;
    }
    Some(items.filter_map(|(node, place)| variable_name(node, &place, report)).map(str::to_owned).collect())
}

/// If somebody pasted a secret in place of a variable's name, it would be compiled into the library, where everybody can read
/// it.
fn variable_name<'a>(node: &'a Node, place: &Place, report: &mut Report) -> Option<&'a str> {
    let Value::Text(name) = &node.value else {
        report.wrong_type(place, A_VARIABLE, node);
        return None;
    };
    let digit_first = name.starts_with(|first: char| first.is_ascii_digit());
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if digit_first || !plain {
        report.add(place, FaultKind::NotAVariableName);
        return None;
    }
    Some(name)
}

/// Checks the types of keys that the lookup does not use.
fn check_unused_keys(fields: &Fields, report: &mut Report) {
    for key in ["vendor_logo", "wire_model_prefix", "thinking_policy"] {
        fields.optional_text(key, report);
    }
    if let Some((node, place)) = fields.get("auth_token_env") {
        variable_name(node, &place, report);
    }
    for key in ["base_url_template", "base_url_anthropic"] {
        fields.nullable_text(key, report);
    }
    let Some((node, place)) = fields.get("endpoint_vars") else { return };
    for entry in unique_entries(node, &place, &[], report).unwrap_or_default() {
        let Some(variable) = Fields::of(entry.value, entry.place, &["env", "default"], report) else { continue };
        if let Some((node, place)) = variable.required("env", report) {
            variable_name(node, &place, report);
        }
        if let Some((node, place)) = variable.required("default", report) {
            text(node, &place, report);
        }
    }
}
