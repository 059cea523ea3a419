//! The rules of the file format (`docs/registry-format.md`): from a document to a registry, or to all faults.

mod allowed_lints;
mod entries;
mod external_runtimes;
mod fields;
mod patterns;
mod providers;
mod report;
mod runtimes;
mod types;

use crate::catalogue::Registry;
use crate::document::{self, LONGEST_FILE, Node, Overload, Value};
use crate::fault::{Fault, FaultKind, Faults};
use crate::place::Place;
use fields::Fields;
use report::Report;

/// Reads and validates the bytes of a registry file.
///
/// # Errors
/// All faults, each with its place. Text that is not YAML has only one.
pub(crate) fn registry(file: &[u8]) -> Result<Registry, Faults> {
    let text = std::str::from_utf8(file).map_err(|error| {
        let line = 1 + file[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        let utf16 = file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff");
        single(FaultKind::NotUtf8 { offset: error.valid_up_to(), utf16 }, Some(line))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(single(FaultKind::EmptyDocument, None));
    }
    document::check_limits(text).map_err(|overload| {
        let kind = match overload {
            Overload::Length => FaultKind::TooLong { limit: LONGEST_FILE },
            Overload::Density { limit } => FaultKind::TooDense { limit },
            Overload::Brackets { limit } => FaultKind::TooManyBrackets { limit },
        };
        single(kind, None)
    })?;
    let document = document::parse(text).map_err(|refusal| single(refusal.kind, refusal.line))?;
    let mut report = Report::new(text);
    let registry = check(&document, text.len(), &mut report);
    match (registry, report.into_faults()) {
        (Some(registry), None) => Ok(registry),
        (_, Some(faults)) => Err(faults),
        // A rule that refuses without a fault is a bug, and must not be taken for a registry.
        (None, None) => Err(single(FaultKind::EmptyDocument, None)),
    }
}

fn single(kind: FaultKind, line: Option<usize>) -> Faults {
    Faults(vec![Fault::of_document(line, kind)])
}

fn check(document: &Node, length: usize, report: &mut Report) -> Option<Registry> {
    if matches!(document.value, Value::Null) {
        report.add(&Place::root(document.line), FaultKind::EmptyDocument);
        return None;
    }
    let keys = &["schema_version", "providers", "runtimes", "external_runtimes", "allowed_lints"];
    let root = Fields::of(document, Place::root(document.line), keys, report)?;
    let schema_version = schema_version(&root, report);
    let providers = providers::check(&root, length, report);
    let runtimes = runtimes::check(&root, &providers, report);
    let external_runtimes = external_runtimes::check(&root, report);
    let allowed_lints = allowed_lints::check(&root, report);
    let providers =
        providers.into_iter().map(|provider| provider.valid.map(|valid| *valid)).collect::<Option<Vec<_>>>()?;
    Some(Registry { schema_version: schema_version?, providers, runtimes: runtimes?, external_runtimes, allowed_lints })
}

fn schema_version(root: &Fields, report: &mut Report) -> Option<u32> {
    let (node, place) = root.required("schema_version", report)?;
    match node.value {
        Value::Integer(1) => Some(1),
        Value::Integer(other) => {
            report.add(&place, FaultKind::SchemaVersion { found: other.to_string() });
            None
        }
        _ => {
            report.wrong_type(&place, types::THE_NUMBER_1, node);
            None
        }
    }
}
