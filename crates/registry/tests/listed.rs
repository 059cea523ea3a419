//! The ids that a runtime offers.

use registry::Image;

const FILE: &str = "
schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: key, auth_env: [A_KEY], model_prefix_match: ^a-}
  - {name: b, display_name: B, protocol: openai, auth_mode: key, auth_env: [B_KEY], model_prefix_match: ^b-}
runtimes:
  first: {providers: [{name: a, models: [m, c], withdrawn_models: [w]}, {name: b, models: [z, c, m, d], withdrawn_models: [w]}]}
  second: {providers: [{name: b, models: [d, m]}, {name: a, models: [m, c]}]}
  third: {providers: [{name: b, withdrawn_models: [m]}]}
";

#[test]
fn each_offered_id_comes_once_in_the_order_in_which_it_is_first_listed() {
    let compiled = registry::compile(FILE.as_bytes()).unwrap();
    let image = Image::open(&compiled).unwrap();
    let ids = |runtime: &str| image.runtime_named(runtime.as_bytes()).unwrap().distinct_models().collect::<Vec<_>>();
    assert_eq!(ids("first"), ["m", "c", "z", "d"]);
    assert_eq!(ids("second"), ["d", "m", "c"]);
    assert!(ids("third").is_empty());
}

#[test]
fn a_runtime_is_found_by_its_whole_name_alone() {
    let compiled = registry::compile(FILE.as_bytes()).unwrap();
    let image = Image::open(&compiled).unwrap();
    for name in ["first", "second", "third"] {
        assert_eq!(image.runtime_named(name.as_bytes()).map(|runtime| runtime.name()), Some(name));
    }
    for name in ["", "firs", "first ", "First", "\u{e9}"] {
        assert!(image.runtime_named(name.as_bytes()).is_none(), "{name}");
    }
}
