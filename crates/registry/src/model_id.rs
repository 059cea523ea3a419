//! A model id in the form that the lookup uses: as stored, without white space around it.

/// A trimmed model id, in UTF-8. From an SQL_ASCII database, the bytes have no known encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelId<'a>(&'a [u8]);

impl<'a> ModelId<'a> {
    /// Trims Unicode white space (the property White_Space) from UTF-8.
    #[inline]
    pub fn from_utf8(bytes: &'a [u8]) -> ModelId<'a> {
        match bytes {
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => ModelId(bytes),
            _ => ModelId(trim_unicode(bytes)),
        }
    }

    /// Trims ASCII white space from bytes whose encoding is not known.
    pub fn from_ascii_superset(bytes: &'a [u8]) -> ModelId<'a> {
        let blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
        let start = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
        let end = bytes.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
        ModelId(&bytes[start..end])
    }

    /// The id's bytes, without white space around them.
    #[inline]
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

/// Decodes only both ends, so that the cost does not depend on the length.
#[cold]
fn trim_unicode(mut bytes: &[u8]) -> &[u8] {
    while let Some(length) = (1..=bytes.len().min(4)).find(|&length| is_white_space(&bytes[..length])) {
        bytes = &bytes[length..];
    }
    while let Some(length) = (1..=bytes.len().min(4)).find(|&length| is_white_space(&bytes[bytes.len() - length..])) {
        bytes = &bytes[..bytes.len() - length];
    }
    bytes
}

/// Whether the bytes are exactly one white-space character.
fn is_white_space(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut characters = text.chars();
    characters.next().is_some_and(char::is_whitespace) && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::ModelId;

    #[test]
    fn unicode_white_space_is_trimmed_at_both_ends_only() {
        for (stored, id) in [
            ("", ""),
            (" ", ""),
            ("\u{3000}\u{2003}\t", ""),
            ("x", "x"),
            (" a b\u{a0}", "a b"),
            ("\u{85}\u{1680}ü\u{3000}", "ü"),
            ("\u{200b}x\u{feff}", "\u{200b}x\u{feff}"),
            ("\u{1c}x", "\u{1c}x"),
        ] {
            assert_eq!(ModelId::from_utf8(stored.as_bytes()).as_bytes(), id.as_bytes(), "{stored:?}");
            assert_eq!(stored.trim(), id, "the standard library agrees");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_kept() {
        assert_eq!(ModelId::from_utf8(b" \xff\xa0 ").as_bytes(), b"\xff\xa0");
        assert_eq!(ModelId::from_ascii_superset(b"\x0b\xa0x\x85\r\n").as_bytes(), b"\xa0x\x85");
        assert_eq!(ModelId::from_ascii_superset(b" \t ").as_bytes(), b"");
    }
}
