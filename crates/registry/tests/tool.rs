//! The command-line tool: what it prints and the status that it exits with.

use std::path::PathBuf;
use std::process::Command;

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_model-routable")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn json(arguments: &[&str]) -> (i32, serde_json::Value) {
    let run = run(&[arguments, &["--json"]].concat());
    (run.status, serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err)))
}

const SHIPPED: &str = include_str!("../../../providers.yaml");

fn shipped() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../providers.yaml").into()
}

/// A file for one test.
fn written(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().into()
}

/// The shipped registry with replacements, each of which must find its place.
fn edited(name: &str, edits: &[(&str, &str)]) -> String {
    let text = edits.iter().fold(SHIPPED.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    written(name, &text)
}

#[test]
fn check_accepts_the_shipped_registry_without_warnings() {
    let run = run(&["check", &shipped()]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.ends_with("loads: 32 providers, 5 runtimes, 58 listed ids, 3 external runtimes\n"), "{}", run.out);
}

#[test]
fn check_prints_every_fault_with_its_line_and_exits_with_2() {
    let file = edited(
        "faulty.yaml",
        &[
            ("name: kimi-coding\n        models", "name: kimi-codin\n        models"),
            ("display_name: Hermes", "display_nam: Hermes"),
        ],
    );
    let run = run(&["check", &file]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(run.err.lines().filter(|line| line.starts_with("  line ")).count(), 2, "{}", run.err);
    assert!(run.err.replace("\n   ", "").contains("named \"kimi-codin\"; did you mean \"kimi-coding\"?"));
    let (status, answer) = json(&["check", &file]);
    assert_eq!((status, &answer["loads"]), (2, &false.into()));
    assert_eq!(answer["faults"][1]["path"], "runtimes.hermes.display_nam");
}

#[test]
fn check_prints_warnings_and_exits_with_0() {
    let file = edited("warned.yaml", &[("'^deepseek[-:/]'", "'deepseek[-:/]'")]);
    let (status, answer) = json(&["check", &file]);
    assert_eq!((status, &answer["warnings"][0]["lint"]), (0, &"unanchored_pattern".into()));
    assert!(run(&["check", &file]).out.contains("[unanchored_pattern at deepseek]"));
}

#[test]
fn without_a_file_the_answer_is_that_of_the_registry_that_is_built_in() {
    // The one that MODEL_ROUTABLE_PROVIDERS named for the build, else the shipped one.
    let built_in = run(&["list", "--registry", env!("REGISTRY_FILE")]);
    assert_eq!((run(&["list"]).out, built_in.status), (built_in.out, 0));
}

#[test]
fn explain_says_why_and_through_which_provider() {
    let shipped = shipped();
    let run = |arguments: &[&str]| run(&[arguments, &["--registry", &shipped]].concat());
    let json = |arguments: &[&str]| json(&[arguments, &["--registry", &shipped]].concat());
    let refused = run(&["explain", "hermes", "anthropic/claude-opus-4-7"]);
    assert_eq!(refused.status, 1);
    assert!(refused.out.contains("UNREGISTERED_MODEL_FOR_RUNTIME: "), "{}", refused.out);
    let (status, answer) = json(&["explain", "codex", " gpt-5.5 ", "--auth-env", "X,OPENAI_API_KEY"]);
    assert_eq!(status, 0);
    assert_eq!(answer["provider"], "openai-api");
    assert_eq!(answer["matched_by"], "exact");
    assert_eq!(json(&["explain", "codex", "gpt-5.5"]).1["provider"], "openai-subscription");
    assert_eq!(json(&["explain", "hermes", "openai/gtp"]).1["code"], "ROUTABLE_BY_PREFIX");
    assert_eq!(json(&["explain", "hermes", "moonshot/kimi-k2-6"]).1["suggestion"], "moonshot/kimi-k2.6");
    assert_eq!(json(&["explain", "claude-code", "claude-opus-4.7"]).1["suggestion"], "claude-opus-4-7");
    let near = json(&["explain", "claude-code", "anthropic.claude-opus-4-7"]).1;
    assert_eq!(near["suggestions"], serde_json::json!(["anthropic:claude-opus-4-7", "anthropic/claude-opus-4-7"]));
    let near = run(&["explain", "claude-code", "anthropic.claude-opus-4-7"]).out;
    let asked = "Did you mean \"anthropic:claude-opus-4-7\" or \"anthropic/claude-opus-4-7\"?";
    assert!(near.contains(asked), "{near}");
    assert_eq!(json(&["explain", "Hermes", "x"]).1["suggestion"], "hermes");
    assert!(json(&["explain", "claude-code", "qqqq"]).1["suggestion"].is_null());
    assert_eq!(run(&["explain", "nowhere", "x"]).status, 0, "another registry may know the runtime");
}

#[test]
fn explain_answers_from_a_file_that_is_named() {
    let file = edited("named.yaml", &[("  hermes:\n", "  hermes-2:\n")]);
    assert_eq!(run(&["explain", "hermes-2", "x", "--registry", &file]).status, 1);
    assert_eq!(run(&["explain", "hermes", "x", "--registry", &file]).status, 0);
}

#[test]
fn a_registry_that_does_not_load_never_answers() {
    let faulty = written("not-loading.yaml", "schema_version: 2\n");
    for arguments in [
        vec!["explain", "nowhere", "x", "--registry", &faulty],
        vec!["explain", "nowhere", "x", "--registry", "/nonexistent.yaml"],
        vec!["list", "--registry", &faulty],
        vec!["diff", &faulty, &faulty],
        vec!["check", "/nonexistent.yaml"],
        vec!["explain", "only-a-runtime"],
        vec!["unknown-command"],
        vec![],
    ] {
        let run = run(&arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.out.is_empty() && !run.err.is_empty(), "{arguments:?}");
    }
}

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
        // As wide as a line happens to be is no matter here.
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
fn diff_names_exactly_the_stored_pairs_that_the_new_registry_would_strand() {
    let new = edited(
        "stranding.yaml",
        &[("          - kimi-k2\n      - name: minimax", "        withdrawn_models: [kimi-k2]\n      - name: minimax")],
    );
    let pairs = written(
        "pairs.csv",
        "runtime,model,count\nclaude-code,kimi-k2,12\nclaude-code,opus,100\nhermes,anthropic/claude-opus-4-7,3\n,kimi-k2,5\n\
         claude-code,,7\nclaude-code,\" kimi-k2\",1\nlanggraph,kimi-k2,2\n",
    );
    let run = run(&["diff", &shipped(), &new, "--pairs", &pairs]);
    assert_eq!(run.status, 1);
    let stranded = run.out.split_once("\n2 stored pairs would be stranded, in 13 rows\n").expect(&run.out).1;
    assert_eq!(
        stranded,
        "  \"claude-code\" \"kimi-k2\": 12 rows (MODEL_WITHDRAWN)\n  \"claude-code\" \" kimi-k2\": 1 row (MODEL_WITHDRAWN)\n"
    );
    let (status, answer) = json(&["diff", &shipped(), &shipped(), "--pairs", &pairs]);
    assert_eq!((status, &answer["stranded"]), (0, &serde_json::json!([])));
}

#[test]
fn pairs_that_cannot_be_read_are_no_answer() {
    for (name, text) in [
        ("no-count.csv", "runtime,model\na,b\n"),
        ("no-number.csv", "runtime,model,count\na,b,many\n"),
        ("ragged.csv", "runtime,model,count\na,b\n"),
        ("empty.csv", ""),
    ] {
        assert_eq!(run(&["diff", &shipped(), &shipped(), "--pairs", &written(name, text)]).status, 2, "{name}");
    }
    assert_eq!(run(&["diff", &shipped(), &shipped(), "--pairs", "/nonexistent.csv"]).status, 2);
}

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

/// The command that `docs/registry.md` names at its head.
fn page(registry: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_model-routable"));
    let output = command.current_dir(root).args(["list", "--markdown", "--registry", registry]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_page_of_the_registry_is_current() {
    let written = include_str!("../../../docs/registry.md");
    assert!(page("providers.yaml") == written, "docs/registry.md is not what its head's command writes: run that");
}

#[test]
fn the_page_of_many_runtimes_has_no_matrix_wider_than_120_columns() {
    let providers: String = (0..147)
        .map(|provider| {
            format!(
                "  - {{name: provider-{provider}, display_name: P, protocol: openai, auth_mode: key, auth_env: [K], \
                 model_prefix_match: '^p{provider}/'}}\n"
            )
        })
        .collect();
    let runtimes: String = (0..147)
        .map(|runtime| format!("  runtime-{runtime}: {{providers: [{{name: provider-{runtime}, models: [a]}}]}}\n"))
        .collect();
    let file = format!("schema_version: 1\nproviders:\n{providers}runtimes:\n{runtimes}");
    let page = page(&written("wide.yaml", &file));
    let (_, matrix) = page.split_once("## Runtimes and providers\n").unwrap();
    let (matrix, _) = matrix.split_once("\n## ").unwrap();
    assert!(matrix.lines().all(|line| line.chars().count() <= 120), "{matrix}");
    for runtime in 0..147 {
        assert!(matrix.contains(&format!("| `runtime-{runtime}` |")), "runtime-{runtime}");
    }
    let cells = matrix.lines().filter(|line| line.contains("| 1 id")).count();
    assert_eq!(cells, 147, "each runtime's provider has a row in its table");
}

#[test]
fn the_page_shows_withdrawn_ids_defaults_and_what_markdown_would_take_for_its_own() {
    let file = edited(
        "page.yaml",
        &[
            ("          - haiku\n", ""),
            (
                "          - anthropic:haiku\n",
                "          - anthropic:haiku\n        withdrawn_models: [haiku, 'a`b|c']\n",
            ),
            ("display_name: Hermes", "display_name: 'Hermes <b> | [x]'"),
        ],
    );
    let page = page(&file);
    let rows: Vec<String> = page.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for row in [
        "| `anthropic-oauth` | `byok` | 5 ids, 2 withdrawn | | | | |",
        "| `sonnet` | `anthropic-oauth` | `byok` | default |",
        "| `opus` | `anthropic-oauth` | `byok` | |",
        "| `haiku` | `anthropic-oauth` | `byok` | withdrawn |",
        "| `` a`b\\|c `` | `anthropic-oauth` | `byok` | withdrawn |",
        "| `moonshot/kimi-k2.6` | `platform` | `platform_managed` | default |",
        "| `^(sonnet\\|opus\\|haiku)$` | `anthropic-oauth` | `byok` |",
        "| `groq` | `byok` | | | | pattern | |",
        "## Hermes \\<b\\> \\| \\[x\\]: `hermes`",
    ] {
        assert!(rows.iter().any(|line| line == row), "{row}\n{page}");
    }
}

/// A file with everything that is announced of ids, with an arm of listed ids alone and with external runtimes.
const ANNOUNCING: &str = "
schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: k, auth_env: [A], model_prefix_match: ^a}
  - {name: b, display_name: B, protocol: openai, auth_mode: k, auth_env: [B]}
runtimes:
  r:
    providers:
      - name: a
        models: [a-1.1, {id: a-1, retires: 2099-12-31, replacement: a-1.1}, {id: a-2, retires: 2099-01-01}]
        withdrawn_models: [x, {id: y, since: 2026-08-04, replacement: a-1.1}, {id: z, replacement: a-1.1}]
      - {name: b, models: [b-1]}
  strict:
    providers:
      - {name: a, only_listed: true, models: [q]}
external_runtimes: [langgraph, mock]
";

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

#[test]
fn explain_tells_what_is_announced_and_near_misses() {
    let file = written("explained.yaml", ANNOUNCING);
    let run = |runtime: &str, model: &str| run(&["explain", runtime, model, "--registry", &file]);
    for (runtime, model, told) in [
        ("r", "a-1", "\n  It retires on 2099-12-31; its replacement is \"a-1.1\".\n"),
        ("r", "a-2", "\n  It retires on 2099-01-01.\n"),
        ("r", "y", "\n  It was withdrawn on 2026-08-04; its replacement is \"a-1.1\".\n"),
        ("r", "z", "\n  Its replacement is \"a-1.1\".\n"),
        ("r", "a_1.1", "\n  It is a near miss: it passes, although only punctuation"),
        ("R", "a-1", "\n  It is a near miss: it passes, although only punctuation"),
        ("mock", "a-1", "EXTERNAL_RUNTIME: "),
    ] {
        let run = run(runtime, model);
        assert!(run.out.contains(told), "{told}\n{}", run.out);
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);
    }
    assert!(run("r", "a_1.1").out.contains("Did you mean \"a-1.1\"?"));
    for (runtime, model) in [("r", "a-1.1"), ("r", "x"), ("r", "a-9"), ("s", "a-1")] {
        let out = run(runtime, model).out;
        assert!(!out.contains("near miss") && !out.contains("replacement") && !out.contains("retires"), "{out}");
    }
    let (_, answer) = json(&["explain", "r", "a-1", "--registry", &file]);
    let said =
        |answer: &serde_json::Value| ["near_miss", "retires", "since", "replacement"].map(|key| answer[key].clone());
    assert_eq!(said(&answer), [false.into(), "2099-12-31".into(), serde_json::Value::Null, "a-1.1".into()]);
    let (_, answer) = json(&["explain", "r", "y", "--registry", &file]);
    assert_eq!(said(&answer), [false.into(), serde_json::Value::Null, "2026-08-04".into(), "a-1.1".into()]);
    assert_eq!(json(&["explain", "r", "A-1", "--registry", &file]).1["code"], "UNREGISTERED_MODEL_FOR_RUNTIME");
    assert_eq!(json(&["explain", "r", "a.1.1", "--registry", &file]).1["near_miss"], true);
}

#[test]
fn the_page_shows_what_is_announced_where_something_is_and_external_runtimes() {
    let page = page(&written("announcing-page.yaml", ANNOUNCING));
    let rows: Vec<String> = page.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for row in [
        "| `a` | `byok` | 3 ids, 3 withdrawn | only 1 id |",
        "| `b` | `byok` | only 1 id | |",
        "| id | provider | billing | status | retires | replacement |",
        "| `a-1` | `a` | `byok` | | 2099-12-31 | `a-1.1` |",
        "| `y` | `a` | `byok` | withdrawn since 2026-08-04 | | `a-1.1` |",
        "| id | provider | billing | status |",
        "## External runtimes",
        "- `mock`",
    ] {
        assert!(rows.iter().any(|line| line == row), "{row}\n{page}");
    }
    let (_, strict) = page.split_once("## `strict`\n").unwrap();
    let (strict, _) = strict.split_once("\n## ").unwrap();
    assert!(!strict.contains("| pattern"), "{strict}");
    assert_eq!(rows.iter().filter(|line| line.starts_with("| `^a`")).count(), 1, "{page}");
}

#[test]
fn check_warns_of_a_retirement_that_has_passed_and_of_none_that_is_to_come() {
    assert!(!run(&["check", &written("to-come.yaml", ANNOUNCING)]).out.contains("warning"));
    let file = written("passed.yaml", &ANNOUNCING.replace("2099-01-01", "2020-01-01"));
    let run_ = run(&["check", &file]);
    assert_eq!(run_.status, 0);
    assert!(run_.out.contains("[past_retirement at r/a/a-2]"), "{}", run_.out);
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
