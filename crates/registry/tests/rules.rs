//! Every rule of the file format: what breaks it is a fault of its kind, and what just keeps it is not a fault.

mod common;

use common::{faults, file};

const RUNTIMES: &str = "r: {providers: [{name: a}]}";

fn only_fault(text: &str) -> (String, String) {
    let found = faults(text);
    assert_eq!(found.len(), 1, "{text}\n{found:#?}");
    let kind = format!("{:?}", found[0].kind());
    (found[0].path().to_owned(), kind.split([' ', '(']).next().unwrap_or_default().to_owned())
}

#[test]
fn a_provider_that_breaks_a_rule_is_refused() {
    for (fields, path, kind) in [
        ("name: a, display_name: [A], ", "display_name", "WrongType"),
        ("name: a, display_name: '', ", "display_name", "Blank"),
        ("name: a, protocol: OpenAI, ", "protocol", "UnknownProtocol"),
        ("name: a, auth_mode: null, ", "auth_mode", "WrongType"),
        ("name: a, auth_env: A_KEY, ", "auth_env", "WrongType"),
        ("name: a, auth_env: [1], ", "auth_env[0]", "WrongType"),
        ("name: a, auth_env: [''], ", "auth_env[0]", "NotAVariableName"),
        ("name: a, auth_env: [1A], ", "auth_env[0]", "NotAVariableName"),
        ("name: a, model_prefix_match: '\\bx', ", "model_prefix_match", "Pattern"),
        ("name: a, model_prefix_match: 'x[a-z]{30}$', ", "model_prefix_match", "Pattern"),
        ("name: a, model_prefix_match: ' ', ", "model_prefix_match", "Blank"),
        ("name: a, auth_token_env: a-b, ", "auth_token_env", "NotAVariableName"),
        ("name: a, upstream_vendor: 1, ", "upstream_vendor", "WrongType"),
        ("name: a, vendor_logo: [], ", "vendor_logo", "WrongType"),
        ("name: a, base_url_template: 1, ", "base_url_template", "WrongType"),
        ("name: a, wire_model_prefix: null, ", "wire_model_prefix", "WrongType"),
        ("name: a, model_aliases: x, ", "model_aliases", "WrongType"),
        ("name: a, model_aliases: [1], ", "model_aliases[0]", "WrongType"),
        ("name: a, deprecated: 'yes', ", "deprecated", "WrongType"),
        ("name: a, endpoint_vars: [], ", "endpoint_vars", "WrongType"),
        ("name: a, endpoint_vars: {v: {env: E}}, ", "endpoint_vars.\"?\"", "MissingKey"),
        ("name: a, endpoint_vars: {v: {env: E, default: d, x: y}}, ", "endpoint_vars.\"?\".\"?\"", "UnknownKey"),
        ("name: a, !x deprecated: true, ", "\"?\"", "WrongType"),
        ("name: a, 1: x, ", "\"?\"", "WrongType"),
        ("name: a, deprecated: !x true, ", "deprecated", "WrongType"),
        ("name: a, deprecated: true, deprecated: true, ", "deprecated", "DuplicateKey"),
    ] {
        assert_eq!(only_fault(&file(fields, RUNTIMES)), (format!("providers[0].{path}"), kind.into()), "{fields}");
    }
}

#[test]
fn a_provider_name_with_white_space_around_it_is_refused() {
    for name in ["' a'", "\"a\\u3000\"", "\"\\ta\""] {
        let found = faults(&file(&format!("name: {name}, "), RUNTIMES));
        assert_eq!(found[0].path(), "providers[0].name");
        assert!(matches!(found[0].kind(), registry::FaultKind::SurroundingWhiteSpace { .. }), "{found:?}");
    }
}

#[test]
fn a_runtime_that_breaks_a_rule_is_refused() {
    for (runtimes, path, kind) in [
        ("r: null", "r", "WrongType"),
        ("r: {}", "r", "MissingKey"),
        ("r: {providers: {}}", "r.providers", "WrongType"),
        ("r: {providers: [a]}", "r.providers[0]", "WrongType"),
        ("r: {providers: [{models: [x]}]}", "r.providers[0]", "MissingKey"),
        ("r: {providers: [{name: ' a'}]}", "r.providers[0].name", "UnknownProvider"),
        ("r: {providers: [{name: a, models: x}]}", "r.providers[0].models", "WrongType"),
        ("r: {providers: [{name: a, models: [x, 4.5]}]}", "r.providers[0].models[1]", "WrongType"),
        ("r: {providers: [{name: a, models: ['']}]}", "r.providers[0].models[0]", "Blank"),
        ("r: {providers: [{name: a, models: [\"x\\u00a0\"]}]}", "r.providers[0].models[0]", "SurroundingWhiteSpace"),
        ("r: {providers: [{name: a, withdrawn_models: [x, x]}]}", "r.providers[0].withdrawn_models[1]", "DuplicateId"),
        ("r: {display_name: '', providers: [{name: a}]}", "r.display_name", "Blank"),
        (
            "r: {default_model: x, providers: [{name: a, withdrawn_models: [x]}]}",
            "r.default_model",
            "DefaultModelNotListed",
        ),
        ("r: {default_model: ' x', providers: [{name: a, models: [x]}]}", "r.default_model", "DefaultModelNotListed"),
        ("r: {providers: [{name: a}], x: y}", "r.x", "UnknownKey"),
        ("r: {providers: [{name: a, enabled: true}]}", "r.providers[0].enabled", "UnknownKey"),
        ("r: {providers: [{name: a}]}, r: {providers: [{name: a}]}", "r", "DuplicateKey"),
        ("' r': {providers: [{name: a}]}", "\" r\"", "SurroundingWhiteSpace"),
        ("'': {providers: [{name: a}]}", "\"\"", "Blank"),
        ("1: {providers: [{name: a}]}", "\"?\"", "WrongType"),
    ] {
        assert_eq!(only_fault(&file("name: a, ", runtimes)), (format!("runtimes.{path}"), kind.into()), "{runtimes}");
    }
}

/// A file with the provider `a`, which has a pattern, the provider `n`, which has none, and these runtimes.
fn with_and_without_pattern(runtimes: &str) -> String {
    let without = "{name: n, display_name: N, protocol: openai, auth_mode: key, auth_env: [N_KEY]}";
    file("name: a, ", runtimes).replacen("}]\n", &format!("}}, {without}]\n"), 1)
}

#[test]
fn what_an_arm_lists_and_announces_keeps_the_rules() {
    // Each breach with its path and kind, then a file that just keeps the rule.
    for (breach, path, kind, kept) in [
        ("{name: n}", "", "ArmRoutesNothing", "{name: n, withdrawn_models: [x]}"),
        ("{name: n, models: []}", "", "ArmRoutesNothing", "{name: n, models: [x]}"),
        ("{name: a, only_listed: true}", "", "ArmRoutesNothing", "{name: a, only_listed: false}"),
        (
            "{name: a, only_listed: 1, models: [x]}",
            ".only_listed",
            "WrongType",
            "{name: a, only_listed: true, models: [x]}",
        ),
        (
            "{name: a, models: [{id: x, retires: 2026-02-29}]}",
            ".models[0].retires",
            "NotADate",
            "{name: a, models: [{id: x, retires: 2028-02-29}]}",
        ),
        (
            "{name: a, models: [{id: x, retires: 2026}]}",
            ".models[0].retires",
            "WrongType",
            "{name: a, models: [{id: x, retires: '2026-01-01'}]}",
        ),
        ("{name: a, models: [{id: x, retires: }]}", ".models[0].retires", "WrongType", "{name: a, models: [{id: x}]}"),
        (
            "{name: a, models: [{id: x, since: 2026-01-01}]}",
            ".models[0].since",
            "UnknownKey",
            "{name: a, withdrawn_models: [{id: x, since: 2026-01-01}]}",
        ),
        (
            "{name: a, withdrawn_models: [{id: x, retires: 2026-01-01}]}",
            ".withdrawn_models[0].retires",
            "UnknownKey",
            "{name: a, models: [{id: x, retires: 2026-01-01}]}",
        ),
        (
            "{name: a, models: [{retires: 2026-01-01}]}",
            ".models[0]",
            "MissingKey",
            "{name: a, models: [{id: x, retires: 2026-01-01}]}",
        ),
        ("{name: a, models: [{id: ' x'}]}", ".models[0].id", "SurroundingWhiteSpace", "{name: a, models: [{id: x}]}"),
        ("{name: a, models: [{id: ''}]}", ".models[0].id", "Blank", "{name: a, models: [{id: '.'}]}"),
        ("{name: a, models: [x, {id: x}]}", ".models[1].id", "DuplicateId", "{name: a, models: [x, {id: y}]}"),
        (
            "{name: a, models: [x, {id: y, replacement: ' '}]}",
            ".models[1].replacement",
            "Blank",
            "{name: a, models: [x, {id: y, replacement: x}]}",
        ),
        (
            "{name: a, models: [{id: y, replacement: x}]}",
            ".models[0].replacement",
            "ReplacementNotOffered",
            "{name: a, models: [{id: y, replacement: x}]}, {name: n, models: [x]}",
        ),
        (
            "{name: a, models: [{id: y, replacement: x}], withdrawn_models: [x]}",
            ".models[0].replacement",
            "ReplacementNotOffered",
            "{name: a, models: [{id: y, replacement: x}, {id: x, replacement: y}]}",
        ),
        (
            "{name: a, models: [{id: x, replacement: x}]}",
            ".models[0].replacement",
            "ReplacedByItself",
            "{name: a, models: [{id: x, replacement: y}, y]}",
        ),
        (
            "{name: a, withdrawn_models: [{id: x, replacement: y}]}",
            ".withdrawn_models[0].replacement",
            "ReplacementNotOffered",
            "{name: a, models: [y], withdrawn_models: [{id: x, replacement: y}]}",
        ),
    ] {
        let text = with_and_without_pattern(&format!("r: {{providers: [{breach}]}}"));
        assert_eq!(only_fault(&text), (format!("runtimes.r.providers[0]{path}"), kind.to_owned()), "{breach}");
        let text = with_and_without_pattern(&format!("r: {{providers: [{kept}]}}"));
        registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{kept}: {faults}"));
    }
}

#[test]
fn a_runtime_is_external_once_and_not_judged() {
    let text = |names: &str| format!("{}external_runtimes: {names}\n", file("name: a, ", RUNTIMES));
    for (names, path, kind) in [
        ("x", "", "WrongType"),
        ("[1]", "[0]", "WrongType"),
        ("['']", "[0]", "Blank"),
        ("[' x']", "[0]", "SurroundingWhiteSpace"),
        ("[x, y, x]", "[2]", "DuplicateExternalRuntime"),
        ("[x, r]", "[1]", "JudgedAndExternal"),
    ] {
        assert_eq!(only_fault(&text(names)), (format!("external_runtimes{path}"), kind.to_owned()), "{names}");
    }
    let registry = registry::read(text("[x, R, y]").as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(registry.external_runtimes, ["x", "R", "y"]);
    assert!(registry::read(text("[]").as_bytes()).is_ok());
}

#[test]
fn an_id_offered_by_one_arm_and_withdrawn_by_another_is_refused() {
    let text = "
schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: k, auth_env: [A], model_prefix_match: ^a}
  - {name: b, display_name: B, protocol: openai, auth_mode: k, auth_env: [B], model_prefix_match: ^b}
runtimes: {r: {providers: [{name: a, models: [x]}, {name: b, withdrawn_models: [x]}]}}
";
    let expected = ("runtimes.r.providers[1].withdrawn_models[0]".to_owned(), "OfferedAndWithdrawn".to_owned());
    assert_eq!(only_fault(text), expected);
}

#[test]
fn a_root_that_breaks_a_rule_is_refused() {
    let valid = file("name: a, ", RUNTIMES);
    for (text, path, kind) in [
        ("[]".to_owned(), "", "WrongType"),
        ("text".to_owned(), "", "WrongType"),
        ("# nothing\n".to_owned(), "", "EmptyDocument"),
        ("---\n---\n".to_owned(), "", "EmptyDocument"),
        (valid.replace(": 1\n", ": '1'\n"), "schema_version", "WrongType"),
        (valid.replace(": 1\n", ": 1.0\n"), "schema_version", "WrongType"),
        (valid.replace(": 1\n", ": 0\n"), "schema_version", "SchemaVersion"),
        (format!("{valid}runtime: {{}}\n"), "runtime", "UnknownKey"),
        (format!("{valid}runtimes: {{}}\n"), "runtimes", "DuplicateKey"),
        (format!("{valid}--- {{}}\n"), "", "SecondDocument"),
        (valid.replace("schema_version", "\0"), "", "ControlCharacter"),
        (format!("{valid}allowed_lints: {{}}\n"), "allowed_lints", "WrongType"),
        (format!("{valid}allowed_lints: [{{lint: x, at: y, reason: z}}]\n"), "allowed_lints[0].lint", "UnknownLint"),
        (format!("{valid}allowed_lints: [{{lint: unused_provider, at: y}}]\n"), "allowed_lints[0]", "MissingKey"),
        (
            format!("{valid}allowed_lints: [{{lint: unused_provider, at: y, reason: ' '}}]\n"),
            "allowed_lints[0].reason",
            "Blank",
        ),
    ] {
        assert_eq!(only_fault(&text), (path.to_owned(), kind.to_owned()), "{text}");
    }
}

#[test]
fn what_the_format_allows_loads() {
    let optional = "name: 'a b', auth_token_env: T, upstream_vendor: v, vendor_logo: l, base_url_template: null, \
                    base_url_anthropic: 'https://x/', wire_model_prefix: w, thinking_policy: t, model_aliases: [], \
                    deprecated: false, endpoint_vars: {region: {env: REGION, default: ''}}, ";
    for runtimes in [
        "4.5x: {display_name: R, default_model: y, providers: [{name: a b, models: [x, y, z  z], withdrawn_models: []}]}",
        "ü: {providers: [{name: a b, models: []}]}",
    ] {
        let text = file(optional, runtimes);
        registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    }
}

#[test]
fn a_value_repeated_by_an_alias_is_as_good_as_written_out() {
    let text = "
schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: k, auth_env: &keys [A], model_prefix_match: ^a}
  - {name: b, display_name: B, protocol: openai, auth_mode: k, auth_env: *keys, model_prefix_match: ^b}
runtimes: {r: &r {providers: [{name: a}]}, s: *r}
";
    let registry = registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(registry.providers[1].auth_env, ["A"]);
    assert_eq!(registry.runtimes.len(), 2);
}
