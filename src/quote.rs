//! Ids in messages: quoted, clipped, and without characters that could forge a line of a log.

use std::fmt::Write as _;

/// As many characters of an id as a message shows.
const LONGEST: usize = 100;

/// The id in double quotes. Control and formatting characters, quotes and backslashes are escaped, and bytes that are
/// not UTF-8 (in an SQL_ASCII database) are shown as `\xNN`.
pub fn quoted(id: &[u8]) -> String {
    let mut text = String::from("\"");
    let mut shown = 0;
    'id: for chunk in id.utf8_chunks() {
        for character in chunk.valid().chars() {
            if shown == LONGEST {
                text.push_str("...");
                break 'id;
            }
            shown += 1;
            escape(&mut text, character);
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

fn escape(text: &mut String, character: char) {
    match character {
        '"' | '\\' => {
            text.push('\\');
            text.push(character);
        }
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        _ if is_invisible(character) => {
            let _ = write!(text, "\\u{{{:x}}}", u32::from(character));
        }
        _ => text.push(character),
    }
}

/// Characters that a reader does not see, or that change how what follows is shown: controls, line and paragraph
/// separators, and the directional and other formatting marks; and what stands for a character that Unicode lacks.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}')
}
