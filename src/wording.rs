//! What messages say of the registry.

use registry::{ModelId, RuntimeRecord};

use crate::compiled::REGISTRY;
use crate::postgres::encoding::Encoding;
use crate::quote::quoted;

/// As many ids as a message lists.
const LISTED_IDS: usize = 3;

/// An id of the registry. A database whose encoding lacks its characters could not send the message as it is.
pub fn known(id: &str) -> String {
    match Encoding::of_database() {
        Encoding::Other if !id.is_ascii() => format!("\"{}\"", id.escape_default()),
        _ => quoted(id.as_bytes()),
    }
}

/// What a runtime takes: some of its ids, and how many more.
pub fn takes(runtime: RuntimeRecord) -> String {
    let name = known(runtime.name());
    let mut ids: Vec<&str> = Vec::new();
    for id in runtime.models() {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let listed: Vec<_> = ids.iter().take(LISTED_IDS).map(|id| known(id)).collect();
    match ids.len() - listed.len() {
        _ if ids.is_empty() => format!("{name} lists no ids and routes by pattern"),
        0 => format!("{name} takes {}, and what matches its patterns", listed.join(", ")),
        more => format!("{name} takes {} and {more} more, and what matches its patterns", listed.join(", ")),
    }
}

/// Which runtimes of the registry route a model.
pub fn routed_by(model: Option<ModelId>) -> String {
    let routes = |runtime: &RuntimeRecord| REGISTRY.judge(Some(runtime.name().as_bytes()), model).code.is_routable();
    let names: Vec<_> = REGISTRY.runtimes().filter(routes).map(|runtime| known(runtime.name())).collect();
    if names.is_empty() { "no runtime routes it".to_owned() } else { format!("it is routed by {}", names.join(", ")) }
}
