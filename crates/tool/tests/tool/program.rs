//! Runs the tool, and writes the files that it reads.

use std::path::PathBuf;
use std::process::Command;

pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

pub fn run(arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_model-routable")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

pub fn json(arguments: &[&str]) -> (i32, serde_json::Value) {
    let run = run(&[arguments, &["--json"]].concat());
    (run.status, serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err)))
}

const SHIPPED: &str = include_str!("../../../../providers.yaml");

pub fn shipped() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../providers.yaml").into()
}

/// A file for one test.
pub fn written(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().into()
}

/// The shipped registry with replacements. The text of each must occur in it.
pub fn edited(name: &str, edits: &[(&str, &str)]) -> String {
    let text = edits.iter().fold(SHIPPED.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    written(name, &text)
}

/// A file with every kind of announcement, with an arm that takes only its listed ids, and with external runtimes.
pub const ANNOUNCING: &str = "
schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: k, auth_env: [A], model_prefix_match: ^a}
  - {name: b, display_name: B, protocol: openai, auth_mode: k, auth_env: [B]}
runtimes:
  r:
    providers:
      - name: a
        models: [a-1.1, {id: a-1, retires: 2099-12-31, replacement: a-1.1}, {id: a-2, retires: 2099-01-01}]
        withdrawn_models: [x, {id: y, since: 2026-08-04, replacement: a-1.1}, {id: z, replacement: a-1.1}]
      - {name: b, models: [b-1]}
  strict:
    providers:
      - {name: a, only_listed: true, models: [q]}
external_runtimes: [langgraph, mock]
";
