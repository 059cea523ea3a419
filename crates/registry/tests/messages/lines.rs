//! The line that a message names.

use crate::common::faults;
use crate::file::{HEAD, report, with_items};

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let file = with_items("          - 'a\u{2028}\u{2029}\u{85}b'\n          - 1.10\n");
    let told = "line 16: runtimes.r.providers[0].models[2]: expected text, found the number 1.10; put it in quotes";
    assert_eq!(report(&file), told);
    assert_eq!(report(&file.replace('\n', "\r\n")), told);
    assert_eq!(report(&file.replace('\n', "\r")), told);
    let file = file.replace("1.10", "x2");
    assert!(report(&format!("{file}---\n")).starts_with("line 17: "));
    assert!(report(&format!("{file}---\n").replace('\n', "\r")).starts_with("line 17: "));
    assert!(report(&format!("{file}  @\n")).starts_with("line 17: "));
    assert!(report(&format!("{file}\u{7}\n")).starts_with("line 17: "));
}

#[test]
fn a_tag_is_told_by_its_own_line() {
    let text = HEAD.to_owned() + "\n          !x\n            - y\n";
    assert_eq!(
        report(&text),
        "line 15: runtimes.r.providers[0].models: expected a list, found a value behind a tag (!); remove the tag"
    );
}

#[test]
fn what_is_empty_is_told_by_its_own_line() {
    let items = "          - {}\n          - []\n          -\n          - # nothing\n          - ''\n";
    let lines: Vec<_> = faults(&with_items(items)).iter().map(|fault| fault.line().unwrap()).collect();
    assert_eq!(lines, [15, 16, 17, 18, 19]);
    assert_eq!(
        report("# a comment\n\n{}\n"),
        "line 3: the required key \"schema_version\" is missing\nline 3: the required key \"providers\" is missing\n\
         line 3: the required key \"runtimes\" is missing"
    );
    assert_eq!(report("\n[]\n"), "line 2: expected a map, found a list; write key: value, without a dash");
}

#[test]
fn what_an_alias_repeats_is_told_by_the_alias_s_line() {
    let text = with_items("          - &number 1.10\n          - *number\n") + "      - name: a\n";
    let lines = |text: &str| -> Vec<_> {
        faults(text).iter().map(|fault| (fault.line().unwrap(), fault.kind().to_string())).collect()
    };
    let told = || "expected text, found the number 1.10; put it in quotes".to_owned();
    assert_eq!(lines(&text)[..2], [(15, told()), (16, told())]);
    let list = with_items("          - 1.10\n").replace("models:", "models: &ids")
        + "  s:\n    providers:\n      - name: a\n        models: *ids\n";
    assert_eq!(lines(&list), [(15, told()), (19, told())]);
    let map = HEAD
        .replace("auth_mode: key", "endpoint_vars: {v: &v {x: y}, w: {}}")
        .replace("runtimes:", "  - *v\nruntimes:");
    assert!(faults(&map).iter().any(|fault| fault.line() == Some(9) && fault.path().starts_with("providers[1]")));
}
