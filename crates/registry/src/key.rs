//! The key of an id or of a runtime's name: the text without what punctuation and letter case add.

/// Replaces punctuation between two digits in a key: `4.7` and `4-7` have the same key, and `47` has another.
const MARK: u8 = b'.';

/// The bytes of a text's key: the text without ASCII punctuation and white space, with ASCII letters in lower case, and with
/// a mark for punctuation or white space between two digits.
pub(crate) fn key(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut last = None;
    let mut is_parted = false;
    text.iter()
        .flat_map(move |&byte| {
            if is_left_out(byte) {
                is_parted = true;
                return [None, None];
            }
            let is_number = |byte: u8| byte.is_ascii_digit();
            let mark = (is_parted && is_number(byte) && last.is_some_and(is_number)).then_some(MARK);
            (last, is_parted) = (Some(byte), false);
            [mark, Some(byte.to_ascii_lowercase())]
        })
        .flatten()
}

/// Whether two texts have the same key. Faster than computing both [`key`]s, if many texts are compared.
pub(crate) fn is_same_key(one: &[u8], other: &[u8]) -> bool {
    let (mut one, mut other) = (one.iter(), other.iter());
    let mut was_digit = false;
    loop {
        let (left, is_left_parted) = next_counted(&mut one);
        let (right, is_right_parted) = next_counted(&mut other);
        match (left, right) {
            (None, None) => return true,
            (Some(left), Some(right)) if left.eq_ignore_ascii_case(&right) => {
                let is_digit = left.is_ascii_digit();
                if is_digit && was_digit && is_left_parted != is_right_parted {
                    return false;
                }
                was_digit = is_digit;
            }
            _ => return false,
        }
    }
}

/// The next byte that counts, and whether bytes before it were left out.
fn next_counted(bytes: &mut std::slice::Iter<u8>) -> (Option<u8>, bool) {
    let before = bytes.len();
    let byte = bytes.by_ref().copied().find(|&byte| !is_left_out(byte));
    (byte, before - bytes.len() > 1)
}

/// Whether the byte is ASCII punctuation or white space.
#[inline]
pub(crate) fn is_left_out(byte: u8) -> bool {
    COUNTED[usize::from(byte)] == LEFT_OUT
}

/// Marks bytes that are left out in [`COUNTED`]. A key has no upper-case letter.
pub(crate) const LEFT_OUT: u8 = b'A';

/// The byte of a key for each byte of a text.
pub(crate) static COUNTED: [u8; 256] = {
    let mut counted = [0; 256];
    let mut byte = 0;
    while byte < counted.len() {
        let value = byte as u8;
        let is_left_out = value.is_ascii_punctuation() || matches!(value, b'\t'..=b'\r' | b' ');
        counted[byte] = if is_left_out { LEFT_OUT } else { value.to_ascii_lowercase() };
        byte += 1;
    }
    counted
};

/// The vendor's prefix, which is text without digits before the first `/` or `:`, and the text after it. None if the text has
/// no such prefix.
pub(crate) fn split_vendor(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(|byte| matches!(byte, b'/' | b':' | b'0'..=b'9'))?;
    (!text[end].is_ascii_digit()).then(|| (&text[..end], &text[end + 1..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_same_key, key, split_vendor};

    fn shown(text: &str) -> String {
        String::from_utf8(key(text.as_bytes()).collect()).unwrap()
    }

    #[test]
    fn punctuation_and_case_do_not_count_but_between_digits() {
        for (text, expected) in [
            ("claude-opus-4.7", "claudeopus4.7"),
            ("Claude_Opus 4--7\t", "claudeopus4.7"),
            ("claude-opus-47", "claudeopus47"),
            ("4-o-7", "4o7"),
            ("k2.6", "k2.6"),
            ("-4.", "4"),
            ("\u{e9}-\u{c9}", "\u{e9}\u{c9}"),
            ("\u{b}-/:", ""),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn texts_have_one_key_if_their_keys_say_so(parts in prop::collection::vec(("[aA12\u{e9}]", "[./]{0,2}", "[./]{0,2}"), 0..6)) {
            let one: String = parts.iter().map(|(part, behind, _)| format!("{part}{behind}")).collect();
            let other: String = parts.iter().map(|(part, _, behind)| format!("{part}{behind}")).collect();
            let expected = shown(&one) == shown(&other);
            prop_assert_eq!(is_same_key(one.as_bytes(), other.as_bytes()), expected);
        }
    }

    #[test]
    fn a_vendor_is_what_stands_before_the_first_separator_without_digits() {
        for (text, rest) in [
            ("anthropic/claude-opus-4-7", Some("claude-opus-4-7")),
            ("openrouter/anthropic/claude", Some("anthropic/claude")),
            ("anthropic:claude", Some("claude")),
            ("claude-3:0", None),
            ("gpt-5", None),
            ("/x", Some("x")),
        ] {
            assert_eq!(split_vendor(text.as_bytes()).map(|(_, rest)| rest), rest.map(str::as_bytes), "{text}");
        }
    }
}
