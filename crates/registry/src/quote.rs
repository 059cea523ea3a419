//! Ids in messages: quoted, clipped, and without characters that could forge a line of a log.

use std::fmt::Write as _;

/// As many characters of an id as a message shows.
const LONGEST: usize = 100;

/// The id in double quotes. Quotes, backslashes and what a reader does not see are escaped, and bytes that are not UTF-8 (in an
/// SQL_ASCII database) are shown as `\xNN`.
pub fn quoted(id: impl AsRef<[u8]>) -> String {
    let mut text = String::from("\"");
    let mut shown = 0;
    'id: for chunk in id.as_ref().utf8_chunks() {
        for character in chunk.valid().chars() {
            if shown == LONGEST {
                text.push_str("...");
                break 'id;
            }
            shown += 1;
            if is_shown(character) {
                text.push(character);
            } else {
                escape(&mut text, character);
            }
        }
        for byte in chunk.invalid() {
            if shown == LONGEST {
                text.push_str("...");
                break 'id;
            }
            shown += 1;
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text.push('"');
    text
}

/// The id as a literal of SQL, none if a message cannot show it all, or only in a form that depends on the session's settings.
pub fn literal(id: &str) -> Option<String> {
    let is_plain = |character| character == '"' || is_shown(character);
    let is_short = id.chars().nth(LONGEST).is_none();
    (is_short && id.chars().all(is_plain)).then(|| format!("'{}'", id.replace('\'', "''")))
}

/// Whether a message shows the character as it is: nothing that stands for more than itself, that is not printable by the standard
/// library's account, that joins the character before it, or that no font draws though it counts as a letter or a symbol.
pub fn is_shown(character: char) -> bool {
    match character {
        '\'' => true,
        '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{1d159}' => false,
        // These stand for an object and for a character that the database's encoding or Unicode lacks.
        '\u{fffc}' | '\u{fffd}' => false,
        _ => character.escape_debug().len() == 1,
    }
}

fn escape(text: &mut String, character: char) {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' => text.extend(character.escape_default()),
        _ => text.extend(character.escape_unicode()),
    }
}
