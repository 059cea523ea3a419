//! `diff`: what an edit changes for pairs, and which stored ones it would strand.

use std::path::Path;

use registry::{Billing, Change, Code, Effect, EffectKind, Image, Outcome, Subject};
use serde_json::{Value, json};

use crate::pairs::{Stranded, stranded};
use crate::source::Source;
use crate::words::{count, list, wrap};
use crate::{Answer, Failure, print};

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
        let changes: Vec<_> = changes.iter().map(change).collect();
        let stranded = stranded.as_ref().map(|pairs| pairs.iter().map(pair).collect::<Vec<_>>());
        print(&json!({"changes": changes, "stranded": stranded}).to_string());
    } else {
        print(&text(&changes, stranded.as_deref()));
    }
    let same = changes.is_empty() && stranded.is_none_or(|pairs| pairs.is_empty());
    Ok(if same { Answer::Yes } else { Answer::No })
}

fn text(changes: &[Change], stranded: Option<&[Stranded]>) -> String {
    let mut text = if changes.is_empty() { "no change\n".to_owned() } else { count(changes.len(), "change") + "\n" };
    for Change { subject, effects } in changes {
        text += &format!("\n{}\n", wrap(&describe(subject), 0, 2));
        for effect in effects {
            text += &format!("{}\n", wrap(&sentence(subject, effect), 2, 2));
        }
    }
    let Some(stranded) = stranded else { return text };
    let total: u64 = stranded.iter().map(|pair| pair.count).sum();
    text += &match stranded.len() {
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

fn describe(subject: &Subject) -> String {
    match subject {
        Subject::RuntimeAdded { runtime } => {
            format!("{runtime}: new runtime; its pairs passed unjudged, and are judged")
        }
        Subject::RuntimeRemoved { runtime } => format!("{runtime}: runtime removed; its pairs will pass unjudged"),
        Subject::Id { runtime, id } => format!("{runtime}: {id}"),
        Subject::Pattern { provider, old, new } => format!("pattern of {provider}: {old} becomes {new}"),
        Subject::ArmAdded { runtime, provider } => format!("{runtime}: the pattern of {provider} is added"),
        Subject::ArmRemoved { runtime, provider } => format!("{runtime}: the pattern of {provider} is removed"),
        Subject::Variables { provider } => format!("auth_env of {provider}"),
    }
}

fn sentence(subject: &Subject, effect: &Effect) -> String {
    let verb = match effect.kind {
        EffectKind::BecomesRoutable => "becomes routable",
        EffectKind::StopsBeingRoutable => "stops being routable",
        EffectKind::BecomesAmbiguous => "becomes ambiguous, and is refused",
        EffectKind::ChangesProvider => "changes its provider",
        EffectKind::IsNowListed => "is listed now, and was routable by pattern",
        EffectKind::IsNoLongerListed => "is no longer listed, and stays routable by pattern",
        EffectKind::ChangesCode => "stays refused, for another reason",
        EffectKind::MayChangeProvider => "may change its provider, where the workspace's variables choose it",
        EffectKind::Undecided => "may change: the patterns are too large to compare",
    };
    let outcomes = effect.outcomes.as_ref().map(|(old, new)| format!(": was {}, will be {}", shown(old), shown(new)));
    let outcomes = outcomes.unwrap_or_default();
    match (subject, &effect.example) {
        (Subject::Id { .. }, _) => format!("{verb}{outcomes}"),
        (_, Some(id)) => format!("on {}, an id such as {id:?} {verb}{outcomes}", list(&effect.runtimes)),
        (_, None) => format!("on {}, what patterns match {verb}", list(&effect.runtimes)),
    }
}

/// An answer in a few words: `REGISTERED through platform (platform_managed)`.
fn shown(outcome: &Outcome) -> String {
    let Outcome { code, provider, billing } = outcome;
    match (provider, billing) {
        (Some(provider), Some(billing)) if *code != Code::ModelWithdrawn => {
            format!("{} through {provider} ({})", code.as_str(), billing.as_str())
        }
        _ => code.as_str().to_owned(),
    }
}

fn change(change: &Change) -> Value {
    let subject = match &change.subject {
        Subject::RuntimeAdded { runtime } => json!({"kind": "runtime_added", "runtime": runtime}),
        Subject::RuntimeRemoved { runtime } => json!({"kind": "runtime_removed", "runtime": runtime}),
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
    };
    json!({"subject": subject, "effects": change.effects.iter().map(effect).collect::<Vec<_>>()})
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
