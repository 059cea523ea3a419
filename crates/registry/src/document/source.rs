//! The text of values, for messages: YAML reads `1.10` as 1.1, which the author would not find in the file.

use super::{Node, Value};

/// The text of a file, and where its lines begin.
pub(crate) struct Source<'a> {
    text: &'a str,
    lines: Vec<u32>,
    /// The lines, from 1, that end in a break which YAML sees and an editor does not.
    unusual: Vec<u32>,
}

/// Characters at which YAML breaks a line, but editors and `grep` do not.
pub(super) const UNUSUAL_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// In characters: the part of a line that is searched. A hostile file can be one long line with a fault in each word.
const WIDEST: usize = 4096;

/// In characters: the part of a value that a message shows.
const LONGEST: usize = 60;

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str) -> Source<'a> {
        let (mut lines, mut unusual) = (vec![0], Vec::new());
        let mut characters = text.char_indices().peekable();
        while let Some((index, character)) = characters.next() {
            let pair = character == '\r' && characters.peek().is_some_and(|&(_, next)| next == '\n');
            if is_line_break(character) && !pair {
                if UNUSUAL_BREAKS.contains(&character) {
                    unusual.push(lines.len() as u32);
                }
                lines.push((index + character.len_utf8()) as u32);
            }
        }
        Source { text, lines, unusual }
    }

    /// The number of a line in an editor.
    pub(super) fn shown(&self, line: u32) -> u32 {
        line - self.unusual.partition_point(|&unusual| unusual < line) as u32
    }

    /// Changes the lines of a tree to the numbers of an editor.
    pub(super) fn renumber(&self, node: &mut Node) {
        node.line = self.shown(node.line);
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| self.renumber(item)),
            Value::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
                self.renumber(key);
                self.renumber(value);
            }),
            _ => {}
        }
    }

    /// The lines as YAML counts them, without their breaks.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'a str> {
        let ends = self.lines.iter().skip(1).map(|&end| end as usize).chain([self.text.len()]);
        self.lines.iter().zip(ends).map(|(&start, end)| self.text[start as usize..end].trim_end_matches(is_line_break))
    }

    /// What the value is, in the words of the file.
    pub(crate) fn describe(&self, node: &Node) -> Described<'a> {
        let written = self.word(node);
        let number = |value: String| Described::Number(written.map_or(value, str::to_owned));
        match &node.value {
            Value::Null => match written {
                Some(word) if is_null(word) => Described::Null(word),
                Some(word) if word.starts_with('&') => Described::Anchor,
                _ => Described::Nothing,
            },
            Value::Boolean(value) => Described::Boolean(written.map_or(value.to_string(), str::to_owned)),
            Value::Integer(value) => number(value.to_string()),
            Value::Float(value) => number(value.to_string()),
            Value::Text(_) => Described::Text,
            Value::List(_) => Described::List,
            Value::Map(_) => Described::Map,
            Value::Tagged => Described::Tagged,
        }
    }

    /// The start of a scalar without quotes, after its anchor and tag.
    fn word(&self, node: &Node) -> Option<&'a str> {
        let mut rest = self.from(node.at.line, node.at.column)?;
        loop {
            let end = rest.find(ends_word).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            let behind = behind.trim_start();
            let property = word.starts_with('!') || word.starts_with('&');
            if !property || (matches!(node.value, Value::Null) && !begins_with_null(behind)) {
                // The colon of a key is not part of it.
                let word = word.strip_suffix(':').unwrap_or(word);
                return Some(word).filter(|word| !word.is_empty() && word.chars().take(LONGEST + 1).count() <= LONGEST);
            }
            rest = behind;
        }
    }

    /// The text from a place on, both counted from 1.
    pub(super) fn from(&self, line: u32, column: u32) -> Option<&'a str> {
        let start = *self.lines.get(line.checked_sub(1)? as usize)? as usize;
        let column = column.checked_sub(1)? as usize;
        let rest = &self.text[start..];
        let offset = match rest.char_indices().take(WIDEST).nth(column) {
            Some((offset, _)) => offset,
            None if column < WIDEST => rest.len(),
            None => return None,
        };
        Some(&rest[offset..])
    }
}

/// Whether a word for nothing follows, or another anchor or tag before such a word.
fn begins_with_null(text: &str) -> bool {
    let end = text.find(ends_word).unwrap_or(text.len());
    is_null(&text[..end]) || text.starts_with(['!', '&'])
}

/// Whether YAML reads the word as nothing.
fn is_null(word: &str) -> bool {
    matches!(word, "null" | "Null" | "NULL" | "~")
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || ",[]{}".contains(character)
}

/// Whether YAML begins a line after this character.
pub(super) fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r') || UNUSUAL_BREAKS.contains(&character)
}

/// What a value is, for a message.
pub(crate) enum Described<'a> {
    /// No text at all, such as after a dash that nothing follows.
    Nothing,
    /// A word that YAML reads as nothing.
    Null(&'a str),
    /// An anchor (`&name`) that no value follows.
    Anchor,
    Boolean(String),
    Number(String),
    Text,
    List,
    Map,
    Tagged,
}
