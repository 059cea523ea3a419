//! `list`: what the registry holds, by runtime.

use std::path::Path;

use registry::{Image, ModelEntry, Pattern, Registry, Runtime};
use serde_json::{Value, json};

use crate::source::Source;
use crate::words::wrap;
use crate::{Answer, Failure, markdown, print};

pub fn run(path: Option<&Path>, only: Option<&str>, json: bool) -> Result<Answer, Failure> {
    let registry = Source::open(path)?.load()?;
    let runtimes: Vec<_> =
        registry.runtimes.iter().filter(|runtime| only.is_none_or(|only| only == runtime.name)).collect();
    if let (Some(only), []) = (only, &runtimes[..]) {
        let names = registry.runtimes.iter().map(|runtime| runtime.name.as_str());
        let suggestion = registry::closest(only, names).map(|name| format!("\nDid you mean {name:?}?"));
        let suggestion = suggestion.unwrap_or_default();
        eprintln!("no runtime of the registry is named {only:?}, so its pairs pass unjudged{suggestion}");
        return Ok(Answer::No);
    }
    if json {
        let runtimes: Vec<_> = runtimes.iter().map(|runtime| value(&registry, runtime)).collect();
        print(&json!({ "runtimes": runtimes }).to_string());
    } else {
        let runtimes: Vec<_> = runtimes.iter().map(|runtime| text(&registry, runtime)).collect();
        print(&runtimes.join("\n"));
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
        let ids = |entries: &[ModelEntry]| entries.iter().map(|entry| &entry.id[..]).collect::<Vec<_>>().join(" ");
        if !arm.models.is_empty() {
            text += &format!("{}\n", wrap(&ids(&arm.models), 4, 4));
        }
        if !arm.withdrawn_models.is_empty() {
            text += &format!("{}\n", wrap(&format!("withdrawn: {}", ids(&arm.withdrawn_models)), 4, 6));
        }
    }
    text
}

fn value(registry: &Registry, runtime: &Runtime) -> Value {
    let arms = runtime.arms.iter().map(|arm| {
        let provider = &registry.providers[arm.provider];
        json!({
            "provider": provider.name,
            "pattern": arm.pattern(registry).map(Pattern::source),
            "auth_env": provider.auth_env,
            "models": arm.models.iter().map(|entry| &entry.id).collect::<Vec<_>>(),
            "withdrawn_models": arm.withdrawn_models.iter().map(|entry| &entry.id).collect::<Vec<_>>(),
        })
    });
    json!({
        "runtime": runtime.name,
        "display_name": runtime.display_name,
        "default_model": runtime.default_model(),
        "providers": arms.collect::<Vec<_>>(),
    })
}
