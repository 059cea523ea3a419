//! Special cases of the compiled tables: ids that begin with other ids, automata with many states, and ids and tables of the
//! smallest and largest sizes.

mod common;

use common::file;
use registry::{Code, Image, ModelId};

fn codes<'a>(text: &str, models: impl Iterator<Item = &'a str>) -> Vec<Code> {
    let bytes = registry::compile(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    let image = Image::open(&bytes).unwrap();
    models.map(|model| image.judge(Some(b"r"), Some(ModelId::from_utf8(model.as_bytes()))).code).collect()
}

#[test]
fn an_id_that_begins_as_many_listed_ones_do_is_not_taken_for_one() {
    let ids: Vec<String> = (1..=3_000).map(|length| "x".repeat(length)).collect();
    let listed: Vec<&str> = ids.iter().map(String::as_str).skip(1).step_by(2).collect();
    let text = file("name: a, ", &format!("r: {{providers: [{{name: a, models: {listed:?}}}]}}"));
    for (length, code) in (1..).zip(codes(&text, ids.iter().map(String::as_str))) {
        let expected = if length % 2 == 0 { Code::Registered } else { Code::UnregisteredModelForRuntime };
        assert_eq!(code, expected, "length {length}");
    }
}

#[test]
fn an_automaton_of_more_states_than_a_byte_counts_is_walked_to_its_end() {
    for length in [200, 253, 254, 255, 256, 257, 300, 900] {
        let text = file(&format!("name: a, model_prefix_match: '^[ab]{{{length}}}$', "), "r: {providers: [{name: a}]}");
        let ids = [length - 1, length, length + 1].map(|length| "ab".repeat(length)[..length].to_owned());
        let refused = Code::UnregisteredModelForRuntime;
        assert_eq!(
            codes(&text, ids.iter().map(String::as_str)),
            [refused, Code::RoutableByPrefix, refused],
            "{length}"
        );
    }
}

#[test]
fn the_longest_id_is_found_and_one_longer_is_a_fault() {
    let longest = "x".repeat(30_000);
    let text = |id: &str| file("name: a, ", &format!("r: {{providers: [{{name: a, models: [{id}]}}]}}"));
    let shorter = &longest[1..];
    let longer = format!("{longest}x");
    assert_eq!(
        codes(&text(&longest), [&longest[..], shorter, &longer].into_iter()),
        [Code::Registered, Code::UnregisteredModelForRuntime, Code::UnregisteredModelForRuntime]
    );
    let fault = &common::faults(&text(&longer))[0];
    assert_eq!(fault.to_string(), "line 3: runtimes.r.providers[0].models[0]: the id is longer than 30000 bytes");
}

#[test]
fn a_registry_without_any_id_answers_by_pattern() {
    let text = file("name: a, ", "r: {providers: [{name: a}]}");
    assert_eq!(codes(&text, ["a", "b"].into_iter()), [Code::RoutableByPrefix, Code::UnregisteredModelForRuntime]);
}
