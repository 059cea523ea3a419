//! A registry as JSON: what the SQL edition stores of a release, and makes the functions of that hold the registry.

use registry::{ArmRecord, Image, ListedId, Pattern, Registry, RuntimeRecord};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::first::first_characters;
use crate::{Refusal, regex};

/// The number of this form, which the functions that read it know.
const FORMAT: u32 = 1;

/// The registry that was read from the bytes of a file, in its declared order.
///
/// # Errors
/// A pattern that PostgreSQL cannot say, or a text that it cannot store.
pub fn document(registry: &Registry, file: &[u8]) -> Result<Value, Refusal> {
    check_texts(registry)?;
    let regexes: Vec<Option<String>> = registry.providers.iter().map(regex_of).collect::<Result<_, _>>()?;
    let image = registry::write(registry, file);
    let image = Image::open(&image).expect("what the writer writes, the reader opens");
    let providers = image.providers().map(|provider| {
        json!({
            "name": provider.name(),
            "display_name": provider.display_name(),
            "billing": provider.billing().as_str(),
            "auth_env": provider.auth_env().collect::<Vec<_>>(),
            "upstream_vendor": provider.upstream_vendor(),
        })
    });
    let runtimes = image.runtimes().zip(&registry.runtimes).map(|(runtime, read)| {
        let arms = runtime.arms().zip(&read.arms);
        let arms = arms.map(|(arm, read)| value_of_arm(arm, read.pattern(registry), regexes[read.provider].as_deref()));
        value_of_runtime(runtime, arms.collect())
    });
    Ok(json!({
        "format": FORMAT,
        "schema_version": image.schema_version(),
        "sha256": Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
        "providers": providers.collect::<Vec<_>>(),
        "runtimes": runtimes.collect::<Vec<_>>(),
        "external_runtimes": image.external_runtimes().collect::<Vec<_>>(),
    }))
}

fn regex_of(provider: &registry::Provider) -> Result<Option<String>, Refusal> {
    let Some(pattern) = &provider.pattern else { return Ok(None) };
    regex(pattern).map(Some).map_err(|what| {
        let (line, path) = provider.pattern_place();
        Refusal::Pattern { line, path: path.to_owned(), what }
    })
}

fn value_of_runtime(runtime: RuntimeRecord, arms: Vec<Value>) -> Value {
    json!({
        "name": runtime.name(),
        "display_name": runtime.display_name(),
        "default_model": runtime.default_model(),
        "arms": arms,
    })
}

fn value_of_arm(arm: ArmRecord, pattern: Option<&Pattern>, regex: Option<&str>) -> Value {
    json!({
        "provider": arm.provider().name(),
        "pattern": arm.pattern(),
        "regex": regex.filter(|_| pattern.is_some()),
        "first": pattern.and_then(first_characters),
        "models": arm.offered().map(value_of_id).collect::<Vec<_>>(),
        "withdrawn": arm.withdrawn().map(value_of_id).collect::<Vec<_>>(),
    })
}

/// The id, then what the vendor announced of it: the day and the replacement.
fn value_of_id(listed: ListedId) -> Value {
    match (listed.date, listed.replacement) {
        (None, None) => json!([listed.id]),
        (date, replacement) => json!([listed.id, date.map(|date| date.to_string()), replacement]),
    }
}

/// The functions look pairs up by one text, in which U+001F stands between runtime and id; no text of PostgreSQL has U+0000.
fn check_texts(registry: &Registry) -> Result<(), Refusal> {
    let ids = registry.runtimes.iter().flat_map(|runtime| runtime.listed_ids().map(move |id| (id, "the id")));
    let names = registry.runtimes.iter().map(|runtime| (&runtime.name[..], "the runtime's name"));
    let external = registry.external_runtimes.iter().map(|name| (&name[..], "the external runtime's name"));
    let providers = registry.providers.iter().flat_map(|provider| {
        let texts = [&provider.name, &provider.display_name].into_iter().chain(&provider.upstream_vendor);
        texts.chain(&provider.auth_env).map(|text| (&text[..], "a text of a provider"))
    });
    let displayed =
        registry.runtimes.iter().filter_map(|runtime| Some((&runtime.display_name.as_ref()?[..], "the display name")));
    match ids
        .chain(names)
        .chain(external)
        .chain(providers)
        .chain(displayed)
        .find(|(text, _)| text.contains(['\0', '\u{1f}']))
    {
        Some((text, what)) => Err(Refusal::Character(format!("{what} {}", registry::quoted(text)))),
        None => Ok(()),
    }
}
