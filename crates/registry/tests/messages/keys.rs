//! Keys that the format does not have.

use crate::common::{faults, file};
use crate::file::{report, with_items};

#[test]
fn a_merge_key_is_told_to_be_written_out() {
    let text = with_items("").replace("    display_name", "    <<: {x: y}\n    display_name");
    assert_eq!(
        report(&text),
        "line 4: providers[0].\"<<\": merge keys (<<) are not supported; write the keys and values out"
    );
}

#[test]
fn a_key_that_lacks_a_letter_is_told_whatever_part_of_it_does() {
    for (key, meant) in [
        ("display_nam", "display_name"),
        ("auth_en", "auth_env"),
        ("upstream_vendr", "upstream_vendor"),
        ("modl_aliases", "model_aliases"),
    ] {
        let found = faults(&file(&format!("name: a, {key}: x, "), "r: {providers: [{name: a}]}"));
        let texts: Vec<_> = found.iter().map(ToString::to_string).collect();
        let expected = format!("unknown key {key:?}; did you mean {meant:?}?");
        assert!(texts.iter().any(|text| text.ends_with(&expected)), "{texts:#?}");
    }
}
