//! Limits of a file, checked before it is parsed. `serde_yaml` holds a whole document as a list of events, each up to fifty
//! times as large as the byte that causes it, and takes quadratic time over open brackets.

/// In bytes. Enough for about 500,000 ids.
pub(crate) const LONGEST_FILE: usize = 32 << 20;

/// The limit that a file exceeds, so that it is not parsed.
#[derive(Debug)]
pub(crate) enum Overload {
    Length,
    /// More lines, commas, colons and brackets than a registry of this size has. This bounds the number of values.
    Density {
        limit: usize,
    },
    Brackets {
        limit: usize,
    },
}

/// Checks a file's size, and how many values and nested lists it could hold.
///
/// # Errors
/// The first limit that the text exceeds.
pub(crate) fn check(text: &str) -> Result<(), Overload> {
    if text.len() > LONGEST_FILE {
        return Err(Overload::Length);
    }
    let (mut separators, mut brackets) = (0, 0);
    let mut at_line_start = true;
    for (index, byte) in text.bytes().enumerate() {
        let blank_follows = || text.as_bytes().get(index + 1).is_none_or(u8::is_ascii_whitespace);
        let indicator = match byte {
            b'\n' | b'\r' | b',' | b']' | b'}' => true,
            b'[' | b'{' => {
                brackets += 1;
                true
            }
            // A line's first dash is counted with the line.
            b'-' | b'?' => !at_line_start && blank_follows(),
            // Within brackets, a colon needs no blank after it.
            b':' => brackets > 0 || blank_follows(),
            _ => false,
        };
        separators += usize::from(indicator);
        at_line_start = matches!(byte, b'\n' | b'\r') || (at_line_start && byte == b' ');
    }
    let limit = 20_000 + text.len() / 8;
    if separators > limit {
        return Err(Overload::Density { limit });
    }
    let limit = 20_000 + text.len() / 64;
    if brackets > limit {
        return Err(Overload::Brackets { limit });
    }
    Ok(())
}
