//! The lints warn of content that is allowed and probably not intended, and of nothing else.

mod common;

use registry::{Date, Registry, Warning};

/// The warnings on a fixed day, so that the dates of these tests do not pass.
fn lint(registry: &Registry) -> Vec<Warning> {
    registry::lint(registry, Date::parse("2026-12-31").unwrap())
}

/// A registry with providers by name and pattern, and with these runtimes and allowances.
fn warnings(providers: &[(&str, &str)], rest: &str) -> Vec<Warning> {
    let mut text = String::from("schema_version: 1\nproviders:\n");
    for (name, pattern) in providers {
        text += &format!(
            "  - {{name: {name}, display_name: {name}, protocol: openai, auth_mode: k, auth_env: [K], \
             model_prefix_match: '{pattern}'}}\n"
        );
    }
    text += rest;
    lint(&registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}")))
}

fn shown(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn the_shipped_registry_lints_clean() {
    let registry = registry::read(include_bytes!("../../../providers.yaml")).unwrap();
    assert_eq!(shown(&lint(&registry)), [""; 0]);
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

/// The kind, line and text of each warning about a registry with this provider name, pattern, aliases, runtime name and ids.
/// The text in brackets can allow each of them.
fn odd(name: &str, pattern: &str, aliases: &str, runtime: &str, ids: &str) -> Vec<String> {
    let text = |allowances: &str| {
        format!(
            "schema_version: 1\nproviders:\n  - name: {name}\n    display_name: A\n    protocol: openai\n    auth_mode: k\n    \
             auth_env: [K]\n    model_prefix_match: {pattern}\n    model_aliases: {aliases}\nruntimes:\n  {runtime}:\n    \
             providers:\n      - name: {name}\n        models:\n{ids}{allowances}"
        )
    };
    let of_text =
        |text: &str| lint(&registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}\n{text}")));
    let found = of_text(&text(""));
    let mut allowances = String::from("allowed_lints:\n");
    let mut allowed = std::collections::HashSet::new();
    for warning in found.iter().filter(|warning| allowed.insert((warning.kind().as_str(), warning.at()))) {
        allowances +=
            &format!("  - {{lint: {}, at: '{}', reason: meant}}\n", warning.kind(), warning.at().replace('\'', "''"));
    }
    if !found.is_empty() {
        assert_eq!(shown(&of_text(&text(&allowances))), [""; 0]);
    }
    found.iter().map(|warning| format!("{} {} {}", warning.line().unwrap(), warning.kind(), warning.text())).collect()
}

#[test]
fn a_star_that_is_meant_as_a_glob_s_is_noticed_and_a_repetition_is_not() {
    assert_eq!(
        odd("a", "^bedrock/*", "[]", "r", "          - x\n"),
        [
            "8 glob_pattern a * in the pattern \"^bedrock/*\" repeats what is before it, also no times, and does not stand for \
          any text; write \"^bedrock/\""
        ]
    );
    assert_eq!(odd("a", "^vendor-*x", "[]", "r", "          - x\n").len(), 1);
    assert_eq!(odd("a", "'^(kimi*|x)$'", "[]", "r", "          - x\n").len(), 1);
    for pattern in ["^kimi-.*", "'^kimi(-x)*'", "'^kimi[-/]*'", "^ki*mi-", r"^kimi\d*"] {
        assert_eq!(odd("a", pattern, "[]", "r", "          - x\n"), [""; 0]);
    }
}

#[test]
fn a_character_that_cannot_be_seen_is_noticed_wherever_ids_are_compared() {
    let ids = "          - x\u{2060}\n          - \"gpt-5.5\\u200b\"\n          - x\u{fe0f}\n";
    let found = odd("\"a\\u200b\"", "^gpt\u{ad}", "[\"x\\u2060\"]", "r\u{feff}", ids);
    assert_eq!(
        found,
        [
            r#"3 invisible_character the provider "a\u{200b}" holds U+200B, which cannot be seen; remove it"#,
            r#"8 invisible_character the pattern "^gpt\u{ad}" holds U+00AD, which cannot be seen; remove it"#,
            r#"9 invisible_character the alias "x\u{2060}" holds U+2060, which cannot be seen; remove it"#,
            r#"11 invisible_character the runtime "r\u{feff}" holds U+FEFF, which cannot be seen; remove it"#,
            r#"15 invisible_character the id "x\u{2060}" holds U+2060, which cannot be seen; remove it"#,
            r#"16 invisible_character the id "gpt-5.5\u{200b}" holds U+200B, which cannot be seen; remove it"#,
            r#"17 invisible_character the id "x\u{fe0f}" holds U+FE0F, which cannot be seen; remove it"#,
        ]
    );
    assert_eq!(odd("a", r"^gpt\x{200b}", "[]", "r", "          - ü\u{301}模\n"), [""; 0]);
}

#[test]
fn a_typographic_quote_or_hyphen_is_noticed_wherever_ids_are_compared() {
    let found = odd("a–b", "^gpt‑", "[x’]", "r—", "          - x’\n          - “gpt-5”\n");
    let told = |line, what, text, character, point, meant| {
        format!(
            "{line} typographic_character the {what} \"{text}\" holds {character} (U+{point}), which is not what a keyboard \
             types; write \"{meant}\""
        )
    };
    assert_eq!(
        found,
        [
            told(3, "provider", "a–b", '–', "2013", "a-b"),
            told(8, "pattern", "^gpt‑", '‑', "2011", "^gpt-"),
            told(9, "alias", "x’", '’', "2019", "x'"),
            told(11, "runtime", "r—", '—', "2014", "r-"),
            told(15, "id", "x’", '’', "2019", "x'"),
            told(16, "id", "“gpt-5”", '“', "201C", "\"gpt-5\""),
        ]
    );
}

#[test]
fn white_space_or_a_comma_within_an_id_is_noticed() {
    let ids =
        "          - gpt 5.5\n          - gpt-5,\n          - a\u{a0}b\n          - a\n            b\n          - x\n";
    let told = |line, id, what| {
        format!(
            "{line} separator_in_id the id \"{id}\" holds {what}; write each id as an item of its own, or remove it"
        )
    };
    assert_eq!(
        odd("a b", "^x", "[]", "r s", ids),
        [
            told(15, "gpt 5.5", "white space"),
            told(16, "gpt-5,", "a comma"),
            told(17, "a\\u{a0}b", "white space"),
            told(18, "a b", "white space"),
        ]
    );
}

#[test]
fn an_alias_that_no_arm_lists_is_noticed() {
    assert_eq!(
        odd("a", "^x", "[sonnet, opus]", "r", "          - sonnet\n"),
        ["9 unlisted_alias no arm lists the alias \"opus\"; add it to the models of one, or remove it"]
    );
    let withdrawn = "          - x\n        withdrawn_models: [opus]\n";
    assert_eq!(odd("a", "^x", "[opus]", "r", withdrawn), [""; 0]);
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

#[test]
fn a_date_that_has_come_is_noticed_and_one_that_is_to_come_is_not() {
    let ids = "          - {id: gone, retires: 2026-12-30}\n          - {id: today, retires: 2026-12-31, replacement: stays}\n          \
               - {id: later, retires: 2027-01-01}\n          - stays\n        withdrawn_models:\n          - w\n          \
               - {id: w1, since: 2026-12-31}\n          - id: w2\n            since: 2027-01-01\n";
    let past = |line, id, date| {
        format!(
            "{line} past_retirement the id \"{id}\" retired on {date} and is still offered; move it to withdrawn_models, or \
             correct the date"
        )
    };
    assert_eq!(
        odd("a", "^x", "[]", "r", ids),
        [
            past(15, "gone", "2026-12-30"),
            past(16, "today", "2026-12-31"),
            "22 future_withdrawal the id \"w2\" is withdrawn since 2027-01-01, which is still to come, and is refused already; \
             offer it with retires until then, or correct the date"
                .to_owned(),
        ]
    );
}

#[test]
fn a_replacement_that_is_offered_no_longer_than_the_id_is_noticed() {
    let ids = |retires: &str| {
        format!(
            "          - {{id: old, retires: 2027-06-01, replacement: new}}\n          - {{id: new, {retires}replacement: newest}}\n          \
             - newest\n"
        )
    };
    let told = |date| {
        vec![format!(
            "15 retiring_replacement the id \"old\" retires on 2027-06-01, and its replacement \"new\" no later, on {date}; name \
             one that is offered for longer"
        )]
    };
    assert_eq!(odd("a", "^x", "[]", "r", &ids("retires: 2027-06-01, ")), told("2027-06-01"));
    assert_eq!(odd("a", "^x", "[]", "r", &ids("retires: 2027-01-01, ")), told("2027-01-01"));
    assert_eq!(odd("a", "^x", "[]", "r", &ids("retires: 2027-06-02, ")), [""; 0]);
    assert_eq!(odd("a", "^x", "[]", "r", &ids("")), [""; 0]);
}

#[test]
fn a_replacement_that_another_arm_offers_for_longer_is_as_good_as_any() {
    let runtimes = |second: &str| {
        format!(
            "runtimes: {{r: {{providers: [{{name: a, models: [{{id: x, retires: 2027-06-01, replacement: y}}, {{id: y, retires: \
             2027-01-01}}]}}, {{name: b, models: [{second}]}}]}}}}\n"
        )
    };
    let found = |second: &str| warnings(&[("a", "^a"), ("b", "^b")], &runtimes(second)).len();
    assert_eq!(found("{id: y, retires: 2027-06-01}"), 1);
    assert_eq!(found("{id: y, retires: 2027-06-02}"), 0);
    assert_eq!(found("y"), 0);
}
