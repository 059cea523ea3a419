//! `list`: runtimes with their models and patterns.

use crate::program::{ANNOUNCING, json, run, shipped, written};

#[test]
fn list_shows_the_runtimes_with_their_models_and_patterns() {
    let shipped = shipped();
    let run_ = run(&["list", "--registry", &shipped]);
    assert_eq!(run_.status, 0);
    for words in [
        "hermes  (default moonshot/kimi-k2.6)\n",
        "  openrouter  ^openrouter[:/]\n",
        "\n    moonshot/kimi-k2.6 moonshot/kimi-k2.5\n",
    ] {
        assert!(run_.out.contains(words), "{words}\n{}", run_.out);
    }
    assert!(run_.out.lines().all(|line| line.chars().count() <= 100));
    let (_, answer) = json(&["list", "hermes", "--registry", &shipped]);
    assert_eq!(answer["runtimes"].as_array().unwrap().len(), 1);
    assert_eq!(run(&["list", "nowhere"]).status, 1);
    let misspelt = run(&["list", "Hermes", "--registry", &shipped]);
    assert_eq!(misspelt.status, 1);
    assert!(misspelt.err.contains("Did you mean \"hermes\"?"), "{}", misspelt.err);
}

#[test]
fn list_shows_what_is_announced_arms_of_listed_ids_alone_and_external_runtimes() {
    let file = written("announcing.yaml", ANNOUNCING);
    assert_eq!(
        run(&["list", "--registry", &file]).out,
        "\
r  (default a-1.1)
  a  ^a
    a-1.1
    a-1, retires 2099-12-31, replacement a-1.1
    a-2, retires 2099-01-01
    withdrawn: x
    withdrawn: y, since 2026-08-04, replacement a-1.1
    withdrawn: z, replacement a-1.1
  b  only the ids listed
    b-1

strict  (default q)
  a  only the ids listed
    q

external runtimes, whose models this registry does not judge
  langgraph mock
"
    );
    let (_, answer) = json(&["list", "--registry", &file]);
    assert_eq!(answer["external_runtimes"], serde_json::json!(["langgraph", "mock"]));
    let [arm, other, strict] =
        [(0, 0), (0, 1), (1, 0)].map(|(runtime, arm): (usize, usize)| &answer["runtimes"][runtime]["providers"][arm]);
    assert_eq!(arm["models"], serde_json::json!(["a-1.1", "a-1", "a-2"]), "ids are text, whatever is announced");
    assert_eq!(
        arm["retirements"],
        serde_json::json!([
            {"model": "a-1", "retires": "2099-12-31", "replacement": "a-1.1"},
            {"model": "a-2", "retires": "2099-01-01", "replacement": null},
        ])
    );
    assert_eq!(
        arm["withdrawals"],
        serde_json::json!([
            {"model": "y", "since": "2026-08-04", "replacement": "a-1.1"},
            {"model": "z", "since": null, "replacement": "a-1.1"},
        ])
    );
    assert_eq!((&arm["only_listed"], &arm["pattern"]), (&false.into(), &"^a".into()));
    assert_eq!((&other["only_listed"], &other["pattern"]), (&false.into(), &serde_json::Value::Null));
    assert_eq!((&strict["only_listed"], &strict["pattern"]), (&true.into(), &serde_json::Value::Null));
}

#[test]
fn list_of_an_external_runtime_says_that_it_is_one() {
    let file = written("external.yaml", ANNOUNCING);
    let run_ = run(&["list", "mock", "--registry", &file]);
    assert_eq!(
        (run_.status, &run_.out[..]),
        (0, "external runtimes, whose models this registry does not judge\n  mock\n")
    );
    let (_, answer) = json(&["list", "mock", "--registry", &file]);
    assert_eq!(answer, serde_json::json!({"runtimes": [], "external_runtimes": ["mock"]}));
    assert_eq!(json(&["list", "r", "--registry", &file]).1["external_runtimes"], serde_json::json!([]));
    let misspelt = run(&["list", "langgrap", "--registry", &file]);
    assert_eq!(misspelt.status, 1);
    assert!(misspelt.err.contains("Did you mean \"langgraph\"?"), "{}", misspelt.err);
}
