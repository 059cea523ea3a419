//! The compiled lookup gives all reference answers, for each reference registry and for the shipped one.

use std::path::{Path, PathBuf};

use registry::{Image, ModelId};

#[test]
fn every_answer_for_the_shipped_registry_is_the_reference_answer() {
    let providers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../providers.yaml");
    assert_eq!(check(&providers, &folder().join("shipped.jsonl")), 1144);
}

#[test]
fn every_answer_for_the_reference_registries_is_the_reference_answer() {
    for number in 1..=13 {
        let file = |ending| folder().join(format!("registry-{number:02}.{ending}"));
        assert_eq!(check(&file("yaml"), &file("jsonl")), 300, "registry {number}");
    }
}

/// Compares all answers and returns how many there were.
fn check(registry: &Path, answers: &Path) -> usize {
    let compiled = registry::compile(&std::fs::read(registry).unwrap()).unwrap_or_else(|faults| panic!("{faults}"));
    let image = Image::open(&compiled).unwrap();
    let answers = std::fs::read_to_string(answers).unwrap();
    for line in answers.lines() {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        let auth_env: Vec<&str> =
            answer["auth_env"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()).collect();
        let model = answer["model"].as_str().map(|model| ModelId::from_utf8(model.as_bytes()));
        let verdict = image.judge(answer["runtime"].as_str().map(str::as_bytes), model);
        let provider = verdict.provider(model, |name| auth_env.contains(&name)).map(|provider| provider.name());
        assert_eq!(verdict.code.as_str(), code(&answer, &image), "{line}");
        if let Some(near_miss) = answer["near_miss"].as_bool() {
            assert_eq!(verdict.is_near_miss, near_miss, "{line}");
        }
        assert_eq!(verdict.code.is_routable(), answer["routable"].as_bool().unwrap(), "{line}");
        assert_eq!(provider, answer["provider"].as_str(), "{line}");
    }
    answers.lines().count()
}

fn code<'a>(answer: &'a serde_json::Value, image: &Image) -> &'a str {
    if let Some(code) = answer["code"].as_str() {
        return code;
    }
    match answer["outcome"].as_str().unwrap() {
        "registered" => "REGISTERED",
        "prefix" => "ROUTABLE_BY_PREFIX",
        "ambiguous" => "AMBIGUOUS_PROVIDER",
        "unregistered" => "UNREGISTERED_MODEL_FOR_RUNTIME",
        "no_model" => "NO_MODEL",
        // The answers were made before the key external_runtimes existed.
        "unknown_runtime" if image.external_runtimes().any(|name| answer["runtime"] == name) => "EXTERNAL_RUNTIME",
        "unknown_runtime" => "UNKNOWN_RUNTIME",
        other => panic!("unknown outcome {other}"),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}
