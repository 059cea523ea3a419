//! A registry file with faults is refused, and the report has all of them, each with kind, path and line.

mod common;

use common::{faults, file};
use registry::FaultKind;

/// The documents of conformance/invalid.yaml, each with the first lines of its report, by rule.
const REPORTS: [(&str, &str); 20] = [
    (
        "not YAML",
        "line 2: the file is not a YAML document: the list that [ opens here lacks a comma or its ] by line 3; put text that holds a bracket in quotes",
    ),
    ("empty document", "the document is empty; expected the keys schema_version, providers and runtimes"),
    ("schema_version missing", "line 1: the required key \"schema_version\" is missing"),
    ("schema_version unknown", "line 1: schema_version: schema_version is 99, but this version reads schema_version 1"),
    ("no providers", "line 2: providers: the list of providers must not be empty"),
    ("no runtimes", "line 3: runtimes: the map of runtimes must not be empty"),
    (
        "unknown provider in a runtime",
        "line 3: runtimes.r.providers[0].name: no provider of the catalogue is named \"typo\"",
    ),
    ("runtime without arms", "line 3: runtimes.r.providers: the runtime's list of providers must not be empty"),
    (
        "provider named twice in a runtime",
        "line 3: runtimes.r.providers[1].name: the provider \"a\" already has an arm in this runtime, providers[0]",
    ),
    (
        "duplicate provider name",
        "line 2: providers[1].name: the provider name \"a\" is already taken by providers[0]; names are unique",
    ),
    (
        "pattern does not compile",
        "line 2: providers[0].model_prefix_match: the pattern \"([unterminated\" cannot be used: unclosed character class",
    ),
    (
        "pattern missing",
        "line 3: runtimes.r.providers[0]: this arm can route nothing: its provider has no pattern, and it lists no ids; add ids, or remove it",
    ),
    ("unknown protocol", "line 2: providers[0].protocol: unknown protocol \"grpc\"; use openai or anthropic"),
    ("auth_env empty", "line 2: providers[0].auth_env: auth_env must not be empty"),
    (
        "misspelt key",
        "line 2: providers[0].model_prefix_mach: unknown key \"model_prefix_mach\"; did you mean \"model_prefix_match\"?",
    ),
    (
        "upstream_vendor claimed twice",
        "line 2: providers[1].upstream_vendor: the upstream_vendor \"v\" is already claimed by providers[0]",
    ),
    ("id listed twice in an arm", "line 3: runtimes.r.providers[0].models[1]: the id \"x\" comes twice in this arm"),
    (
        "id both offered and withdrawn in a runtime",
        "line 3: runtimes.r.providers[0].withdrawn_models[0]: the id \"x\" is both offered and withdrawn",
    ),
    (
        "id with surrounding space can never match",
        "line 3: runtimes.r.providers[0].models[0]: the id \" x\" has surrounding white space and could never match; \
         write \"x\"",
    ),
    (
        "default_model not listed",
        "line 3: runtimes.r.default_model: the default_model \"y\" is not one of the runtime's models",
    ),
];

#[test]
fn every_invalid_reference_document_is_refused_for_its_own_reason() {
    #[derive(serde::Deserialize)]
    struct Case {
        rule: String,
        document: String,
    }
    let cases: Vec<Case> = serde_yaml::from_str(include_str!("conformance/invalid.yaml")).unwrap();
    assert_eq!(cases.len(), REPORTS.len());
    for (case, (rule, report)) in cases.iter().zip(REPORTS) {
        assert_eq!(case.rule, rule);
        let found = faults(&case.document);
        // A misspelt required key is also a missing key, and an arm cannot name a provider that does not exist.
        let most = if matches!(rule, "misspelt key" | "no providers") { 2 } else { 1 };
        assert!(found.len() <= most, "{rule}: {found:#?}");
        let texts: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert!(texts.iter().any(|text| text.starts_with(report)), "{rule}: {texts:#?}");
    }
}

#[test]
fn all_faults_of_a_file_are_reported_at_once_in_the_order_of_their_lines() {
    let text = "\
schema_version: 1
providers:
  - name: alpha
    display_name: Alpha
    protocol: opnai
    auth_mode: key
    auth_env: [ALPHA_KEY, 'sk-1 secret']
    model_prefix_match: '^alpha('
    upstream_vendr: alpha
  - name: beta
    display_name: 7
    protocol: openai
    auth_mode: key
    auth_env: [BETA_KEY]
    model_prefix_match: ^beta
runtimes:
  first:
    providers:
      - name: alfa
        models:
          - alpha-1
          - alpha-1
          - 4.5
      - name: beta
        withdrawn_models: [alpha-1]
    default_model: alpha-2
    default_model: alpha-1
  second: {}
";
    let found: Vec<_> =
        faults(text).iter().map(|fault| format!("{} {}", fault.line().unwrap(), fault.path())).collect();
    assert_eq!(
        found,
        [
            "5 providers[0].protocol",
            "7 providers[0].auth_env[1]",
            "8 providers[0].model_prefix_match",
            "9 providers[0].upstream_vendr",
            "11 providers[1].display_name",
            "19 runtimes.first.providers[0].name",
            "22 runtimes.first.providers[0].models[1]",
            "23 runtimes.first.providers[0].models[2]",
            "25 runtimes.first.providers[1].withdrawn_models[0]",
            "26 runtimes.first.default_model",
            "27 runtimes.first.default_model",
            "28 runtimes.second",
        ]
    );
}

#[test]
fn a_misspelt_key_or_provider_or_default_gets_a_suggestion() {
    for (text, suggestion) in [
        (file("name: a, displayname: A, ", "r: {providers: [{name: a}]}"), "\"display_name\""),
        (file("name: anthropic-api, ", "r: {providers: [{name: antropic-api}]}"), "\"anthropic-api\""),
        (file("name: a, ", "r: {providers: [{name: a, model: [x]}]}"), "\"models\""),
        (file("name: a, ", "r: {provider: [{name: a}]}"), "\"providers\""),
        (
            file("name: a, ", "r: {default_model: kimi-k2-6, providers: [{name: a, models: [kimi-k2.6]}]}"),
            "\"kimi-k2.6\"",
        ),
        (
            file("name: a, ", "r: {providers: [{name: a}]}").replace("schema_version", "schema-version"),
            "\"schema_version\"",
        ),
    ] {
        let texts: Vec<_> = faults(&text).iter().map(ToString::to_string).collect();
        let expected = format!("did you mean {suggestion}?");
        assert!(texts.iter().any(|text| text.contains(&expected)), "{expected}: {texts:#?}");
    }
}

#[test]
fn a_misspelt_provider_causes_no_fault_but_its_own() {
    let text = file("name: alpha, ", "r: {default_model: x, providers: [{name: alpah, models: [x]}]}");
    let found = faults(&text);
    assert!(matches!(&found[..], [fault] if matches!(fault.kind(), FaultKind::UnknownProvider { .. })), "{found:#?}");
}

#[test]
fn a_value_pasted_for_a_variable_name_is_not_repeated_in_the_report() {
    let text = file("name: a, auth_token_env: sk-ant-secret, ", "r: {providers: [{name: a}]}");
    let found = faults(&text);
    assert!(matches!(found[0].kind(), FaultKind::NotAVariableName));
    assert!(!found[0].to_string().contains("secret"));
}

#[test]
fn a_file_that_is_not_utf8_is_refused_with_the_line_and_byte() {
    let found = registry::read(b"schema_version: 1\nproviders: \xff\n").unwrap_err();
    assert_eq!(found.to_string(), "line 2: the file is not UTF-8: byte 29 does not belong there");
}
