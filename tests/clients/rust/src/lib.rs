//! The data of every client of Rust, and its output: one line for each value, with a name, a tab and the value.

use std::fmt::Display;

use serde_json::Value;

/// What an HTTP service would answer: a status and a body.
pub type Answer = (u16, Value);

/// The address of the database.
pub fn url() -> String {
    std::env::var("DATABASE_URL").expect("DATABASE_URL")
}

/// Whether a pooler is used, which can give the next transaction a connection without the statements prepared before.
pub fn pooled() -> bool {
    std::env::var("POOLED").is_ok_and(|pooled| pooled == "yes")
}

/// Rows of which the second is the incident's pair.
pub const BATCH: [(i64, &str, &str, &str); 3] = [
    (11, "batch", "hermes", "moonshot/kimi-k2.6"),
    (12, "batch", "hermes", "anthropic/claude-opus-4-7"),
    (13, "batch", "codex", "gpt-5.5"),
];

pub fn report(name: &str, value: impl Display) {
    println!("{name}\t{value}");
}

pub fn report_answer((status, body): &Answer) {
    report("status", status);
    for name in ["code", "reason", "hint"] {
        report(name, body[name].as_str().unwrap_or_default());
    }
}

/// The version that the lock file pins of a crate.
pub fn locked_version(name: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let start = format!("name = \"{name}\"\nversion = \"");
    let (_, rest) = lock.split_once(&start).expect("a locked crate");
    rest.split('"').next().expect("a version")
}
