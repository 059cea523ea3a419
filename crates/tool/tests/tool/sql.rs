//! `sql`: the SQL edition.

use crate::program::{edited, run, shipped};

#[test]
fn sql_prints_a_script_or_says_what_sql_cannot_say() {
    let whole = run(&["sql", &shipped()]);
    assert_eq!((whole.status, &whole.err[..]), (0, ""));
    assert!(whole.out.contains("CREATE OR REPLACE FUNCTION routable.model_routable("));
    let release = run(&["sql", "--registry-only", &shipped()]);
    assert_eq!(release.status, 0);
    assert!(release.out.contains("SELECT routable.put_in_force(") && !release.out.contains("CREATE"));
    let odd =
        edited("unit_separator.yaml", &[("          - sonnet\n", "          - \"son\\x1fnet\"\n          - sonnet\n")]);
    let refused = run(&["sql", &odd]);
    assert_eq!((refused.status, &refused.out[..]), (1, ""));
    assert!(refused.err.contains(r#"the id "son\u{1f}net" has a character"#), "{}", refused.err);
    assert_eq!(run(&["sql", "no/such/file.yaml"]).status, 2);
}
