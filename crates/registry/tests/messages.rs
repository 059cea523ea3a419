//! Each message about a file says what stands there, on which line, and what to write instead.

mod common;

use common::faults;

/// A registry file with these items behind the id `x`, which is on line 14.
fn with_items(items: &str) -> String {
    format!("{}          - x\n{items}", HEAD)
}

const HEAD: &str = "\
schema_version: 1
providers:
  - name: a
    display_name: A
    protocol: openai
    auth_mode: key
    auth_env: [A_KEY]
    model_prefix_match: ^a
runtimes:
  r:
    providers:
      - name: a
        models:
";

/// The report on a file.
fn report(text: &str) -> String {
    let lines: Vec<_> = faults(text).iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The report on an item behind the id `x`, which has to be one fault of line 15.
fn of_item(item: &str) -> String {
    let report = report(&with_items(&format!("          - {item}\n          - z\n")));
    let text = report.strip_prefix("line 15: ").unwrap_or_else(|| panic!("{item}: {report}"));
    assert!(!text.contains('\n'), "{item}: {text}");
    let place = "runtimes.r.providers[0].models[1]: ";
    let place = if text.starts_with(place) { place } else { "the file is not a YAML document: " };
    text.strip_prefix(place).unwrap_or_else(|| panic!("{item}: {text}")).to_owned()
}

#[test]
fn a_byte_order_mark_is_skipped_and_is_a_part_of_what_the_digest_is_of() {
    let file = with_items("");
    let marked = format!("\u{feff}{file}");
    let [plain, marked] = [file.as_bytes(), marked.as_bytes()].map(|file| {
        let image = registry::compile(file).unwrap_or_else(|faults| panic!("{faults}"));
        registry::Image::open(Box::leak(image.into_boxed_slice())).unwrap()
    });
    assert_eq!(marked.runtimes().count(), 1);
    assert_ne!(plain.sha256(), marked.sha256());
    assert!(report("\u{feff}").starts_with("the document is empty"));
}

#[test]
fn a_byte_order_mark_within_the_file_is_told_by_its_own_line() {
    let told = "a byte order mark (U+FEFF) begins this line, and can only begin the file; remove it";
    assert_eq!(report(&with_items("\u{feff}          - y\n")), format!("line 15: {told}"));
    assert_eq!(report(&format!("\u{feff}\u{feff}{}", with_items(""))), format!("line 1: {told}"));
}

#[test]
fn a_file_in_utf16_is_told_so() {
    let found = registry::read(b"\xff\xfes\0c\0").unwrap_err().to_string();
    assert!(found.ends_with("it begins as UTF-16 does, so save it as UTF-8"), "{found}");
}

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
fn what_is_wrong_with_an_announcement_is_told_by_its_own_line() {
    let of = |list: &str, key: &str, value: &str| {
        let report = report(&with_items(&format!("{list}          - id: y\n            {key}: {value}\n")));
        let text = report.strip_prefix("line 16: runtimes.r.providers[0].models[1].");
        let text = text.or_else(|| report.strip_prefix("line 17: runtimes.r.providers[0].withdrawn_models[0]."));
        text.unwrap_or_else(|| panic!("{key}: {value}: {report}")).to_owned()
    };
    let withdrawn = "        withdrawn_models:\n";
    for (key, value, told) in [
        (
            "retires",
            "2026-13-01",
            "\"2026-13-01\" is no day of the calendar; write year, month and day, as in 2027-03-01",
        ),
        (
            "retires",
            "2026-02-30",
            "\"2026-02-30\" is no day of the calendar; write year, month and day, as in 2027-03-01",
        ),
        (
            "retires",
            "31.12.2026",
            "\"31.12.2026\" is no day of the calendar; write year, month and day, as in 2027-03-01",
        ),
        ("retires", "2026", "expected a date, found the number 2026; write year, month and day, as in 2027-03-01"),
        ("retires", "", "expected a date, found nothing; write year, month and day, or remove this entry"),
        (
            "retires",
            "null",
            "expected a date, found null, which YAML reads as nothing; write year, month and day, or remove this entry",
        ),
        ("retires", "[2026-12-31]", "expected a date, found a list; write year, month and day, as in 2027-03-01"),
        ("since", "2026-12-31", "unknown key \"since\"; the keys here are id, retires, replacement"),
        ("retired", "2026-12-31", "unknown key \"retired\"; did you mean \"retires\"?"),
        ("replacement", "y", "the replacement is the id itself; name another id, or remove this entry"),
        ("replacement", "z", "the replacement \"z\" is not one of the ids that the runtime offers"),
        ("replacement", "' '", "replacement must not be blank"),
        (
            "replacement",
            "'x '",
            "the replacement \"x \" has surrounding white space and could never match; write \"x\"",
        ),
        ("replacement", "4.5", "expected text, found the number 4.5; put it in quotes"),
    ] {
        assert_eq!(of("", key, value), format!("{key}: {told}"));
    }
    assert_eq!(
        of(withdrawn, "retires", "2026-12-31"),
        "retires: unknown key \"retires\"; the keys here are id, since, replacement"
    );
    assert_eq!(
        of(withdrawn, "since", "yesterday"),
        "since: \"yesterday\" is no day of the calendar; write year, month and day, as in 2027-03-01"
    );
    assert_eq!(
        of(withdrawn, "replacement", "y"),
        "replacement: the replacement is the id itself; name another id, or remove this entry"
    );
    let misspelt = with_items(
        "          - {id: moonshot/kimi-k2, replacement: moonshot/kimi-k2_6}\n          - moonshot/kimi-k2.6\n",
    );
    assert_eq!(
        report(&misspelt),
        "line 15: runtimes.r.providers[0].models[1].replacement: the replacement \"moonshot/kimi-k2_6\" is not one of the ids that \
         the runtime offers; did you mean \"moonshot/kimi-k2.6\"?"
    );
    assert_eq!(of_item("{retires: 2026-12-31}"), "the required key \"id\" is missing");
}

#[test]
fn an_arm_that_can_route_nothing_is_told_what_it_lacks() {
    let file = |pattern: &str, arm: &str| {
        let text = HEAD.replace("    model_prefix_match: ^a\n", pattern);
        report(&text.replace("      - name: a\n        models:\n", &format!("      - name: a\n{arm}")))
    };
    assert_eq!(
        file("", "        models: []\n"),
        "line 11: runtimes.r.providers[0]: this arm can route nothing: its provider has no pattern, and it lists no ids; add \
         ids, or remove it"
    );
    assert_eq!(
        file("    model_prefix_match: ^a\n", "        only_listed: true\n"),
        "line 12: runtimes.r.providers[0]: this arm can route nothing: it takes only ids that it lists, and lists none; add \
         ids, or remove it"
    );
}

#[test]
fn what_is_wrong_with_external_runtimes_is_told() {
    let external = |value: &str| report(&format!("{}external_runtimes:{value}\n", with_items("")));
    assert_eq!(
        external("\n  - mock\n  - mock\n  - r\n  - ' x'\n  -\n  - ''"),
        "line 17: external_runtimes[1]: the runtime \"mock\" comes twice in this list; keep one\n\
         line 18: external_runtimes[2]: the runtime \"r\" is judged, since it stands under runtimes, and so is not external; remove \
         one of the two\n\
         line 19: external_runtimes[3]: the runtime name \" x\" has surrounding white space and could never match; write \"x\"\n\
         line 20: external_runtimes[4]: expected text, found nothing; write it, in quotes if it begins with #, or remove this entry\n\
         line 21: external_runtimes[5]: the runtime name must not be blank"
    );
    let list = "line 15: external_runtimes: expected a list, found";
    assert_eq!(external(" mock"), format!("{list} text; write it in brackets, as in [a, b]"));
    assert_eq!(external(""), format!("{list} nothing; write its items, or remove this entry"));
}

#[test]
fn a_value_beyond_the_width_that_is_searched_is_shown_as_yaml_reads_it() {
    let text = format!("{}          [{}1.10]\n", HEAD, "x, ".to_owned() + &" ".repeat(5_000));
    assert!(report(&text).contains("found the number 1.1;"));
}

#[test]
fn text_that_yaml_takes_for_something_else_is_told_to_be_put_in_quotes() {
    for (item, told) in [
        ("@cf/x", "text cannot begin with @; put it in quotes"),
        ("`m`", "text cannot begin with `; put it in quotes"),
        ("%x", "text cannot begin with %; put it in quotes"),
        ("*", "text cannot begin with *, which is YAML's for names; put it in quotes"),
        ("& x", "text cannot begin with &, which is YAML's for names; put it in quotes"),
        ("*/x", "text cannot begin with *, which is YAML's for names; put it in quotes"),
        ("*kimi", "* begins an alias, whose anchor does not come before; put text that begins with * in quotes"),
        ("&kimi", "expected text, found nothing but an anchor (&); put text that begins with & in quotes"),
        (
            "!kimi",
            "expected text, found a value behind a tag (!); remove the tag, or put text that begins with ! in quotes",
        ),
        ("!a!kimi", "text cannot begin with !, which begins a tag; put it in quotes"),
        ("!!int kimi", "a value does not fit its tag; remove the tag, which is !!int, !!float, !!bool or !!null"),
        ("|x", "text cannot begin with | or >, which begin a block of lines; put it in quotes"),
        (">x", "text cannot begin with | or >, which begin a block of lines; put it in quotes"),
        (
            "a: b",
            "expected text, found a map; put text with a colon and a blank behind it, or with { before it, in quotes",
        ),
        (
            "{a}",
            "expected text, found a map; put text with a colon and a blank behind it, or with { before it, in quotes",
        ),
        ("[a]", "expected text, found a list; write one text, and put text that begins with [ or - in quotes"),
        ("- a", "expected text, found a list; write one text, and put text that begins with [ or - in quotes"),
        (
            "a: b: c",
            "a colon with a blank behind it cannot stand here; check the indentation, and put text that holds \
                 one in quotes",
        ),
        (", a", ", stands where a value belongs; put text that begins with it in quotes"),
        ("] a", "] stands where a value belongs; put text that begins with it in quotes"),
        (
            "'a' b",
            "this is no item of the list above; check the indentation, and that text with quotes inside is quoted",
        ),
        ("#a", "expected text, found nothing; write it, in quotes if it begins with #, or remove this entry"),
        (r#""^\d""#, r"\ begins an escape within double quotes; use single quotes, or write \\"),
        (r#""\xyz""#, r"\ begins an escape within double quotes; use single quotes, or write \\"),
    ] {
        assert_eq!(of_item(item), told, "{item}");
    }
}

#[test]
fn what_is_not_closed_is_told_by_the_line_on_which_it_opens() {
    for (item, told) in [
        ("[a", "the list that [ opens here lacks a comma or its ] by line 17; put text that holds a bracket in quotes"),
        (
            "{a: b",
            "the map that { opens here lacks a comma or its } by line 17; put text that holds a bracket in quotes",
        ),
        ("[a b: c d: e]", "the list that [ opens here lacks a comma or its ]; put text that holds a bracket in quotes"),
        ("'a", "the quote that opens here is not closed; close it, and write '' for a quote within single quotes"),
        ("\"a", "the quote that opens here is not closed; close it, and write '' for a quote within single quotes"),
    ] {
        assert_eq!(of_item(item), told, "{item}");
    }
}

#[test]
fn a_structure_that_does_not_fit_is_told_by_its_own_line() {
    let file = with_items("");
    for (text, told) in [
        (
            file.replace("protocol: openai", "protocol openai"),
            "line 5: the file is not a YAML document: a key without a colon and a blank behind it; write key: \
                 value, or put \
             the text in quotes",
        ),
        (
            file.replace("    protocol", "\tprotocol"),
            "line 5: the file is not a YAML document: a tab cannot indent; use blanks",
        ),
        (
            file.replace("    protocol", "   protocol"),
            "line 5: the file is not a YAML document: this is no item of the list above; check the indentation, \
                 and that \
             text with quotes inside is quoted",
        ),
        (
            file.replace("models:\n          - x", "models: - x"),
            "line 13: the file is not a YAML document: a dash cannot begin a list here; begin it on a line of \
                 its own, or \
             put the text in quotes",
        ),
        (
            format!("%YAML 3.0\n---\n{file}"),
            "line 1: the file is not a YAML document: the version that %YAML names is unknown; remove the line",
        ),
        (
            format!("a: {}", "[".repeat(200)),
            "line 1: the file is not a YAML document: lists and maps lie in each other more than 128 deep, as an alias \
             within its own anchor does",
        ),
    ] {
        assert_eq!(report(&text), told, "{text}");
    }
}

#[test]
fn a_merge_key_is_told_to_be_written_out() {
    let text = with_items("").replace("    display_name", "    <<: {x: y}\n    display_name");
    assert_eq!(
        report(&text),
        "line 4: providers[0].\"<<\": merge keys (<<) are not supported; write the keys and values out"
    );
}

#[test]
fn a_control_character_is_told_by_its_own_line() {
    for (character, name) in
        [('\u{7}', "0007"), ('\0', "0000"), ('\u{7f}', "007F"), ('\u{9f}', "009F"), ('\u{fffe}', "FFFE")]
    {
        let told = format!("line 15: the character U+{name} cannot stand in YAML; remove it");
        assert_eq!(report(&with_items(&format!("          - y{character}\n"))), told);
        assert_eq!(report(&with_items(&format!("  # {character}\n")).replace('\n', "\r\n")), told);
    }
}

#[test]
fn a_second_document_is_told_by_the_line_with_which_it_begins() {
    let told = "a second YAML document begins here; a registry is one, so remove the --- or ... that divides it";
    let file = with_items("");
    for (text, line) in [
        (format!("{file}---\n"), 15),
        (format!("{file}---"), 15),
        (format!("# a comment\n---\n{file}--- # more\n"), 17),
        (format!("{file}{}", "---\n".repeat(3)), 15),
        (format!("{file}...\n# a comment\n\n{file}"), 18),
        (format!("{file}---\r\n{file}"), 15),
    ] {
        assert_eq!(report(&text), format!("line {line}: {told}"), "{text}");
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let file = with_items("          - 'a\u{2028}\u{2029}\u{85}b'\n          - 1.10\n");
    let told = "line 16: runtimes.r.providers[0].models[2]: expected text, found the number 1.10; put it in quotes";
    assert_eq!(report(&file), told);
    assert_eq!(report(&file.replace('\n', "\r\n")), told);
    assert_eq!(report(&file.replace('\n', "\r")), told);
    let file = file.replace("1.10", "x2");
    assert!(report(&format!("{file}---\n")).starts_with("line 17: "));
    assert!(report(&format!("{file}---\n").replace('\n', "\r")).starts_with("line 17: "));
    assert!(report(&format!("{file}  @\n")).starts_with("line 17: "));
    assert!(report(&format!("{file}\u{7}\n")).starts_with("line 17: "));
}

#[test]
fn a_tag_is_told_by_its_own_line() {
    let text = HEAD.to_owned() + "\n          !x\n            - y\n";
    assert_eq!(
        report(&text),
        "line 15: runtimes.r.providers[0].models: expected a list, found a value behind a tag (!); remove the tag"
    );
}

#[test]
fn what_is_empty_is_told_by_its_own_line() {
    let items = "          - {}\n          - []\n          -\n          - # nothing\n          - ''\n";
    let lines: Vec<_> = faults(&with_items(items)).iter().map(|fault| fault.line().unwrap()).collect();
    assert_eq!(lines, [15, 16, 17, 18, 19]);
    assert_eq!(
        report("# a comment\n\n{}\n"),
        "line 3: the required key \"schema_version\" is missing\nline 3: the required key \"providers\" is missing\n\
         line 3: the required key \"runtimes\" is missing"
    );
    assert_eq!(report("\n[]\n"), "line 2: expected a map, found a list; write key: value, without a dash");
}

#[test]
fn what_an_alias_repeats_is_told_by_the_alias_s_line() {
    let text = with_items("          - &number 1.10\n          - *number\n") + "      - name: a\n";
    let lines = |text: &str| -> Vec<_> {
        faults(text).iter().map(|fault| (fault.line().unwrap(), fault.kind().to_string())).collect()
    };
    let told = || "expected text, found the number 1.10; put it in quotes".to_owned();
    assert_eq!(lines(&text)[..2], [(15, told()), (16, told())]);
    let list = with_items("          - 1.10\n").replace("models:", "models: &ids")
        + "  s:\n    providers:\n      - name: a\n        models: *ids\n";
    assert_eq!(lines(&list), [(15, told()), (19, told())]);
    let map = HEAD
        .replace("auth_mode: key", "endpoint_vars: {v: &v {x: y}, w: {}}")
        .replace("runtimes:", "  - *v\nruntimes:");
    assert!(faults(&map).iter().any(|fault| fault.line() == Some(9) && fault.path().starts_with("providers[1]")));
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

#[test]
fn nothing_that_may_be_a_secret_is_repeated() {
    const SECRETS: [&str; 5] = ["sk-ant-secret", "8412903377", "84.12903377", "!!int sk-ant-secret", "wJalrXUtnFEMI"];
    let file = with_items("");
    for secret in SECRETS {
        for value in [
            "{}",
            "[{}]",
            "{{}}",
            "{{}: x}",
            "[{}: x]",
            "[[{}]]",
            "!x {}",
            "!{}",
            "&x {}",
            "&{}",
            "*{}",
            "[{}",
            "{{}",
            "@{}",
            "'{}",
            "\"\\{}\"",
            "{v: {}}",
            "{v: {env: {}, default: {}}}",
            "{{}: {env: E}}",
            "{v: {env: E, default: d, {}}}",
            "{v: {env: E, {}: x, {}: y}}",
            "{v: {<<: {}}}",
            "{? {} : x}",
            "- {}",
            "{} {}: x",
            "|{}",
            "%{}",
            "[X, {}, {}]",
        ] {
            let value = value.replace("{}", secret);
            for text in [
                file.replace("[A_KEY]", &value),
                file.replace("    auth_mode", &format!("    auth_token_env: {value}\n    auth_mode")),
                file.replace("    auth_mode", &format!("    endpoint_vars: {value}\n    auth_mode")),
            ] {
                let Err(found) = registry::read(text.as_bytes()) else { continue };
                let found = format!("{found}");
                let plain = secret.rsplit(' ').next().unwrap();
                assert!(!found.contains(plain), "{value}: {found}");
                assert!(!found.contains("8412903377") && !found.contains("12903377"), "{value}: {found}");
            }
        }
    }
}

#[test]
fn a_key_that_lacks_a_letter_is_told_whatever_part_of_it_does() {
    for (key, meant) in [
        ("display_nam", "display_name"),
        ("auth_en", "auth_env"),
        ("upstream_vendr", "upstream_vendor"),
        ("modl_aliases", "model_aliases"),
    ] {
        let found = faults(&common::file(&format!("name: a, {key}: x, "), "r: {providers: [{name: a}]}"));
        let texts: Vec<_> = found.iter().map(ToString::to_string).collect();
        let expected = format!("unknown key {key:?}; did you mean {meant:?}?");
        assert!(texts.iter().any(|text| text.ends_with(&expected)), "{texts:#?}");
    }
}
