//! Text that is not YAML, or YAML that no registry file needs.

use crate::file::{of_item, report, with_items};

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
