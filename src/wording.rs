//! What messages say of the registry.

use registry::{Image, ModelId, RuntimeRecord, quoted};

use postgres::interrupts;

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
