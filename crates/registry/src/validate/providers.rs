//! The rules of the catalogue: `providers`.

use std::collections::HashMap;

use super::Report;
use super::fields::{Fields, identifier, list, text, unique_entries};
use crate::catalogue::{Protocol, Provider};
use crate::document::Node;
use crate::fault::FaultKind;
use crate::pattern::Pattern;
use crate::place::Path;

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

/// As many providers, and runtimes, as a registry holds.
pub(super) const LIMIT: usize = 65_535;

/// An entry of the catalogue. One with faults keeps its name, so that arms which use it are not reported as well.
pub(super) struct Entry {
    pub(super) name: Option<String>,
    pub(super) valid: Option<Provider>,
}

pub(super) fn check(root: &Fields, report: &mut Report) -> Vec<Entry> {
    let Some((node, path)) = root.required("providers", report) else { return Vec::new() };
    let Some(items) = list(node, &path, report) else { return Vec::new() };
    if items.is_empty() {
        report.add(path.clone(), FaultKind::Empty { what: "the list of providers" });
    }
    if items.len() > LIMIT {
        report.add(path, FaultKind::TooMany { what: "the providers", limit: LIMIT });
        return Vec::new();
    }
    let mut names = HashMap::new();
    let mut vendors: HashMap<String, String> = HashMap::new();
    let mut entries = Vec::with_capacity(items.len());
    for (index, (node, path)) in items.into_iter().enumerate() {
        let entry = provider(node, path.clone(), report);
        if let Some(name) = &entry.name {
            let first = *names.entry(name.clone()).or_insert(index);
            if first != index {
                report.add(path.value("name"), FaultKind::DuplicateProvider { name: name.clone(), first });
            }
        }
        if let Some(Provider { name, upstream_vendor: Some(vendor), .. }) = &entry.valid
            && let Some(first) = vendors.insert(vendor.clone(), name.clone())
        {
            report.add(path.value("upstream_vendor"), FaultKind::DuplicateVendor { vendor: vendor.clone(), first });
        }
        entries.push(entry);
    }
    entries
}

fn provider(node: &Node, path: Path, report: &mut Report) -> Entry {
    let Some(fields) = Fields::of(node, path.clone(), KEYS, report) else { return Entry { name: None, valid: None } };
    let name = fields
        .required_text("name", report)
        .and_then(|name| identifier(name, "the provider name", path.value("name"), report));
    let display_name = fields.required_text("display_name", report);
    let protocol = protocol(&fields, report);
    let auth_mode = fields.required_text("auth_mode", report);
    let auth_env = auth_env(&fields, report);
    let pattern = pattern(&fields, report);
    let upstream_vendor = fields.optional_text("upstream_vendor", report);
    let deprecated = fields.optional_boolean("deprecated", report);
    check_unused_keys(&fields, report);
    let valid = (|| {
        Some(Provider {
            name: name?.to_owned(),
            display_name: display_name?.to_owned(),
            protocol: protocol?,
            auth_mode: auth_mode?.to_owned(),
            auth_env: auth_env?,
            pattern: pattern?,
            upstream_vendor: upstream_vendor.map(str::to_owned),
            deprecated: deprecated.unwrap_or(false),
        })
    })();
    Entry { name: name.map(str::to_owned), valid }
}

fn protocol(fields: &Fields, report: &mut Report) -> Option<Protocol> {
    match fields.required_text("protocol", report)? {
        "openai" => Some(Protocol::OpenAi),
        "anthropic" => Some(Protocol::Anthropic),
        found => {
            let (_, path) = fields.get("protocol")?;
            report.add(path, FaultKind::UnknownProtocol { found: found.to_owned() });
            None
        }
    }
}

fn auth_env(fields: &Fields, report: &mut Report) -> Option<Vec<String>> {
    let (_, path) = fields.required("auth_env", report)?;
    let names = fields.texts("auth_env", report)?;
    if names.is_empty() {
        report.add(path, FaultKind::Empty { what: "auth_env" });
        return None;
    }
    for (name, path) in &names {
        variable_name(name, path.clone(), report);
    }
    Some(names.into_iter().map(|(name, _)| name.to_owned()).collect())
}

/// A secret pasted in place of its variable's name would be compiled into the library, for everybody to read.
fn variable_name(name: &str, path: Path, report: &mut Report) {
    let digit_first = name.starts_with(|first: char| first.is_ascii_digit());
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if digit_first || !plain {
        report.add(path, FaultKind::NotAVariableName { found: name.to_owned() });
    }
}

fn pattern(fields: &Fields, report: &mut Report) -> Option<Pattern> {
    let source = fields.required_text("model_prefix_match", report)?;
    let (_, path) = fields.get("model_prefix_match")?;
    Pattern::new(source)
        .map_err(|error| report.add(path, FaultKind::Pattern { pattern: source.to_owned(), error }))
        .ok()
}

/// Types of the keys that the lookup has no use for.
fn check_unused_keys(fields: &Fields, report: &mut Report) {
    for key in ["vendor_logo", "wire_model_prefix", "thinking_policy"] {
        fields.optional_text(key, report);
    }
    if let Some(name) = fields.optional_text("auth_token_env", report)
        && let Some((_, path)) = fields.get("auth_token_env")
    {
        variable_name(name, path, report);
    }
    for key in ["base_url_template", "base_url_anthropic"] {
        fields.nullable_text(key, report);
    }
    fields.texts("model_aliases", report);
    let Some((node, path)) = fields.get("endpoint_vars") else { return };
    for (key, node) in unique_entries(node, &path, report).unwrap_or_default() {
        let path = path.value(key);
        let Some(variable) = Fields::of(node, path, &["env", "default"], report) else { continue };
        for key in ["env", "default"] {
            if let Some((node, path)) = variable.required(key, report) {
                text(node, path, report);
            }
        }
    }
}
