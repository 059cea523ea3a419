//! What messages say of the registry.

use registry::{Code, Image, ModelId, RuntimeRecord};

use crate::quote::quoted;
use postgres::interrupts;

/// Why a guard refuses an unknown runtime that the lookup passes.
pub const UNSUPPORTED_RUNTIME: &str = "The runtime is not in the registry, and this guard denies unknown runtimes.";

/// Why a pair with this code is a near miss.
pub fn near_miss(code: Code) -> &'static str {
    if code == Code::UnknownRuntime { NEAR_RUNTIME } else { NEAR_MODEL }
}

const NEAR_RUNTIME: &str = "The runtime is not in the registry, and differs from a registered one only in punctuation, white space or letter case.";

const NEAR_MODEL: &str = "The runtime does not list the model id, and lists one that differs only in punctuation, letter case or a \
                              vendor's prefix.";

/// As many ids as a message lists.
const LISTED_IDS: usize = 3;

/// What a runtime takes: some of its ids, and how many more.
pub fn takes(runtime: RuntimeRecord) -> String {
    let name = quoted(runtime.name());
    let mut ids = runtime.distinct_models().inspect(|_| interrupts::check()).peekable();
    let has_pattern = runtime.has_pattern();
    if ids.peek().is_none() {
        return match has_pattern {
            true => format!("{name} lists no ids and routes by pattern"),
            false => format!("{name} takes no ids any more"),
        };
    }
    let listed: Vec<_> = ids.by_ref().take(LISTED_IDS).map(quoted).collect();
    let more = match ids.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let patterns = if has_pattern { ", and what matches its patterns" } else { "" };
    format!("{name} takes {}{more}{patterns}", listed.join(", "))
}

/// Which runtimes of the registry route a model.
pub fn routed_by(registry: &Image, model: Option<ModelId>) -> String {
    let routes = |runtime: &RuntimeRecord| registry.judge(Some(runtime.name().as_bytes()), model).code.is_routable();
    let names: Vec<_> = registry
        .runtimes()
        .inspect(|_| interrupts::check())
        .filter(routes)
        .map(|runtime| quoted(runtime.name()))
        .collect();
    if names.is_empty() { "no runtime routes it".to_owned() } else { format!("it is routed by {}", names.join(", ")) }
}
