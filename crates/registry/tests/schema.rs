//! `docs/providers.schema.json`, with which editors check a registry file, agrees with the reader on the shape of files.

mod common;

use common::Random;
use registry::{Fault, FaultKind};
use serde_json::{Map, Value, json};

const SCHEMA: &str = include_str!("../../../docs/providers.schema.json");

/// A registry that has every key of the format.
const EVERY_KEY: &str = "
schema_version: 1
providers:
  - name: a
    display_name: A
    protocol: openai
    auth_mode: key
    auth_env: [A_KEY, B_KEY]
    model_prefix_match: ^a
    auth_token_env: A_KEY
    upstream_vendor: a
    vendor_logo: logo
    base_url_template: 'https://{region}.example/'
    base_url_anthropic: null
    wire_model_prefix: a/
    thinking_policy: none
    model_aliases: [a-1]
    deprecated: false
    endpoint_vars: {region: {env: REGION, default: ''}}
  - {name: b, display_name: B, protocol: anthropic, auth_mode: key, auth_env: [B_KEY]}
runtimes:
  r:
    display_name: R
    default_model: a-1
    providers:
      - name: a
        models: [a-1, {id: a-2, retires: 2027-03-01, replacement: a-1}]
        only_listed: true
        withdrawn_models: [a-0, {id: a-00, since: 2026-08-04, replacement: a-2}]
      - {name: b, models: [{id: b-1}]}
  s: {providers: [{name: a}]}
external_runtimes: [x, y]
allowed_lints:
  - {lint: unused_provider, at: c, reason: why}
";

fn schema() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap()
}

fn every_key() -> Value {
    serde_yaml::from_str(EVERY_KEY).unwrap()
}

/// The faults that the reader finds in a document.
fn faults(document: &Value) -> Vec<Fault> {
    // JSON is YAML.
    registry::read(document.to_string().as_bytes()).err().into_iter().flatten().collect()
}

/// Whether a fault is one of shape, which a schema can express. The others depend on names, ids and patterns elsewhere in the
/// file.
fn is_of_shape(fault: &Fault) -> bool {
    use FaultKind::*;
    matches!(
        fault.kind(),
        EmptyDocument
            | WrongType { .. }
            | MergeKey
            | UnknownKey { .. }
            | MissingKey { .. }
            | SchemaVersion { .. }
            | Empty { .. }
            | Blank { .. }
            | SurroundingWhiteSpace { .. }
            | UnknownProtocol { .. }
            | NotAVariableName
            | NotADate { .. }
            | UnknownLint { .. }
            | DuplicateExternalRuntime { .. }
    )
}

/// Asserts that the schema refuses a document exactly if the reader finds a fault of shape. Returns whether it does.
fn is_refused_by_both(schema: &jsonschema::Validator, document: &Value) -> bool {
    let found = faults(document);
    // For a schema, a text and a map with the same id are different items.
    let repeats =
        found.iter().any(|fault| matches!(fault.kind(), FaultKind::DuplicateId { .. })) && has_equal_ids(document);
    let refused = repeats || found.iter().any(is_of_shape);
    let complaints: Vec<_> =
        schema.iter_errors(document).map(|error| format!("{} {error}", error.instance_path())).collect();
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(!complaints.is_empty(), refused, "{document:#}\nschema: {complaints:#?}\nreader: {told:#?}");
    refused
}

/// Whether one of the lists of ids has an item twice.
fn has_equal_ids(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, value)| match value {
            Value::Array(items) if key == "models" || key == "withdrawn_models" => {
                items.iter().enumerate().any(|(index, item)| items[..index].contains(item))
            }
            value => has_equal_ids(value),
        }),
        Value::Array(items) => items.iter().any(has_equal_ids),
        _ => false,
    }
}

#[test]
fn a_file_that_loads_is_valid() {
    let (schema, root) = (schema(), concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut files = vec![format!("{root}/providers.yaml"), format!("{root}/tests/unusual_ids/providers.yaml")];
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance")).unwrap() {
        let path = entry.unwrap().path().to_str().unwrap().to_owned();
        files.extend(Some(path).filter(|path| path.ends_with(".yaml") && !path.ends_with("invalid.yaml")));
    }
    assert!(files.len() > 10, "{files:?}");
    let texts = files.iter().map(|file| (&**file, std::fs::read_to_string(file).unwrap()));
    for (name, text) in texts.chain([("every key", EVERY_KEY.to_owned())]) {
        registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{name}: {faults}"));
        let document: Value = serde_yaml::from_str(&text).unwrap();
        schema.validate(&document).unwrap_or_else(|error| panic!("{name}: {} {error}", error.instance_path()));
    }
}

#[test]
fn a_document_that_must_not_load_is_refused_if_its_shape_is_wrong() {
    #[derive(serde::Deserialize)]
    struct Case {
        document: String,
    }
    let cases: Vec<Case> = serde_yaml::from_str(include_str!("conformance/invalid.yaml")).unwrap();
    let documents = cases.iter().filter_map(|case| serde_yaml::from_str(&case.document).ok());
    let refused: Vec<_> = documents.map(|document: Value| is_refused_by_both(&schema(), &document)).collect();
    assert!(refused.contains(&true) && refused.contains(&false), "{refused:?}");
}

/// A part of [`EVERY_KEY`] for each map with keys of the format, and its definition in the schema.
const MAPS: [(&str, &str); 9] = [
    ("", ""),
    ("/providers/0", "/$defs/provider"),
    ("/providers/0/endpoint_vars/region", "/$defs/endpoint_variable"),
    ("/runtimes/r", "/$defs/runtime"),
    ("/runtimes/r/providers/0", "/$defs/arm"),
    ("/runtimes/r/providers/0/models/1", "/$defs/offered_model"),
    ("/runtimes/r/providers/0/withdrawn_models/1", "/$defs/withdrawn_model"),
    ("/allowed_lints/0", "/$defs/allowed_lint"),
    ("/runtimes/s", "/$defs/runtime"),
];

#[test]
fn it_has_the_reader_s_keys_and_requires_the_same() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (part, described) in MAPS {
        let described = schema.pointer(described).unwrap();
        let mut document = every_key();
        let map = document.pointer_mut(part).unwrap().as_object_mut().unwrap();
        map.insert("1234567890".into(), json!("x"));
        let keys = map.keys().cloned().collect::<Vec<_>>();
        let unknown = faults(&document).into_iter().find_map(|fault| match fault.kind() {
            FaultKind::UnknownKey { allowed, .. } => Some(sorted(allowed.iter().copied())),
            _ => None,
        });
        assert_eq!(unknown.as_ref(), Some(&sorted(properties(described))), "{part}");
        let required = keys.iter().filter(|key| {
            let mut document = every_key();
            document.pointer_mut(part).unwrap().as_object_mut().unwrap().remove(*key);
            faults(&document)
                .iter()
                .any(|fault| matches!(fault.kind(), FaultKind::MissingKey { key: missing } if missing == key))
        });
        let described = described["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap());
        assert_eq!(sorted(required.map(|key| &**key)), sorted(described), "{part}");
    }
}

fn properties(described: &Value) -> impl Iterator<Item = &str> {
    described["properties"].as_object().unwrap().keys().map(|key| &**key)
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<_> = names.map(str::to_owned).collect();
    names.sort();
    names
}

#[test]
fn it_has_the_reader_s_lints() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let names = schema["$defs"]["allowed_lint"]["properties"]["lint"]["enum"].as_array().unwrap();
    let names: Vec<_> = names.iter().map(|name| name.as_str().unwrap()).collect();
    let mut document = every_key();
    document["allowed_lints"][0]["lint"] = json!("unknown");
    let told = faults(&document)[0].kind().to_string();
    assert!(told.ends_with(&format!("the lints are {}", names.join(", "))), "{told}\n{names:?}");
}

#[test]
fn every_key_and_value_is_described() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (_, described) in MAPS {
        for (key, property) in schema.pointer(described).unwrap()["properties"].as_object().unwrap() {
            let target = property.get("$ref").and_then(|target| schema.pointer(target.as_str()?.strip_prefix('#')?));
            let text = property.get("description").or_else(|| target?.get("description"));
            assert!(
                text.is_some_and(|text| text.as_str().is_some_and(|text| text.ends_with('.'))),
                "{described} {key}"
            );
        }
    }
}

#[test]
fn a_document_with_another_value_is_refused_if_its_shape_is_wrong() {
    let schema = schema();
    let mut parts = Vec::new();
    collect_parts(&every_key(), String::new(), &mut parts);
    for part in parts {
        for value in values(0) {
            let mut document = every_key();
            *document.pointer_mut(&part).unwrap() = value;
            is_refused_by_both(&schema, &document);
        }
    }
}

#[test]
fn a_document_that_was_changed_at_random_is_refused_if_its_shape_is_wrong() {
    let schema = schema();
    let mut random = Random(3);
    let mut refused = 0;
    const DOCUMENTS: usize = 1_500;
    for number in 0..DOCUMENTS {
        let mut document = every_key();
        for _ in 0..1 + random.below(3) {
            change(&mut document, number, &mut random);
        }
        refused += usize::from(is_refused_by_both(&schema, &document));
    }
    assert!((DOCUMENTS / 2..DOCUMENTS).contains(&refused), "{refused}");
}

/// Changes one of the values in a document: the value itself, its content, or the value that contains it.
fn change(document: &mut Value, number: usize, random: &mut Random) {
    let mut parts = Vec::new();
    collect_parts(document, String::new(), &mut parts);
    let part = document.pointer_mut(&parts[random.below(parts.len())]).unwrap();
    match part {
        Value::Object(map) if !map.is_empty() && random.below(4) > 0 => change_map(map, number, random),
        Value::Array(items) if !items.is_empty() && random.below(4) > 0 => change_list(items, random),
        part => *part = value(number, random),
    }
}

fn change_map(map: &mut Map<String, Value>, number: usize, random: &mut Random) {
    let key = map.keys().nth(random.below(map.len())).unwrap().clone();
    let other =
        ["", " ", " x", "name", "id", "models", "retires", "since", "deprecated", "only_listed", "<<", "at", "r\n"];
    let other = match random.below(other.len() + 1) {
        0 => format!("key{number}"),
        index => other[index - 1].to_owned(),
    };
    match random.below(3) {
        0 => drop(map.remove(&key)),
        1 => drop(map.insert(other, value(number, random))),
        _ => {
            let moved = map.remove(&key).unwrap();
            map.insert(other, moved);
        }
    }
}

fn change_list(items: &mut Vec<Value>, random: &mut Random) {
    let index = random.below(items.len());
    match random.below(3) {
        0 => items.clear(),
        1 => drop(items.remove(index)),
        _ => items.push(items[index].clone()),
    }
}

fn value(number: usize, random: &mut Random) -> Value {
    let mut values = values(number);
    values.swap_remove(random.below(values.len()))
}

/// Values of all types. Keys of the format take some of them. The number makes their texts different from others.
fn values(number: usize) -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(1),
        json!(2),
        json!(1.5),
        json!(""),
        json!(" "),
        json!(format!("text{number}")),
        json!(format!("A_{number}")),
        json!(format!("1A_{number}")),
        json!(format!("a-{number}")),
        json!(format!(" text{number}")),
        json!(format!("text{number}\u{3000}")),
        json!(format!("text\n{number}")),
        json!("anthropic"),
        json!("OpenAI"),
        json!("2027-03-01"),
        json!("2027-3-1"),
        json!("227-03-01"),
        json!("2027-03-01 "),
        json!("unlisted_alias"),
        json!([]),
        json!({}),
        json!([format!("text{number}")]),
        json!([format!("text{number}"), 1]),
        json!([[]]),
        json!({"id": format!("id{number}")}),
        json!({"id": format!("offered{number}"), "retires": "2027-03-01"}),
        json!({"id": format!("withdrawn{number}"), "since": "2027-03-01"}),
        json!({"env": "E", "default": ""}),
        json!({"text": "x"}),
    ]
}

fn collect_parts(value: &Value, path: String, parts: &mut Vec<String>) {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| collect_parts(value, format!("{path}/{}", escaped(key)), parts));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect_parts(item, format!("{path}/{index}"), parts));
        }
        _ => {}
    }
    parts.push(path);
}
