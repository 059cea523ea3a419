//! `diff`: what another registry changes.

use crate::program::{ANNOUNCING, edited, json, run, shipped, written};

#[test]
fn diff_of_one_id_withdrawn_one_added_and_one_pattern_widened_prints_these_three_changes() {
    let new = edited(
        "three-changes.yaml",
        &[
            (
                "          - kimi-k2\n      - name: minimax",
                "        withdrawn_models: [kimi-k2]\n      - name: minimax",
            ),
            ("- openai/gpt-5.4-mini\n", "- openai/gpt-5.4-mini\n          - openai/gpt-5.6\n"),
            ("'^deepseek[-:/]'", "'^deepseek'"),
        ],
    );
    let run = run(&["diff", &shipped(), &new]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(
        run.out,
        "\
3 changes
  Stops being routable: 1 id
  Becomes routable: 1 id and 1 pattern

Stops being routable
  claude-code: was REGISTERED through kimi-coding (byok), will be MODEL_WITHDRAWN
    kimi-k2

Becomes routable
  codex: was UNREGISTERED_MODEL_FOR_RUNTIME, will be REGISTERED through platform (platform_managed)
    openai/gpt-5.6
  pattern of deepseek: ^deepseek[-:/] becomes ^deepseek
    on claude-code and hermes, an id such as \"deepseek\": was UNREGISTERED_MODEL_FOR_RUNTIME, will be
      ROUTABLE_BY_PREFIX through deepseek (byok)
"
    );
    let (_, answer) = json(&["diff", &shipped(), &new]);
    let kinds: Vec<_> =
        answer["changes"].as_array().unwrap().iter().map(|change| &change["effects"][0]["kind"]).collect();
    assert_eq!(kinds, ["stops_being_routable", "becomes_routable", "becomes_routable"]);
    assert_eq!(
        answer["totals"]["becomes_routable"],
        serde_json::json!({"ids": 1, "patterns": 1, "runtimes": 0, "providers": 0})
    );
}

#[test]
fn diff_of_a_file_with_one_of_the_same_meaning_is_no_change() {
    let same = edited(
        "same.yaml",
        &[("'^deepseek[-:/]'", "'^(deepseek-|deepseek[:/])'"), ("display_name: Hermes", "display_name: H")],
    );
    let run = run(&["diff", &shipped(), &same]);
    assert_eq!((run.status, run.out.as_str()), (0, "no change\n"));
}

#[test]
fn diff_tells_every_kind_of_change() {
    for (edits, expected) in [
        (
            vec![("  codex:\n", "  codex-2:\n")],
            vec![
                "Judged from now on, and passed unjudged before\n  codex-2: was unknown, will be judged\n",
                "Unknown from now on: every pair passes, unless a guard denies unknown runtimes\n  codex: was judged, will be \
                 unknown\n",
            ],
        ),
        (
            vec![("  codex:\n", "  mock:\n"), ("[langgraph, external, mock]", "[codex, external, letta]")],
            vec![
                "Judged from now on, and passed unjudged before\n  mock: was external, will be judged\n",
                "guard denies unknown runtimes\n  langgraph: was external, will be unknown\n",
                "External from now on: every pair passes\n  codex: was judged, will be external\n  letta: was unknown, will be \
                 external\n",
            ],
        ),
        (
            vec![("      - name: openrouter\n", "")],
            vec!["Stops being routable\n  hermes: the pattern of openrouter is no longer used\n"],
        ),
        (
            vec![(
                "      - name: openrouter\n",
                "      - name: openrouter\n        only_listed: true\n        models: [x]\n",
            )],
            vec!["Stops being routable\n  hermes: the pattern of openrouter is no longer used\n"],
        ),
        (
            vec![
                ("    model_prefix_match: '^openrouter[:/]'\n", ""),
                ("      - name: openrouter\n", ""),
                ("      - name: openrouter\n", "      - name: openrouter\n        models: [x]\n"),
            ],
            vec![
                "Stops being routable\n  hermes: the pattern of openrouter is no longer used\n",
                "  pattern of openrouter: ^openrouter[:/] is removed\n    on openclaw, an id such as \"openrouter/\"",
            ],
        ),
        (
            vec![(
                "          - moonshot/kimi-k2.5\n",
                "          - {id: moonshot/kimi-k2.5, retires: 2099-12-31, replacement: moonshot/kimi-k2.6}\n",
            )],
            vec![
                "1 change\n  Is announced, which changes no answer: 1 id\n\nIs announced, which changes no answer\n  claude-code, \
                 listed by platform\n    moonshot/kimi-k2.5: was nothing, will be retires 2099-12-31, replacement \
                 moonshot/kimi-k2.6\n",
            ],
        ),
        (
            vec![("      - name: groq\n", "      - name: groq\n      - name: zai\n")],
            vec![
                "Becomes routable\n  openclaw: the pattern of zai is used now\n    on openclaw, an id such as \"glm-\": was UNREG",
            ],
        ),
        (
            vec![("'^nvidia[:/]'", "'^(nvidia|groq|arcee)[:/]'")],
            vec![
                "Becomes ambiguous, and is refused\n  pattern of nvidia: ^nvidia[:/] becomes ^(nvidia|groq|arcee)[:/]\n    \
                 on hermes, an id such as \"arcee/\"",
                "an id such as \"groq/\"",
            ],
        ),
        (
            vec![("'^nvidia[:/]'", "'^(nvidia|arcee)[:/]'"), ("'^arcee[:/]'", "'^arc-ee'")],
            vec!["Changes its provider\n", "on hermes, an id such as \"arcee/\": was ROUTABLE_BY_PREFIX through arcee"],
        ),
        (
            vec![("          - kimi-for-coding\n", "")],
            vec![
                "Is no longer listed, and stays routable by pattern\n  claude-code: was REGISTERED through kimi-coding",
                "\n    kimi-for-coding\n",
            ],
        ),
        (
            vec![(
                "- kimi-coding/kimi-k2\n      - name: platform\n        models:",
                "- kimi-coding/kimi-k2\n          - moonshot/kimi-k2.6\n      - name: platform\n        models:",
            )],
            vec!["REGISTERED through platform (platform_managed), will be REGISTERED through kimi-coding"],
        ),
        (
            vec![("[OPENAI_API_KEY]", "[OPENAI_KEY]")],
            vec![
                "May change its provider, if the workspace's variables choose it\n  auth_env of openai-api\n    on codex, an \
                 id such as \"gpt-5.5\"\n",
            ],
        ),
    ] {
        let new = edited("one-change.yaml", &edits);
        let run = run(&["diff", &shipped(), &new]);
        assert_eq!(run.status, 1, "{edits:?}");
        // The width of lines does not matter here.
        let unwrapped = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in expected {
            assert!(unwrapped(&run.out).contains(&unwrapped(words)), "{words}\n{}", run.out);
        }
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);
    }
}

#[test]
fn diff_begins_with_totals_then_tells_what_breaks_in_full_and_then_the_rest_in_short() {
    let ids = |range: std::ops::Range<usize>| -> String {
        range.map(|id| format!("          - coding/model-{id}\n")).collect()
    };
    let end = "          - kimi-for-coding\n";
    let old = edited("long-old.yaml", &[(end, &(ids(0..50) + end))]);
    let new = edited("long-new.yaml", &[(end, &(ids(40..200) + end))]);
    let run = run(&["diff", &old, &new]);
    let titles: Vec<_> = run.out.lines().filter(|line| line.starts_with(char::is_uppercase)).collect();
    assert_eq!(titles, ["Stops being routable", "Becomes routable"], "{}", run.out);
    assert!(run.out.starts_with("190 changes\n  Stops being routable: 40 ids"), "{}", run.out);
    let (breaks, rest) = run.out.split_once("\nBecomes routable\n").unwrap();
    assert!((0..40).all(|id| breaks.contains(&format!("coding/model-{id}"))), "{}", run.out);
    assert!(rest.contains(" and 130 more, which --json lists"), "{}", run.out);
}

#[test]
fn diff_as_json_tells_what_runtimes_become_and_what_is_announced() {
    let old = written("announced-old.yaml", ANNOUNCING);
    let new = ANNOUNCING
        .replace("[langgraph, mock]", "[letta]")
        .replace("a-2, retires: 2099-01-01", "a-2, retires: 2098-01-01");
    let new = new.replace(", {id: z, replacement: a-1.1}", ", z");
    let (status, answer) = json(&["diff", &old, &written("announced-new.yaml", &new)]);
    assert_eq!(status, 1);
    let subjects: Vec<_> =
        answer["changes"].as_array().unwrap().iter().map(|change| change["subject"].clone()).collect();
    assert_eq!(
        serde_json::Value::from(subjects),
        serde_json::json!([
            {"kind": "runtime_removed", "runtime": "langgraph", "was": "external", "will_be": "unknown"},
            {"kind": "runtime_removed", "runtime": "mock", "was": "external", "will_be": "unknown"},
            {"kind": "runtime_external", "runtime": "letta", "was": "unknown", "will_be": "external"},
            {
                "kind": "announcement", "runtime": "r", "provider": "a", "model": "a-2",
                "was": {"retires": "2099-01-01", "replacement": null},
                "will_be": {"retires": "2098-01-01", "replacement": null},
            },
            {
                "kind": "announcement", "runtime": "r", "provider": "a", "model": "z",
                "was": {"since": null, "replacement": "a-1.1"},
                "will_be": null,
            },
        ])
    );
    assert_eq!(answer["totals"]["announcement"]["ids"], 2);
    assert_eq!(answer["totals"]["runtime_removed"]["runtimes"], 2);
}
