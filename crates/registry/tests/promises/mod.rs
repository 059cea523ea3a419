//! The promises about suggestions, written from the rules.

/// The runs of digits of a text.
pub fn digits(text: &str) -> Vec<&str> {
    text.split(|character: char| !character.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

fn key(text: &str) -> String {
    let is_left_out = |character: char| character.is_ascii_punctuation() || character.is_ascii_whitespace();
    let mut key = String::new();
    for part in text.split(is_left_out).filter(|part| !part.is_empty()) {
        if key.ends_with(|last: char| last.is_ascii_digit()) && part.starts_with(|first: char| first.is_ascii_digit()) {
            key.push('.');
        }
        key += &part.to_ascii_lowercase();
    }
    key
}

/// The vendor before an id, and the rest of the id.
fn split(id: &str) -> Option<(&str, &str)> {
    let vendor = id.split_once(['/', ':'])?;
    digits(vendor.0).is_empty().then_some(vendor)
}

/// Whether two ids have the same key, with or without the vendors before them.
pub fn has_key_of(one: &str, other: &str) -> bool {
    let keys = |id: &str| [Some(key(id)), split(id).map(|(_, rest)| key(rest))];
    keys(one).into_iter().flatten().any(|key| keys(other).contains(&Some(key)))
}

/// From the listed ids, each with the vendor of its arm: those that have the key of an id and belong to the vendor before
/// that id.
pub fn own_ids<'a>(id: &str, listed: &[(&str, &'a str)]) -> Vec<&'a str> {
    let Some((vendor, _)) = split(id) else { return Vec::new() };
    let has_vendor = |id: &str| split(id).is_some_and(|(written, _)| key(written) == key(vendor));
    let begins = |id: &str| {
        id.strip_prefix(vendor).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_punctuation()))
    };
    let is_own = |arm: &str, listed_id: &str| {
        let beside = || listed.iter().any(|(other, id)| *other == arm && has_vendor(id));
        arm == vendor || has_vendor(listed_id) || split(listed_id).is_none() && (begins(listed_id) || beside())
    };
    listed.iter().filter(|(arm, listed)| has_key_of(id, listed) && is_own(arm, listed)).map(|(_, id)| *id).collect()
}
