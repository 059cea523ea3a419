//! The characters with which an id can begin that a pattern matches, so that a lookup asks few of a runtime's patterns.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind, Look};
use registry::Pattern;

/// More characters than these are as good as any.
const MOST: usize = 64;

/// The first characters of all ids that the pattern matches; none if an id can begin with anything, or with too many.
pub fn first_characters(pattern: &Pattern) -> Option<String> {
    Some(anchored(&pattern.expression())?.into_iter().collect())
}

/// Of an expression that only matches from the beginning of an id on.
fn anchored(expression: &Hir) -> Option<BTreeSet<char>> {
    match expression.kind() {
        HirKind::Capture(capture) => anchored(&capture.sub),
        HirKind::Alternation(alternatives) => united(alternatives.iter().map(anchored)),
        HirKind::Concat(parts) => match parts.split_first()? {
            (first, rest) if matches!(first.kind(), HirKind::Look(Look::Start)) => leading_of_all(rest),
            (first, _) => anchored(first),
        },
        _ => None,
    }
}

/// Of an expression that matches at least one character, wherever it begins.
fn leading(expression: &Hir) -> Option<BTreeSet<char>> {
    match expression.kind() {
        HirKind::Literal(literal) => Some(BTreeSet::from([std::str::from_utf8(&literal.0).ok()?.chars().next()?])),
        HirKind::Class(Class::Unicode(class)) => {
            let characters = class.iter().flat_map(|range| range.start()..=range.end());
            let characters: BTreeSet<char> = characters.take(MOST + 1).collect();
            (characters.len() <= MOST).then_some(characters)
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => leading(&repetition.sub),
        HirKind::Capture(capture) => leading(&capture.sub),
        HirKind::Alternation(alternatives) => united(alternatives.iter().map(leading)),
        HirKind::Concat(parts) => leading_of_all(parts),
        _ => None,
    }
}

fn leading_of_all(parts: &[Hir]) -> Option<BTreeSet<char>> {
    leading(parts.first()?)
}

fn united(sets: impl Iterator<Item = Option<BTreeSet<char>>>) -> Option<BTreeSet<char>> {
    let characters: BTreeSet<char> = sets.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
    (characters.len() <= MOST).then_some(characters)
}

#[cfg(test)]
mod tests {
    use registry::Pattern;

    use super::first_characters;

    #[test]
    fn an_anchored_pattern_tells_with_what_an_id_begins() {
        for (pattern, expected) in [
            ("^claude", Some("c")),
            ("^(sonnet|opus|haiku)$", Some("hos")),
            ("(?i)^kimi", Some("Kk\u{212a}")),
            ("(?i)^(glm-|zai[:/])", Some("GZgz")),
            ("^[ab]+", Some("ab")),
            ("^a|^b", Some("ab")),
            ("^a?b", None),
            ("^a|b", None),
            ("^.", None),
            ("^", None),
            ("claude", None),
            ("(^a)*b", None),
        ] {
            assert_eq!(first_characters(&Pattern::new(pattern).unwrap()).as_deref(), expected, "{pattern}");
        }
    }
}
