//! Withdrawn ids can no longer be selected, whatever pattern matches them, and still belong to their arm.

use registry::{Code, Image, MatchedBy, ModelId};

const FILE: &str = "
schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: key, auth_env: [A_KEY], model_prefix_match: ^a-}
  - {name: b, display_name: B, protocol: openai, auth_mode: key, auth_env: [B_KEY], model_prefix_match: ^b-}
runtimes:
  first: {providers: [{name: a, models: [a-2], withdrawn_models: [a-1]}, {name: b, withdrawn_models: [a-1]}]}
  second: {providers: [{name: a}]}
  third: {providers: [{name: a, withdrawn_models: [a-3]}]}
";

#[test]
fn a_withdrawn_id_is_refused_where_it_is_withdrawn_and_nowhere_else() {
    let compiled = registry::compile(FILE.as_bytes()).unwrap();
    let image = Image::open(&compiled).unwrap();
    let code = |runtime: &str, model: &str| {
        image.judge(Some(runtime.as_bytes()), Some(ModelId::from_utf8(model.as_bytes()))).code
    };
    assert_eq!(code("first", "a-1"), Code::ModelWithdrawn);
    assert_eq!(code("first", " a-1\n"), Code::ModelWithdrawn);
    assert_eq!(code("first", "a-2"), Code::Registered);
    assert_eq!(code("first", "a-9"), Code::RoutableByPrefix);
    assert_eq!(code("second", "a-1"), Code::RoutableByPrefix);
}

#[test]
fn a_withdrawn_id_keeps_its_provider() {
    let compiled = registry::compile(FILE.as_bytes()).unwrap();
    let image = Image::open(&compiled).unwrap();
    let model = Some(ModelId::from_utf8(b"a-1"));
    let verdict = image.judge(Some(b"first"), model);
    let provider =
        |auth_env: &[&str]| verdict.provider(model, |name| auth_env.contains(&name)).map(|provider| provider.name());
    assert_eq!(verdict.matched_by(), Some(MatchedBy::Exact));
    assert_eq!(provider(&[]), Some("a"));
    assert_eq!(provider(&["B_KEY"]), Some("b"));
    assert_eq!(provider(&["A_KEY", "B_KEY"]), Some("a"));
}

#[test]
fn a_runtime_that_only_withdraws_has_no_default_model() {
    let compiled = registry::compile(FILE.as_bytes()).unwrap();
    let image = Image::open(&compiled).unwrap();
    let defaults: Vec<_> = image.runtimes().map(|runtime| runtime.default_model()).collect();
    assert_eq!(defaults, [Some("a-2"), None, None]);
}
