//! UTF-8 as an automaton, so that a search finds only ids that are text.

use std::sync::LazyLock;

use super::automaton::Automaton;
use super::syntax;

/// Matches every text. The pattern is within the subset, so compiling it cannot fail.
static UTF8: LazyLock<Automaton> = LazyLock::new(|| {
    let expression = syntax::parse(r"^(?:.|\n)*$").expect("it is a pattern");
    Automaton::build(expression).expect("it is a small one").0
});

/// The automaton that accepts exactly the byte sequences that are UTF-8.
pub(super) fn automaton() -> &'static Automaton {
    &UTF8
}

#[cfg(test)]
mod tests {
    use super::automaton;

    #[test]
    fn exactly_the_characters_are_accepted() {
        for character in '\0'..=char::MAX {
            assert!(automaton().matches(character.encode_utf8(&mut [0; 4]).as_bytes()), "{character:?}");
        }
        assert!(automaton().matches("".as_bytes()));
        assert!(automaton().matches("k\u{fc}\u{20ac}\u{10ffff}\n".as_bytes()));
        for bytes in [
            &b"\x80"[..],
            b"\xc3",
            b"a\xe2\x82",
            b"\xc0\x80",
            b"\xc1\xbf",
            b"\xe0\x80\x80",
            b"\xed\xa0\x80",
            b"\xf0\x80\x80\x80",
            b"\xf4\x90\x80\x80",
            b"\xf5\x80\x80\x80",
            b"\xff",
        ] {
            assert!(!automaton().matches(bytes), "{bytes:?}");
        }
    }
}
