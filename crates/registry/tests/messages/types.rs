//! Values of another type than their key takes.

use crate::file::{HEAD, of_item, report, with_items};

#[test]
fn a_value_of_a_wrong_type_is_shown_as_the_file_writes_it() {
    for (item, found) in [
        ("1.10", "the number 1.10"),
        ("4e5", "the number 4e5"),
        ("+1", "the number +1"),
        ("0x1F", "the number 0x1F"),
        (".inf", "the number .inf"),
        ("12345678901234567890", "the number 12345678901234567890"),
        ("1.10 # a comment", "the number 1.10"),
        ("&anchor 1.10", "the number 1.10"),
        ("!!float 1.10", "the number 1.10"),
        ("TRUE", "the boolean TRUE"),
        ("null", "null, which YAML reads as nothing"),
        ("~", "~, which YAML reads as nothing"),
        ("&anchor ~", "~, which YAML reads as nothing"),
    ] {
        assert_eq!(of_item(item), format!("expected text, found {found}; put it in quotes"), "{item}");
    }
    let ids = |ids: &str| report(&format!("{}          [ü, {ids}]\n", HEAD));
    let told = |index, number| {
        format!(
            "line 14: runtimes.r.providers[0].models[{index}]: expected text, found the number {number}; put it \
                 in quotes"
        )
    };
    assert_eq!(ids("'x,y', 1.10, 2.0"), format!("{}\n{}", told(2, "1.10"), told(3, "2.0")));
    let key = report(&format!("{}1.10: x\n~: y\n", with_items("")));
    assert_eq!(
        key,
        "line 15: \"?\": expected text as a key, found the number 1.10; put it in quotes\n\
         line 16: \"?\": expected text as a key, found ~, which YAML reads as nothing; put it in quotes"
    );
    let version = with_items("").replace("version: 1", "version: 1.0");
    assert_eq!(
        report(&version),
        "line 1: schema_version: expected the number 1, found the number 1.0; write 1, without quotes or a point"
    );
}

#[test]
fn a_value_beyond_the_width_that_is_searched_is_shown_as_yaml_reads_it() {
    let text = format!("{}          [{}1.10]\n", HEAD, "x, ".to_owned() + &" ".repeat(5_000));
    assert!(report(&text).contains("found the number 1.1;"));
}

#[test]
fn another_kind_of_value_than_its_key_takes_is_told_with_what_to_write() {
    let file = with_items("");
    let provider = |field: &str| file.replace("    auth_mode", &format!("    {field}\n    auth_mode"));
    for (text, told) in [
        (
            file.replace("[A_KEY]", "A_KEY"),
            "line 7: providers[0].auth_env: expected a list, found text; write it in brackets, as in [a, b]",
        ),
        (
            file.replace("[A_KEY]", ""),
            "line 7: providers[0].auth_env: expected a list, found nothing; write its items, or remove this entry",
        ),
        (
            provider("deprecated: 'true'"),
            "line 6: providers[0].deprecated: expected true or false, found text; write true or false, without quotes",
        ),
        (
            file.replace("          - x", "          x: y"),
            "line 13: runtimes.r.providers[0].models: expected a list, found a map; begin each item with a dash",
        ),
        (
            format!("{file}  s:\n"),
            "line 15: runtimes.s: expected a map, found nothing; write its keys and values, or remove this entry",
        ),
        (
            format!("{file}  s: [x]\n"),
            "line 15: runtimes.s: expected a map, found a list; write key: value, without a dash",
        ),
        (format!("{file}  s: x\n"), "line 15: runtimes.s: expected a map, found text; write key: value"),
        (
            file.replace("A_KEY", "1A"),
            "line 7: providers[0].auth_env[0]: this is not the name of an environment variable (letters, digits \
             and _, but no digit first; never a value)",
        ),
    ] {
        assert_eq!(report(&text), told);
    }
}
