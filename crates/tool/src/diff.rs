//! `diff`: what an edit changes for pairs, and which stored ones it would strand.

use std::path::Path;

use registry::{Announcement, Billing, Change, Effect, Image, Outcome, Subject};
use serde_json::{Value, json};

use crate::pairs::{Stranded, stranded};
use crate::sections::{Section, Total};
use crate::source::Source;
use crate::text::count;
use crate::{Answer, Failure, print, sections};

pub fn run(old: &Path, new: &Path, pairs: Option<&Path>, json: bool) -> Result<Answer, Failure> {
    let sources = [Source::open(Some(old))?, Source::open(Some(new))?];
    let [old, new] = [sources[0].load()?, sources[1].load()?];
    let changes = registry::diff(&old, &new);
    let bytes = [registry::write(&old, &sources[0].file), registry::write(&new, &sources[1].file)];
    let open = |bytes| Image::open(bytes).map_err(|error| Failure(error.to_string()));
    let stranded = match pairs {
        Some(pairs) => Some(stranded(pairs, &open(&bytes[0])?, &open(&bytes[1])?)?),
        None => None,
    };
    if json {
        let totals: serde_json::Map<_, _> =
            sections::totals(&changes).map(|(section, number)| (section.key().to_owned(), total(&number))).collect();
        let changes: Vec<_> = changes.iter().map(change).collect();
        let stranded = stranded.as_ref().map(|pairs| pairs.iter().map(pair).collect::<Vec<_>>());
        print(&json!({"totals": totals, "changes": changes, "stranded": stranded}).to_string());
    } else {
        print(&(sections::text(&changes) + &stranded.as_deref().map(stranded_text).unwrap_or_default()));
    }
    let same = changes.is_empty() && stranded.is_none_or(|pairs| pairs.is_empty());
    Ok(if same { Answer::Yes } else { Answer::No })
}

/// The stored pairs that the new registry would strand.
fn stranded_text(stranded: &[Stranded]) -> String {
    let total: u64 = stranded.iter().map(|pair| pair.count).sum();
    let mut text = match stranded.len() {
        0 => "\nno stored pair would be stranded\n".to_owned(),
        pairs => format!("\n{} would be stranded, in {}\n", count(pairs, "stored pair"), rows(total)),
    };
    for Stranded { runtime, model, count, code } in stranded {
        text += &format!("  {runtime:?} {model:?}: {} ({})\n", rows(*count), code.as_str());
    }
    text
}

fn rows(number: u64) -> String {
    count(number as usize, "row")
}

fn total(Total { ids, patterns, runtimes, providers }: &Total) -> Value {
    json!({"ids": ids, "patterns": patterns, "runtimes": runtimes, "providers": providers})
}

fn change(change: &Change) -> Value {
    let subject = match &change.subject {
        Subject::Runtime { runtime, was, will_be } => {
            let kind = Section::Runtimes(*will_be).key();
            json!({"kind": kind, "runtime": runtime, "was": was.as_str(), "will_be": will_be.as_str()})
        }
        Subject::Id { runtime, id } => json!({"kind": "id", "runtime": runtime, "model": id}),
        Subject::Pattern { provider, old, new } => {
            json!({"kind": "pattern", "provider": provider, "old": old, "new": new})
        }
        Subject::ArmAdded { runtime, provider } => {
            json!({"kind": "arm_added", "runtime": runtime, "provider": provider})
        }
        Subject::ArmRemoved { runtime, provider } => {
            json!({"kind": "arm_removed", "runtime": runtime, "provider": provider})
        }
        Subject::Variables { provider } => json!({"kind": "auth_env", "provider": provider}),
        Subject::Announcement { runtime, provider, id, was, will_be } => json!({
            "kind": "announcement",
            "runtime": runtime,
            "provider": provider,
            "model": id,
            "was": was.as_ref().map(announcement),
            "will_be": will_be.as_ref().map(announcement),
        }),
    };
    json!({"subject": subject, "effects": change.effects.iter().map(effect).collect::<Vec<_>>()})
}

/// What is announced of an id, by the keys of the file.
fn announcement(Announcement { is_withdrawn, date, replacement }: &Announcement) -> Value {
    let key = if *is_withdrawn { "since" } else { "retires" };
    json!({key: date.map(|date| date.to_string()), "replacement": replacement})
}

fn effect(effect: &Effect) -> Value {
    json!({
        "kind": effect.kind.as_str(),
        "runtimes": effect.runtimes,
        "example": effect.example,
        "old": effect.outcomes.as_ref().map(|(old, _)| outcome(old)),
        "new": effect.outcomes.as_ref().map(|(_, new)| outcome(new)),
    })
}

fn outcome(outcome: &Outcome) -> Value {
    json!({
        "routable": outcome.code.is_routable(),
        "code": outcome.code.as_str(),
        "provider": outcome.provider,
        "billing": outcome.billing.map(Billing::as_str),
    })
}

fn pair(pair: &Stranded) -> Value {
    json!({"runtime": pair.runtime, "model": pair.model, "count": pair.count, "code": pair.code.as_str()})
}
