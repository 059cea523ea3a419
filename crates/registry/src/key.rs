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

/// Whether the byte is ASCII punctuation or white space.
pub(crate) const fn is_left_out(byte: u8) -> bool {
    byte.is_ascii_punctuation() || matches!(byte, b'\t'..=b'\r' | b' ')
}

/// The text behind the vendor's prefix: text without digits before the first `/` or `:`. None if there is no such prefix.
pub(crate) fn without_vendor(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| matches!(byte, b'/' | b':'))?;
    (!text[..end].iter().any(u8::is_ascii_digit)).then(|| &text[end + 1..])
}

/// The runs of digits of a text: in a name of a model, its version.
pub(crate) fn digit_runs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| !byte.is_ascii_digit()).filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{digit_runs, key, without_vendor};

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
    fn digits_run_until_something_else_comes() {
        assert_eq!(digit_runs(b"gpt-5.10-4o2025").collect::<Vec<_>>(), [&b"5"[..], b"10", b"4", b"2025"]);
        assert_eq!(digit_runs(b"opus").count(), 0);
    }
}
