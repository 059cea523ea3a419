//! The rules of the file format (`docs/registry-format.md`): a document in, a registry or every fault out.

mod fields;
mod providers;
mod runtimes;

use crate::catalogue::Registry;
use crate::document::{self, Node};
use crate::fault::{Fault, FaultKind, Faults};
use crate::place::{Path, line_of};
use fields::Fields;

/// As many faults as get their line looked up: each costs a partial reading of the file.
const LOCATED_FAULTS: usize = 100;

/// Where the rules report to.
#[derive(Default)]
struct Report(Vec<Fault>);

impl Report {
    fn add(&mut self, path: Path, kind: FaultKind) {
        self.0.push(Fault::new(path, kind));
    }
}

/// Reads and validates the bytes of a registry file.
///
/// # Errors
/// All faults, each with its place; text that is not YAML has only the one.
pub(crate) fn registry(file: &[u8]) -> Result<Registry, Faults> {
    let text = std::str::from_utf8(file).map_err(|error| {
        let line = 1 + file[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        single(FaultKind::NotUtf8 { offset: error.valid_up_to() }, Some(line))
    })?;
    if text.trim().is_empty() {
        return Err(single(FaultKind::EmptyDocument, None));
    }
    let document = document::parse(text).map_err(|error| {
        let line = error.location().map(|location| location.line());
        single(FaultKind::NotYaml(error.to_string()), line)
    })?;
    let mut report = Report::default();
    let registry = check(&document, &mut report);
    match (registry, report.0) {
        (Some(registry), faults) if faults.is_empty() => Ok(registry),
        (_, mut faults) => {
            for fault in faults.iter_mut().take(LOCATED_FAULTS) {
                fault.line = line_of(text, &fault.path);
            }
            // Faults without a line keep their order behind those that have one.
            faults.sort_by_key(|fault| fault.line.unwrap_or(usize::MAX));
            Err(Faults(faults))
        }
    }
}

fn single(kind: FaultKind, line: Option<usize>) -> Faults {
    let mut fault = Fault::new(Path::default(), kind);
    fault.line = line;
    Faults(vec![fault])
}

fn check(document: &Node, report: &mut Report) -> Option<Registry> {
    if matches!(document, Node::Null) {
        report.add(Path::default(), FaultKind::EmptyDocument);
        return None;
    }
    let root = Fields::of(document, Path::default(), &["schema_version", "providers", "runtimes"], report)?;
    let schema_version = schema_version(&root, report);
    let providers = providers::check(&root, report);
    let runtimes = runtimes::check(&root, &providers, report);
    let providers = providers.into_iter().map(|provider| provider.valid).collect::<Option<Vec<_>>>()?;
    Some(Registry { schema_version: schema_version?, providers, runtimes: runtimes? })
}

fn schema_version(root: &Fields, report: &mut Report) -> Option<u32> {
    let (node, path) = root.required("schema_version", report)?;
    match node {
        Node::Integer(1) => Some(1),
        Node::Integer(other) => {
            report.add(path, FaultKind::SchemaVersion { found: other.to_string() });
            None
        }
        other => {
            report.add(path, FaultKind::WrongType { expected: "the number 1", found: other.kind() });
            None
        }
    }
}
