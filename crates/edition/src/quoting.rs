//! Literals of SQL in ASCII, which mean the same in every session: no setting and no encoding of a client changes them.

use std::fmt::Write as _;

/// The text as a literal. Line ends stay, so that a file can be read in it.
pub fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + text.len() / 8 + 3);
    literal.push_str("E'");
    for character in text.chars() {
        match character {
            '\'' => literal.push_str("''"),
            '\\' => literal.push_str("\\\\"),
            '\n' | ' '..='~' => literal.push(character),
            '\u{10000}'.. => write!(literal, "\\U{:08x}", u32::from(character)).expect("a String takes it"),
            _ => write!(literal, "\\u{:04x}", u32::from(character)).expect("a String takes it"),
        }
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_literal_is_ascii_and_keeps_its_lines() {
        assert_eq!(literal("a: 'b'\n"), "E'a: ''b''\n'");
        assert_eq!(literal("\\d\t\u{e9}\u{1f600}\r"), "E'\\\\d\\u0009\\u00e9\\U0001f600\\u000d'");
    }
}
