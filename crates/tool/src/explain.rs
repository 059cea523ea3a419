//! `explain`: the answer for a pair, as `routable.explain` gives it in SQL.

use std::path::Path;

use registry::{Image, MatchedBy, ModelId, Verdict};
use serde_json::json;

use crate::source::Source;
use crate::text::wrap;
use crate::{Answer, Failure, print};

pub fn run(
    path: Option<&Path>,
    runtime: &str,
    model: &str,
    auth_env: &[String],
    json: bool,
) -> Result<Answer, Failure> {
    let source = Source::open(path)?;
    let bytes = registry::write(&source.load()?, &source.file);
    let image = Image::open(&bytes).map_err(|error| Failure(error.to_string()))?;
    let auth_env: Vec<&str> = auth_env.iter().map(|name| name.trim()).collect();
    let id = Some(ModelId::from_utf8(model.as_bytes()));
    let verdict = image.judge(Some(runtime.as_bytes()), id);
    let provider = verdict.provider(id, |name| auth_env.contains(&name));
    let matched_by = verdict.matched_by().map(|matched_by| match matched_by {
        MatchedBy::Exact => "exact",
        MatchedBy::Prefix => "prefix",
    });
    let routable = verdict.code.is_routable();
    let suggestions = registry::suggestions(&verdict, Some(runtime.as_bytes()), id.map(ModelId::as_bytes), || ());
    let suggestions: Vec<&str> = suggestions.iter().map(|suggestion| suggestion.name).collect();
    if json {
        let answer = json!({
            "runtime": runtime,
            "model": model,
            "routable": routable,
            "code": verdict.code.as_str(),
            "reason": verdict.code.reason(),
            "provider": provider.map(|provider| provider.name()),
            "matched_by": matched_by,
            "billing": provider.map(|provider| provider.billing().as_str()),
            "near_miss": verdict.is_near_miss,
            "retires": verdict.retires().map(|date| date.to_string()),
            "since": verdict.since().map(|date| date.to_string()),
            "replacement": verdict.replacement(),
            "suggestion": suggestions.first(),
            "suggestions": suggestions,
        });
        print(&answer.to_string());
    } else {
        let is = if routable { "is routable" } else { "is not routable" };
        let mut text = format!("model {model:?} {is} on runtime {runtime:?}\n");
        text += &format!("{}\n", wrap(&format!("{}: {}", verdict.code.as_str(), verdict.code.reason()), 2, 2));
        if let Some(provider) = provider {
            text += &format!("  provider {}, billed {}\n", provider.name(), provider.billing().as_str());
        }
        if let Some(announced) = announced(&verdict) {
            text += &format!("{}\n", wrap(&announced, 2, 2));
        }
        if verdict.is_near_miss {
            text += &format!("{}\n", wrap(NEAR_MISS, 2, 2));
        }
        // A replacement is told above.
        let meant: Vec<_> = suggestions.iter().filter(|&&name| Some(name) != verdict.replacement()).collect();
        if let Some((last, others)) = meant.split_last() {
            let others: String = others.iter().map(|suggestion| format!("{suggestion:?} or ")).collect();
            text += &format!("{}\n", wrap(&format!("Did you mean {others}{last:?}?"), 2, 2));
        }
        print(&text);
    }
    Ok(if routable { Answer::Yes } else { Answer::No })
}

const NEAR_MISS: &str = "It is a near miss: it passes, although only punctuation, letter case or a vendor's prefix tells it \
                         from what is registered.";

/// What the vendor announced of a listed id.
fn announced(verdict: &Verdict) -> Option<String> {
    let dated = match (verdict.retires(), verdict.since()) {
        (Some(date), _) => Some(format!("It retires on {date}")),
        (_, Some(date)) => Some(format!("It was withdrawn on {date}")),
        _ => None,
    };
    match (dated, verdict.replacement()) {
        (Some(dated), Some(replacement)) => Some(format!("{dated}; its replacement is {replacement:?}.")),
        (Some(dated), None) => Some(format!("{dated}.")),
        (None, replacement) => Some(format!("Its replacement is {:?}.", replacement?)),
    }
}
