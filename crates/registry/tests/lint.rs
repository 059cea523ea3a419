//! The lints warn of what is allowed and probably not meant, and of nothing else.

mod common;

use registry::Warning;

/// A registry of providers by name and pattern, with these runtimes and allowances.
fn warnings(providers: &[(&str, &str)], rest: &str) -> Vec<Warning> {
    let mut text = String::from("schema_version: 1\nproviders:\n");
    for (name, pattern) in providers {
        text += &format!(
            "  - {{name: {name}, display_name: {name}, protocol: openai, auth_mode: k, auth_env: [K], \
             model_prefix_match: '{pattern}'}}\n"
        );
    }
    text += rest;
    registry::lint(&registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}")))
}

fn shown(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn the_shipped_registry_lints_clean() {
    let registry = registry::read(include_bytes!("../../../providers.yaml")).unwrap();
    assert_eq!(shown(&registry::lint(&registry)), [""; 0]);
}

#[test]
fn two_patterns_of_a_runtime_that_match_one_id_are_shown_with_the_shortest_such_id() {
    let found = warnings(
        &[("kimi", "^kimi-"), ("k2", "^kimi-k2"), ("other", "^other")],
        "runtimes:\n  r:\n    providers:\n      - name: kimi\n      - name: other\n      - name: k2\n",
    );
    assert_eq!(
        shown(&found),
        [
            "line 11: runtimes.r.providers[2]: the patterns of \"kimi\" and \"k2\" both match \"kimi-k2\", so it is refused \
          as ambiguous [ambiguous_ids at r/kimi+k2]",
            "line 11: runtimes.r.providers[2]: the pattern \"^kimi-k2\" never decides in this runtime: every id that it \
          matches is listed or matched by another arm [arm_never_decides at r/k2]"
        ]
    );
}

#[test]
fn an_id_that_is_listed_or_withdrawn_is_not_ambiguous() {
    let runtimes = |ids: &str| format!("runtimes: {{r: {{providers: [{{name: a, {ids}}}, {{name: b}}]}}}}\n");
    let providers = [("a", "^a(b|c)?$"), ("b", "^(ab|ac|b)$")];
    let example = |ids: &str| -> Vec<_> {
        let found = warnings(&providers, &runtimes(ids));
        found.iter().map(|warning| warning.text().to_owned()).collect()
    };
    assert!(example("models: []")[0].contains("both match \"ab\""));
    assert!(example("models: [ab]")[0].contains("both match \"ac\""));
    assert_eq!(example("models: [ab], withdrawn_models: [ac]"), [""; 0]);
}

#[test]
fn an_arm_whose_every_id_is_listed_never_decides() {
    let found = warnings(
        &[("a", "^(x|y)$"), ("b", "^b")],
        "runtimes: {r: {providers: [{name: a, models: [x]}, {name: b, models: [y]}]}}\n",
    );
    assert_eq!(found.iter().map(Warning::at).collect::<Vec<_>>(), ["r/a"]);
}

#[test]
fn a_pattern_that_is_not_anchored_and_a_provider_that_is_not_used_are_noticed() {
    let found =
        warnings(&[("a", "^a|b"), ("b", "(?i)(^b|^c)"), ("c", "c")], "runtimes: {r: {providers: [{name: b}]}}\n");
    let found: Vec<_> = found
        .iter()
        .map(|warning| format!("{} {} {}", warning.line().unwrap(), warning.kind(), warning.at()))
        .collect();
    assert_eq!(
        found,
        ["3 unused_provider a", "3 unanchored_pattern a", "5 unused_provider c", "5 unanchored_pattern c"]
    );
}

#[test]
fn an_allowance_silences_its_warning_and_one_that_silences_nothing_is_noticed() {
    let runtimes = "runtimes: {r: {providers: [{name: b}]}}\n";
    let allowed = |lint: &str, at: &str| format!("  - {{lint: {lint}, at: {at}, reason: kept for later}}\n");
    let providers = [("a", "^a"), ("b", "^b")];
    let found = warnings(&providers, &format!("{runtimes}allowed_lints:\n{}", allowed("unused_provider", "a")));
    assert_eq!(shown(&found), [""; 0]);
    let list = allowed("unused_provider", "a") + &allowed("unused_provider", "a") + &allowed("ambiguous_ids", "r/a+b");
    let found = warnings(&providers, &format!("{runtimes}allowed_lints:\n{list}"));
    assert_eq!(
        shown(&found),
        [
            "line 8: allowed_lints[1]: there is no further warning unused_provider at \"a\" to allow; remove this entry \
             [needless_allowance at a]",
            "line 9: allowed_lints[2]: there is no further warning ambiguous_ids at \"r/a+b\" to allow; remove this entry \
             [needless_allowance at r/a+b]",
        ]
    );
}
