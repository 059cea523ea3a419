//! Messages in two parts: what is wrong, and what to write instead.

/// Splits a message at its first `; ` that is not within a quoted value.
pub(crate) fn split(message: &str) -> (&str, Option<&str>) {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (position, character) in message.char_indices() {
        match character {
            '"' if !is_escaped => is_quoted = !is_quoted,
            ';' if !is_quoted => {
                if let Some(advice) = message[position..].strip_prefix("; ") {
                    return (&message[..position], Some(advice));
                }
            }
            _ => {}
        }
        is_escaped = is_quoted && character == '\\' && !is_escaped;
    }
    (message, None)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_message_is_split_where_its_advice_begins_and_not_within_a_value() {
        assert_eq!(
            split("the id \"x\" comes twice in this arm; keep one"),
            ("the id \"x\" comes twice in this arm", Some("keep one"))
        );
        assert_eq!(split("unknown key \"a; b\"; use c; or d"), ("unknown key \"a; b\"", Some("use c; or d")));
        assert_eq!(split(r#"unknown key "a\"; b"; use c"#), (r#"unknown key "a\"; b""#, Some("use c")));
        assert_eq!(split("the id is longer than 7 bytes"), ("the id is longer than 7 bytes", None));
    }
}
