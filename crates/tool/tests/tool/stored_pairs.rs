//! `diff --pairs`: the stored pairs that another registry refuses.

use crate::program::{edited, json, run, shipped, written};

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
