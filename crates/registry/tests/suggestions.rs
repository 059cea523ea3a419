//! Suggestions name the id or runtime that was meant, or nothing.

mod promises;

use promises::{digits, has_key_of, own_ids};
use proptest::prelude::*;
use registry::{Image, ModelId, suggestions};

/// A registry with one runtime, `r`, and these arms: the vendor, and the keys of the arm.
fn registry(arms: &[(&str, &str)]) -> Vec<u8> {
    let provider = |vendor: &str| {
        format!(
            "  - {{name: {vendor}-api, upstream_vendor: {vendor}, display_name: A, protocol: openai, auth_mode: key, \
             auth_env: [A_KEY]}}\n"
        )
    };
    let arm = |(vendor, keys): &(&str, &str)| format!("      - {{name: {vendor}-api, {keys}}}\n");
    let providers: String = arms.iter().map(|(vendor, _)| provider(vendor)).collect();
    let arms: String = arms.iter().map(arm).collect();
    let text = format!("schema_version: 1\nproviders:\n{providers}runtimes:\n  r:\n    providers:\n{arms}");
    registry::compile(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}\n{text}"))
}

fn shipped() -> Vec<u8> {
    registry::compile(registry::BUILT_IN).unwrap()
}

/// The suggestions of a registry. Suggestions that are not certain end in a question mark.
fn suggested(registry: &[u8], runtime: &str, model: &str) -> String {
    let image = Image::open(registry).unwrap();
    let id = ModelId::from_utf8(model.as_bytes());
    let verdict = image.judge(Some(runtime.as_bytes()), Some(id));
    let found = suggestions(&verdict, Some(runtime.as_bytes()), Some(id.as_bytes()), || ());
    let shown = found.iter().map(|found| format!("{}{}", found.name, if found.is_sure { "" } else { "?" }));
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn another_version_is_never_suggested() {
    let registry = shipped();
    for (runtime, model) in [
        ("codex", "openai/gpt-4o"),
        ("codex", "gpt-5.6"),
        ("claude-code", "anthropic/claude-opus-5"),
        ("claude-code", "claude-opus-47"),
        ("claude-code", "moonshot/kimi-k3"),
        ("hermes", "kimi-k2.5.1"),
        ("hermes", "anthropic/claude-opus-4-7"),
    ] {
        assert_eq!(suggested(&registry, runtime, model), "", "{runtime} {model}");
    }
}

#[test]
fn the_same_key_is_suggested_and_sure() {
    let registry = shipped();
    for (runtime, model, expected) in [
        ("claude-code", "claude-opus-4.7", "claude-opus-4-7 anthropic:claude-opus-4-7 anthropic/claude-opus-4-7?"),
        ("claude-code", "KIMI-K2", "kimi-k2"),
        ("claude-code", "minimax.m2", "MiniMax-M2"),
        ("hermes", "moonshot/kimi-k2-6", "moonshot/kimi-k2.6"),
        ("codex", "gpt5.5", "gpt-5.5"),
        ("codex", "openai/gpt-5.5", "gpt-5.5"),
        ("Claude_Code", "x", "claude-code"),
        ("hermes ", "x", "hermes"),
        ("LangGraph", "x", "langgraph"),
    ] {
        assert_eq!(suggested(&registry, runtime, model), expected, "{runtime} {model}");
    }
}

#[test]
fn a_slip_is_suggested_and_not_sure() {
    let registry = shipped();
    for (runtime, model, expected) in [
        ("claude-code", "sonet", "sonnet?"),
        ("claude-code", "claud-opus-4-7", "claude-opus-4-7?"),
        ("claude-code", "antropic/claude-opus-4-7", "anthropic/claude-opus-4-7? anthropic:claude-opus-4-7?"),
        ("codex", "gtp-5.5", "gpt-5.5?"),
        ("hermes", "mooonshot/kimi-k2.6", "moonshot/kimi-k2.6?"),
        ("hermse", "x", "hermes?"),
        ("claude-code", "qqqq", ""),
        ("claude-code", "", ""),
    ] {
        assert_eq!(suggested(&registry, runtime, model), expected, "{runtime} {model}");
    }
}

#[test]
fn the_vendor_before_a_slash_a_colon_or_a_dash_says_whose_id_is_meant() {
    assert_eq!(suggested(&shipped(), "codex", "openai-gpt-5.5"), "gpt-5.5?");
    let ids = [
        ("opencode", "models: [opencode/claude-opus-4-7]"),
        ("openrouter", "models: [openrouter/anthropic/claude-opus-4.7]"),
        ("google", "models: [gemini/gemini-2.5-pro]"),
        ("platform", "models: [anthropic/claude-sonnet-4-6, claude-haiku-4-5]"),
        ("copilot", "models: [github_copilot/gpt-4, o1-mini]"),
    ];
    let registry = registry(&ids);
    for (model, expected) in [
        ("openrouter/claude-opus-4-7", "openrouter/anthropic/claude-opus-4.7?"),
        ("opencode/Claude-Opus-4.7", "opencode/claude-opus-4-7"),
        ("opencode:claude-opus-4-7", "opencode/claude-opus-4-7"),
        ("models/gemini-2.5-pro", "gemini/gemini-2.5-pro?"),
        ("gemini-2.5-pro", "gemini/gemini-2.5-pro"),
        ("anthropic/claude-haiku-4.5", "claude-haiku-4-5"),
        ("openrouter/gpt-4", ""),
        ("google/o1-mini", "o1-mini?"),
        ("copilot/gpt-4", "github_copilot/gpt-4"),
    ] {
        assert_eq!(suggested(&registry, "r", model), expected, "{model}");
    }
}

#[test]
fn of_equals_the_one_with_the_written_separator_comes_first_else_that_of_the_first_arm() {
    let registry = registry(&[
        ("one", "models: ['anthropic:opus-4-7', x/gpt-5]"),
        ("two", "models: [anthropic/opus-4-7, y/gpt-5]"),
        ("three", "models: [z/gpt-5, zz/gpt-5]"),
    ]);
    assert_eq!(suggested(&registry, "r", "anthropic/opus-4.7"), "anthropic/opus-4-7 anthropic:opus-4-7");
    assert_eq!(suggested(&registry, "r", "anthropic.opus-4-7"), "anthropic:opus-4-7 anthropic/opus-4-7");
    assert_eq!(suggested(&registry, "r", "GPT-5"), "x/gpt-5 y/gpt-5 z/gpt-5");
}

#[test]
fn a_replacement_comes_first_and_a_withdrawn_id_leads_to_no_other_vendor() {
    let withdrawn =
        "withdrawn_models: [gpt-4, {id: gpt-3.5, replacement: gpt-5}, gpt.4.1, {id: o1, replacement: gpt-5}]";
    let registry = registry(&[
        ("copilot", "models: [github_copilot/gpt-4, github_copilot/gpt-3.5]"),
        ("openai", &format!("models: [gpt-5, gpt-4-1], {withdrawn}")),
    ]);
    for (model, expected) in [
        ("gpt-4", ""),
        ("GPT-4", ""),
        ("openai/gpt-4", ""),
        ("gpt-3.5", "gpt-5"),
        ("gpt.4.1", "gpt-4-1"),
        ("o1", "gpt-5"),
        ("github_copilot/GPT-4", "github_copilot/gpt-4"),
    ] {
        assert_eq!(suggested(&registry, "r", model), expected, "{model}");
    }
}

#[test]
fn what_any_vendor_can_have_behind_a_colon_is_not_the_model() {
    let registry = registry(&[
        ("ollama", "models: ['llama:latest', 'llama:7b-instruct', 'amazon.nova:0', '0', exa/search]"),
        ("amazon", "models: ['amazon.titan-v1:0']"),
    ]);
    for model in ["mistral:latest", "mistral:7b-instruct", "anthropic.claude-v1:0", "tavily/search", "amazon:0"] {
        assert_eq!(suggested(&registry, "r", model), "", "{model}");
    }
}

#[test]
fn an_id_of_another_runtime_has_no_slip() {
    let text = "schema_version: 1\n\
        providers: [{name: a, display_name: A, protocol: openai, auth_mode: key, auth_env: [A_KEY]}]\n\
        runtimes: {r: {providers: [{name: a, models: [solar-pro]}]}, s: {providers: [{name: a, models: [sonar-pro]}]}}";
    let registry = registry::compile(text.as_bytes()).unwrap();
    assert_eq!(suggested(&registry, "r", "sonar-pro"), "");
    assert_eq!(suggested(&registry, "r", "soiar-pro"), "solar-pro?");
}

#[test]
fn a_text_of_more_than_200_bytes_is_like_nothing_and_keeps_its_replacement() {
    let id = "m".repeat(201);
    let file = registry(&[("v", &format!("models: [mm, {id}-x], withdrawn_models: [{{id: {id}, replacement: mm}}]"))]);
    assert_eq!(suggested(&file, "r", &id), "mm");
    assert_eq!(suggested(&file, "r", &format!("{id}_x")), "");
    assert_eq!(suggested(&file, &"r".repeat(10_000_000), "mm"), "");
}

#[test]
fn every_id_is_a_point_where_the_search_can_be_cancelled() {
    let ids: Vec<String> = (0..1000).map(|number| format!("model-{number}")).collect();
    let registry = registry(&[("a", &format!("models: [{}]", ids.join(", ")))]);
    let verdict = Image::open(&registry).unwrap().judge(Some(b"r"), Some(ModelId::from_utf8(b"x")));
    let pauses = std::cell::Cell::new(0);
    suggestions(&verdict, Some(b"r"), Some(b"x"), || pauses.set(pauses.get() + 1));
    assert!(pauses.get() >= ids.len(), "{}", pauses.get());
}

const VENDORS: [&str; 4] = ["ant", "open", "google", "openr"];

/// Ids of a few models, in spellings that people confuse.
fn id() -> impl Strategy<Value = String> {
    let vendor =
        prop::sample::select(&["", "", "ant/", "ant:", "open/", "openr/", "openr/ant/", "open-", "models/"][..]);
    let model = prop::sample::select(
        &[
            "gpt-4.7",
            "gpt-4-7",
            "GPT-4_7",
            "gpt-47",
            "gpt-4",
            "gtp-4.7",
            "o1",
            "gpt-20240620",
            "gpt-20240621",
            "sonnet",
            "sonet",
        ][..],
    );
    (vendor, model).prop_map(|(vendor, model)| format!("{vendor}{model}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_suggestion_breaks_a_promise(
        arms in prop::collection::vec((prop::collection::btree_set(id(), 1..5), prop::collection::btree_set(id(), 0..2)), 1..=4),
        questions in prop::collection::vec(id(), 20),
    ) {
        let offered: Vec<&String> = arms.iter().flat_map(|(models, _)| models).collect();
        let keys = arms.iter().map(|(models, withdrawn)| {
            let withdrawn = withdrawn.iter().filter(|id| !offered.contains(id));
            let records = withdrawn.map(|id| format!("{{id: '{id}', replacement: '{}'}}", offered[0])).collect::<Vec<_>>();
            let models: Vec<String> = models.iter().map(|id| format!("'{id}'")).collect();
            format!("models: [{}], withdrawn_models: [{}]", models.join(", "), records.join(", "))
        });
        let keys: Vec<String> = keys.collect();
        let arms_of: Vec<(&str, &str)> = VENDORS.into_iter().zip(keys.iter().map(String::as_str)).collect();
        let registry = registry(&arms_of);
        let listed: Vec<(&str, &str)> = VENDORS.into_iter().zip(&arms)
            .flat_map(|(vendor, (models, _))| models.iter().map(move |id| (vendor, id.as_str()))).collect();
        for model in &questions {
            let image = Image::open(&registry).unwrap();
            let verdict = image.judge(Some(b"r"), Some(ModelId::from_utf8(model.as_bytes())));
            let found = suggestions(&verdict, Some(b"r"), Some(model.as_bytes()), || ());
            let place = format!("{model}: {found:?} of {listed:?}");
            prop_assert!(found.len() <= 3 && (found.is_empty() || verdict.code.as_str() != "REGISTERED"), "{}", place);
            let own = own_ids(model, &listed);
            for (position, suggestion) in found.iter().enumerate() {
                prop_assert!(offered.iter().any(|id| *id == suggestion.name) && suggestion.name != model, "{}", place);
                prop_assert!(found[..position].iter().all(|other| other.name != suggestion.name), "{}", place);
                let is_replacement = position == 0 && verdict.replacement() == Some(suggestion.name);
                prop_assert!(is_replacement || digits(model) == digits(suggestion.name), "{}", place);
                prop_assert!(is_replacement || !suggestion.is_sure || has_key_of(model, suggestion.name), "{}", place);
                prop_assert!(is_replacement || own.is_empty() || own.contains(&suggestion.name), "{}", place);
            }
            if verdict.code.as_str() == "MODEL_WITHDRAWN" {
                prop_assert_eq!(found.first().map(|found| (found.name, found.is_sure)), verdict.replacement().map(|id| (id, true)), "{}", place);
            }
        }
    }
}
