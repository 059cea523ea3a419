//! A registry file with an edit, and its report.

use crate::common::faults;

pub const HEAD: &str = "\
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

/// A registry file with these items after the id `x`, which is on line 14.
pub fn with_items(items: &str) -> String {
    format!("{}          - x\n{items}", HEAD)
}

/// The report on a file.
pub fn report(text: &str) -> String {
    let lines: Vec<_> = faults(text).iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The report on an item after the id `x`, which has to be one fault of line 15.
pub fn of_item(item: &str) -> String {
    let report = report(&with_items(&format!("          - {item}\n          - z\n")));
    let text = report.strip_prefix("line 15: ").unwrap_or_else(|| panic!("{item}: {report}"));
    assert!(!text.contains('\n'), "{item}: {text}");
    let place = "runtimes.r.providers[0].models[1]: ";
    let place = if text.starts_with(place) { place } else { "the file is not a YAML document: " };
    text.strip_prefix(place).unwrap_or_else(|| panic!("{item}: {text}")).to_owned()
}
