//! Values of a wrong type, in the words of a fault's message.

use crate::document::Described;

pub(super) const TEXT: &str = "text";
pub(super) const TEXT_AS_KEY: &str = "text as a key";
pub(super) const A_VARIABLE: &str = "the name of an environment variable";
pub(super) const A_DATE: &str = "a date";
pub(super) const A_LIST: &str = "a list";
pub(super) const A_MAP: &str = "a map";
pub(super) const TRUE_OR_FALSE: &str = "true or false";
pub(super) const THE_NUMBER_1: &str = "the number 1";

/// The value as the file writes it. If it may be a secret, only its type.
pub(super) fn shown(found: Described, secret: bool) -> String {
    match found {
        Described::Nothing => "nothing".into(),
        Described::Null(word) => format!("{word}, which YAML reads as nothing"),
        Described::Anchor => "nothing but an anchor (&)".into(),
        Described::Boolean(_) if secret => "a boolean".into(),
        Described::Boolean(word) => format!("the boolean {word}"),
        Described::Number(_) if secret => "a number".into(),
        Described::Number(word) => format!("the number {word}"),
        Described::Text => "text".into(),
        Described::List => "a list".into(),
        Described::Map => "a map".into(),
        Described::Tagged => "a value behind a tag (!)".into(),
    }
}

/// What to write instead of a value of a wrong type.
pub(super) fn advice(expected: &str, found: &Described) -> &'static str {
    match (expected, found) {
        (_, Described::Anchor) => "; put text that begins with & in quotes",
        (THE_NUMBER_1, _) => "; write 1, without quotes or a point",
        (TRUE_OR_FALSE, _) => "; write true or false, without quotes",
        (TEXT | TEXT_AS_KEY, Described::Null(_) | Described::Boolean(_) | Described::Number(_)) => "; put it in quotes",
        (TEXT | TEXT_AS_KEY, Described::Tagged) => "; remove the tag, or put text that begins with ! in quotes",
        (TEXT_AS_KEY, _) => "; write one text before the colon",
        (TEXT, Described::Map) => "; put text with a colon and a blank behind it, or with { before it, in quotes",
        (TEXT, Described::List) => "; write one text, and put text that begins with [ or - in quotes",
        (TEXT, _) => "; write it, in quotes if it begins with #, or remove this entry",
        (A_VARIABLE, _) => "; write its name, never its value",
        (_, Described::Tagged) => "; remove the tag",
        (A_DATE, Described::Nothing | Described::Null(_)) => "; write year, month and day, or remove this entry",
        (A_DATE, _) => "; write year, month and day, as in 2027-03-01",
        (A_LIST, Described::Map) => "; begin each item with a dash",
        (A_LIST, Described::Nothing | Described::Null(_)) => "; write its items, or remove this entry",
        (A_LIST, _) => "; write it in brackets, as in [a, b]",
        (A_MAP, Described::List) => "; write key: value, without a dash",
        (A_MAP, Described::Nothing | Described::Null(_)) => "; write its keys and values, or remove this entry",
        (A_MAP, _) => "; write key: value",
        _ => "",
    }
}
