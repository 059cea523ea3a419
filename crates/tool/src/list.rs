//! `list`: what the registry holds, by runtime.

use std::path::Path;

use registry::{Announcement, Image, ModelEntry, Pattern, Registry, Runtime};
use serde_json::{Value, json};

use crate::source::Source;
use crate::text::wrap;
use crate::{Answer, Failure, markdown, print};

pub fn run(path: Option<&Path>, only: Option<&str>, json: bool) -> Result<Answer, Failure> {
    let registry = Source::open(path)?.load()?;
    let is_meant = |name: &str| only.is_none_or(|only| only == name);
    let runtimes: Vec<_> = registry.runtimes.iter().filter(|runtime| is_meant(&runtime.name)).collect();
    let external: Vec<_> =
        registry.external_runtimes.iter().map(String::as_str).filter(|name| is_meant(name)).collect();
    if let (Some(only), [], []) = (only, &runtimes[..], &external[..]) {
        let names = registry.runtimes.iter().map(|runtime| &runtime.name).chain(&registry.external_runtimes);
        let suggestion =
            registry::closest(only, names.map(String::as_str)).map(|name| format!("\nDid you mean {name:?}?"));
        let suggestion = suggestion.unwrap_or_default();
        eprintln!("no runtime of the registry is named {only:?}, so its pairs pass unjudged{suggestion}");
        return Ok(Answer::No);
    }
    if json {
        let runtimes: Vec<_> = runtimes.iter().map(|runtime| value(&registry, runtime)).collect();
        print(&json!({ "runtimes": runtimes, "external_runtimes": external }).to_string());
    } else {
        let mut parts: Vec<_> = runtimes.iter().map(|runtime| text(&registry, runtime)).collect();
        if !external.is_empty() {
            parts.push(format!(
                "external runtimes, whose models this registry does not judge\n{}\n",
                wrap(&external.join(" "), 2, 2)
            ));
        }
        print(&parts.join("\n"));
    }
    Ok(Answer::Yes)
}

/// The whole registry as a page of Markdown.
pub fn run_markdown(path: Option<&Path>) -> Result<Answer, Failure> {
    let source = Source::open(path)?;
    let bytes = registry::write(&source.load()?, &source.file);
    let image = Image::open(&bytes).map_err(|error| Failure(error.to_string()))?;
    let name = path.map(|path| path.display().to_string());
    print(&markdown::page(&image, name.as_deref()));
    Ok(Answer::Yes)
}

fn text(registry: &Registry, runtime: &Runtime) -> String {
    let mut text = runtime.name.clone();
    if let Some(default) = runtime.default_model() {
        text += &format!("  (default {default})");
    }
    text.push('\n');
    for arm in &runtime.arms {
        let name = &registry.providers[arm.provider].name;
        let takes = arm.pattern(registry).map_or("only the ids listed", Pattern::source);
        text += &format!("  {name}  {takes}\n");
        text += &ids(&arm.models, false);
        text += &ids(&arm.withdrawn_models, true);
    }
    text
}

/// The ids of a list side by side, then those of which something is announced, a line each.
fn ids(entries: &[ModelEntry], are_withdrawn: bool) -> String {
    let head = if are_withdrawn { "withdrawn: " } else { "" };
    let (announced, plain): (Vec<_>, Vec<_>) = entries
        .iter()
        .map(|entry| (&entry.id[..], Announcement::of(entry, are_withdrawn)))
        .partition(|id| id.1.is_some());
    let mut text = String::new();
    if !plain.is_empty() {
        let ids: Vec<_> = plain.iter().map(|(id, _)| *id).collect();
        text += &format!("{}\n", wrap(&format!("{head}{}", ids.join(" ")), 4, 4 + head.len().min(2)));
    }
    for (id, announcement) in announced {
        let said = announcement.map(|announcement| announcement.to_string()).unwrap_or_default();
        text += &format!("{}\n", wrap(&format!("{head}{id}, {said}"), 4, 6));
    }
    text
}

fn value(registry: &Registry, runtime: &Runtime) -> Value {
    let arms = runtime.arms.iter().map(|arm| {
        let provider = &registry.providers[arm.provider];
        json!({
            "provider": provider.name,
            "pattern": arm.pattern(registry).map(Pattern::source),
            "only_listed": arm.only_listed,
            "auth_env": provider.auth_env,
            "models": arm.models.iter().map(|entry| &entry.id).collect::<Vec<_>>(),
            "withdrawn_models": arm.withdrawn_models.iter().map(|entry| &entry.id).collect::<Vec<_>>(),
            "retirements": announced(&arm.models, "retires"),
            "withdrawals": announced(&arm.withdrawn_models, "since"),
        })
    });
    json!({
        "runtime": runtime.name,
        "display_name": runtime.display_name,
        "default_model": runtime.default_model(),
        "providers": arms.collect::<Vec<_>>(),
    })
}

/// The ids of which something is announced, with the date by its key in the file.
fn announced(entries: &[ModelEntry], date_key: &str) -> Vec<Value> {
    let announced = entries.iter().filter(|entry| entry.is_announced());
    let value = |entry: &ModelEntry| {
        let date = entry.date.map(|date| date.to_string());
        json!({"model": entry.id, date_key: date, "replacement": entry.replacement})
    };
    announced.map(value).collect()
}
