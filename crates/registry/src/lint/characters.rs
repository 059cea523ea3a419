//! Characters that are invisible, or that look like others.

/// Whether a character is invisible: the standard library would escape it, or treats it as a letter or a mark, but fonts show
/// nothing.
pub(super) fn is_invisible(character: char) -> bool {
    let ignorable = matches!(
        character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    );
    // After a letter, because a combining mark alone would be escaped.
    let behind_a_letter = ['a', character].iter().collect::<String>();
    let punctuation = matches!(character, '"' | '\'' | '\\');
    ignorable || (!punctuation && behind_a_letter.escape_debug().count() > 2)
}

/// The character of a keyboard that a typographic quote or hyphen stands for.
pub(super) fn plain(character: char) -> char {
    match character {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2039}' | '\u{203a}' | '\u{b4}' | '\u{ff07}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        other => other,
    }
}

/// The text with escapes for invisible characters, as `allowed_lints` takes it.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match is_invisible(character) {
            true => shown.extend(character.escape_unicode()),
            false => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{is_invisible, plain};

    #[test]
    fn characters_that_show_nothing_are_told_from_letters_and_marks() {
        for character in [
            '\u{200b}',
            '\u{200d}',
            '\u{feff}',
            '\u{ad}',
            '\u{2060}',
            '\u{202e}',
            '\u{fe0f}',
            '\u{e0100}',
            '\u{3164}',
            '\u{34f}',
            '\u{600}',
            '\u{8e2}',
            '\u{110bd}',
            '\u{1d173}',
            '\u{7}',
            '\u{a0}',
            '\u{e000}',
        ] {
            assert!(is_invisible(character), "U+{:04X}", u32::from(character));
        }
        for character in ['a', ' ', '"', '\'', '\\', 'ü', '\u{301}', '模', 'ſ', '–', '🦙'] {
            assert!(!is_invisible(character), "U+{:04X}", u32::from(character));
        }
    }

    #[test]
    fn typographic_quotes_and_hyphens_become_those_of_a_keyboard() {
        for (typographic, meant) in
            [("‘’‚", "'''"), ("“”„«»", "\"\"\"\"\""), ("‐‑‒–—―−－", "--------"), ("a-ü_'\"", "a-ü_'\"")]
        {
            assert_eq!(typographic.chars().map(plain).collect::<String>(), meant);
        }
    }
}
