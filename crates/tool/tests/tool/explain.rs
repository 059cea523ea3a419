//! `explain`: why a pair is routable or not, and which registry answers.

use crate::program::{ANNOUNCING, edited, json, run, shipped, written};

#[test]
fn without_a_file_the_answer_is_that_of_the_registry_that_is_built_in() {
    // The registry that MODEL_ROUTABLE_PROVIDERS named for the build, else the shipped one.
    let file = written("built_in.yaml", std::str::from_utf8(registry::BUILT_IN).unwrap());
    let built_in = run(&["list", "--registry", &file]);
    assert_eq!((run(&["list"]).out, built_in.status), (built_in.out, 0));
}

#[test]
fn explain_says_why_and_through_which_provider() {
    let shipped = shipped();
    let run = |arguments: &[&str]| run(&[arguments, &["--registry", &shipped]].concat());
    let json = |arguments: &[&str]| json(&[arguments, &["--registry", &shipped]].concat());
    let refused = run(&["explain", "hermes", "anthropic/claude-opus-4-7"]);
    assert_eq!(refused.status, 1);
    assert!(refused.out.contains("UNREGISTERED_MODEL_FOR_RUNTIME: "), "{}", refused.out);
    let (status, answer) = json(&["explain", "codex", " gpt-5.5 ", "--auth-env", "X,OPENAI_API_KEY"]);
    assert_eq!(status, 0);
    assert_eq!(answer["provider"], "openai-api");
    assert_eq!(answer["matched_by"], "exact");
    assert_eq!(json(&["explain", "codex", "gpt-5.5"]).1["provider"], "openai-subscription");
    assert_eq!(json(&["explain", "hermes", "openai/gtp"]).1["code"], "ROUTABLE_BY_PREFIX");
    assert_eq!(json(&["explain", "hermes", "moonshot/kimi-k2-6"]).1["suggestion"], "moonshot/kimi-k2.6");
    assert_eq!(json(&["explain", "claude-code", "claude-opus-4.7"]).1["suggestion"], "claude-opus-4-7");
    let near = json(&["explain", "claude-code", "anthropic.claude-opus-4-7"]).1;
    assert_eq!(near["suggestions"], serde_json::json!(["anthropic:claude-opus-4-7", "anthropic/claude-opus-4-7"]));
    let near = run(&["explain", "claude-code", "anthropic.claude-opus-4-7"]).out;
    let asked = "Did you mean \"anthropic:claude-opus-4-7\" or \"anthropic/claude-opus-4-7\"?";
    assert!(near.contains(asked), "{near}");
    assert_eq!(json(&["explain", "Hermes", "x"]).1["suggestion"], "hermes");
    assert!(json(&["explain", "claude-code", "qqqq"]).1["suggestion"].is_null());
    assert_eq!(run(&["explain", "nowhere", "x"]).status, 0, "another registry may know the runtime");
}

#[test]
fn explain_answers_from_a_file_that_is_named() {
    let file = edited("named.yaml", &[("  hermes:\n", "  hermes-2:\n")]);
    assert_eq!(run(&["explain", "hermes-2", "x", "--registry", &file]).status, 1);
    assert_eq!(run(&["explain", "hermes", "x", "--registry", &file]).status, 0);
}

#[test]
fn explain_tells_what_is_announced_and_near_misses() {
    let file = written("explained.yaml", ANNOUNCING);
    let run = |runtime: &str, model: &str| run(&["explain", runtime, model, "--registry", &file]);
    for (runtime, model, told) in [
        ("r", "a-1", "\n  It retires on 2099-12-31; its replacement is \"a-1.1\".\n"),
        ("r", "a-2", "\n  It retires on 2099-01-01.\n"),
        ("r", "y", "\n  It was withdrawn on 2026-08-04; its replacement is \"a-1.1\".\n"),
        ("r", "z", "\n  Its replacement is \"a-1.1\".\n"),
        ("r", "a_1.1", "\n  It is a near miss: it passes, although only punctuation"),
        ("R", "a-1", "\n  It is a near miss: it passes, although only punctuation"),
        ("mock", "a-1", "EXTERNAL_RUNTIME: "),
    ] {
        let run = run(runtime, model);
        assert!(run.out.contains(told), "{told}\n{}", run.out);
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);
    }
    assert!(run("r", "a_1.1").out.contains("Did you mean \"a-1.1\"?"));
    for (runtime, model) in [("r", "a-1.1"), ("r", "x"), ("r", "a-9"), ("s", "a-1")] {
        let out = run(runtime, model).out;
        assert!(!out.contains("near miss") && !out.contains("replacement") && !out.contains("retires"), "{out}");
    }
    let (_, answer) = json(&["explain", "r", "a-1", "--registry", &file]);
    let said =
        |answer: &serde_json::Value| ["near_miss", "retires", "since", "replacement"].map(|key| answer[key].clone());
    assert_eq!(said(&answer), [false.into(), "2099-12-31".into(), serde_json::Value::Null, "a-1.1".into()]);
    let (_, answer) = json(&["explain", "r", "y", "--registry", &file]);
    assert_eq!(said(&answer), [false.into(), serde_json::Value::Null, "2026-08-04".into(), "a-1.1".into()]);
    assert_eq!(json(&["explain", "r", "A-1", "--registry", &file]).1["code"], "UNREGISTERED_MODEL_FOR_RUNTIME");
    assert_eq!(json(&["explain", "r", "a.1.1", "--registry", &file]).1["near_miss"], true);
}
