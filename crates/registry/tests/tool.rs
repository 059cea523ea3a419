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
    assert!(run.out.ends_with("loads: 32 providers, 5 runtimes, 58 listed ids\n"), "{}", run.out);
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
                "Judged from now on, and passed unjudged before\n  codex-2\n",
                "No longer judged: every pair passes\n  codex\n",
            ],
        ),
        (
            vec![("      - name: openrouter\n", "")],
            vec!["Stops being routable\n  hermes: the pattern of openrouter is removed\n"],
        ),
        (
            vec![("      - name: groq\n", "      - name: groq\n      - name: zai\n")],
            vec![
                "Becomes routable\n  openclaw: the pattern of zai is added\n    on openclaw, an id such as \"glm-\": was UNREG",
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
