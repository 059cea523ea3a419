//! `list --markdown`: the page of a registry.

use std::process::Command;

use crate::program::{ANNOUNCING, edited, written};

/// Runs the command that the head of `docs/registry.md` names.
fn page(registry: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_model-routable"));
    let output = command.current_dir(root).args(["list", "--markdown", "--registry", registry]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_page_of_the_registry_is_current() {
    let written = include_str!("../../../../docs/registry.md");
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
