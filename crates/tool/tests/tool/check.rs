//! `check`: faults, warnings and the exit status.

use crate::program::{ANNOUNCING, edited, json, run, shipped, written};

#[test]
fn check_accepts_the_shipped_registry_without_warnings() {
    let run = run(&["check", &shipped()]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.ends_with("loads: 32 providers, 5 runtimes, 58 listed ids, 3 external runtimes\n"), "{}", run.out);
}

#[test]
fn check_prints_every_fault_with_its_line_and_exits_with_2() {
    let file = edited(
        "faulty.yaml",
        &[
            ("name: kimi-coding\n        models", "name: kimi-codin\n        models"),
            ("display_name: Hermes", "display_nam: Hermes"),
        ],
    );
    let run = run(&["check", &file]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(run.err.lines().filter(|line| line.starts_with("  line ")).count(), 2, "{}", run.err);
    assert!(run.err.replace("\n   ", "").contains("named \"kimi-codin\"; did you mean \"kimi-coding\"?"));
    let (status, answer) = json(&["check", &file]);
    assert_eq!((status, &answer["loads"]), (2, &false.into()));
    assert_eq!(answer["faults"][1]["path"], "runtimes.hermes.display_nam");
}

#[test]
fn check_prints_warnings_and_exits_with_0() {
    let file = edited("warned.yaml", &[("'^deepseek[-:/]'", "'deepseek[-:/]'")]);
    let (status, answer) = json(&["check", &file]);
    assert_eq!((status, &answer["warnings"][0]["lint"]), (0, &"unanchored_pattern".into()));
    assert!(run(&["check", &file]).out.contains("[unanchored_pattern at deepseek]"));
}

#[test]
fn check_warns_of_a_retirement_that_has_passed_and_of_none_that_is_to_come() {
    assert!(!run(&["check", &written("to-come.yaml", ANNOUNCING)]).out.contains("warning"));
    let file = written("passed.yaml", &ANNOUNCING.replace("2099-01-01", "2020-01-01"));
    let run_ = run(&["check", &file]);
    assert_eq!(run_.status, 0);
    assert!(run_.out.contains("[past_retirement at r/a/a-2]"), "{}", run_.out);
}

#[test]
fn a_registry_that_does_not_load_never_answers() {
    let faulty = written("not-loading.yaml", "schema_version: 2\n");
    for arguments in [
        vec!["explain", "nowhere", "x", "--registry", &faulty],
        vec!["explain", "nowhere", "x", "--registry", "/nonexistent.yaml"],
        vec!["list", "--registry", &faulty],
        vec!["diff", &faulty, &faulty],
        vec!["check", "/nonexistent.yaml"],
        vec!["explain", "only-a-runtime"],
        vec!["unknown-command"],
        vec![],
    ] {
        let run = run(&arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.out.is_empty() && !run.err.is_empty(), "{arguments:?}");
    }
}
