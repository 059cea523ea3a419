//! `check`: does a file load, and what is odd about it.

use std::path::Path;

use registry::{Date, Fault, Registry, Warning};
use serde_json::{Value, json};

use crate::source::Source;
use crate::text::{count, wrap};
use crate::{Answer, Failure, print};

pub fn run(path: &Path, json: bool) -> Result<Answer, Failure> {
    let source = Source::open(Some(path))?;
    let registry = match registry::read(&source.file) {
        Ok(registry) => registry,
        Err(faults) if json => {
            let faults: Vec<_> = faults.iter().map(fault).collect();
            print(&json!({"loads": false, "faults": faults, "warnings": []}).to_string());
            return Err(Failure(format!("{} does not load", source.name)));
        }
        Err(faults) => return Err(Failure(source.report(&faults))),
    };
    let warnings = registry::lint(&registry, Date::today());
    if json {
        let warnings: Vec<_> = warnings.iter().map(warning).collect();
        print(&json!({"loads": true, "faults": [], "warnings": warnings}).to_string());
    } else {
        print(&text(&source, &registry, &warnings));
    }
    Ok(Answer::Yes)
}

fn text(source: &Source, registry: &Registry, warnings: &[Warning]) -> String {
    let ids: usize = registry.runtimes.iter().map(|runtime| runtime.listed_ids().count()).sum();
    let external = registry.external_runtimes.len();
    let mut counts = vec![
        count(registry.providers.len(), "provider"),
        count(registry.runtimes.len(), "runtime"),
        count(ids, "listed id"),
    ];
    if external > 0 {
        counts.push(count(external, "external runtime"));
    }
    let mut text = format!("{} loads: {}\n", source.name, counts.join(", "));
    if !warnings.is_empty() {
        text += &format!("{}:\n", count(warnings.len(), "warning"));
    }
    for warning in warnings {
        text += &format!("{}\n", wrap(&warning.to_string(), 2, 4));
    }
    text
}

fn fault(fault: &Fault) -> Value {
    json!({"path": fault.path(), "line": fault.line(), "text": fault.kind().to_string()})
}

fn warning(warning: &Warning) -> Value {
    json!({
        "lint": warning.kind().as_str(),
        "at": warning.at(),
        "path": warning.path(),
        "line": warning.line(),
        "text": warning.text(),
    })
}
