//! The key of an id or of a runtime's name: what its text says if punctuation and letter case do not count.

/// What stands in a key for punctuation between two digits: `4.7` and `4-7` have one key, and `47` has another.
const MARK: u8 = b'.';

/// The bytes of a text's key: the text without ASCII punctuation and white space, with ASCII letters in lower case and a mark
/// where such stood between two digits.
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

/// Whether two texts have one key: what comparing their [`key`]s says, for whoever compares many.
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

/// The next byte that counts, and whether others stand before it.
fn next_counted(bytes: &mut std::slice::Iter<u8>) -> (Option<u8>, bool) {
    let before = bytes.len();
    let byte = bytes.by_ref().copied().find(|&byte| !is_left_out(byte));
    (byte, before - bytes.len() > 1)
}

/// Whether the byte is ASCII punctuation or white space.
#[inline]
pub(crate) fn is_left_out(byte: u8) -> bool {
    LEFT_OUT[usize::from(byte)]
}

static LEFT_OUT: [bool; 256] = {
    let mut left_out = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        left_out[byte as usize] = byte.is_ascii_punctuation() || matches!(byte, b'\t'..=b'\r' | b' ');
        byte += 1;
    }
    left_out
};

/// The vendor's prefix, which is text without digits before the first `/` or `:`, and the text behind it. None if there is no
/// such prefix.
pub(crate) fn split_vendor(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(|byte| matches!(byte, b'/' | b':'))?;
    (!text[..end].iter().any(u8::is_ascii_digit)).then(|| (&text[..end], &text[end + 1..]))
}

/// The text behind the vendor's prefix.
pub(crate) fn without_vendor(text: &[u8]) -> Option<&[u8]> {
    split_vendor(text).map(|(_, rest)| rest)
}

/// A hash of the text's key, for keys of one kind; none for a text without a key.
pub(crate) fn key_hash(kind: u64, text: &[u8]) -> Option<u64> {
    let mut bytes = key(text).peekable();
    bytes.peek()?;
    // FNV-1a, with its result mixed. Whoever makes two keys collide gets a warning or a refusal for it, and passes nothing.
    let start = 0xcbf2_9ce4_8422_2325 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = bytes.fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    Some((hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ hash >> 29)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_same_key, key, key_hash, without_vendor};

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
            assert_eq!(without_vendor(text.as_bytes()), rest.map(str::as_bytes), "{text}");
        }
    }

    #[test]
    fn a_hash_is_of_the_key_and_its_kind() {
        assert_eq!(key_hash(1, b"Opus-4.7"), key_hash(1, b"opus 4_7"));
        assert_ne!(key_hash(1, b"opus-4.7"), key_hash(1, b"opus-47"));
        assert_ne!(key_hash(1, b"opus-4.7"), key_hash(2, b"opus-4.7"));
        assert_eq!(key_hash(1, b"-/ "), None);
    }
}
