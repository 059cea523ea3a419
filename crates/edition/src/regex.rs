//! Patterns as PostgreSQL's regular expressions: of the same language, for the operator `~` under the collation "C" in a database
//! in UTF-8.

use std::fmt;
use std::fmt::Write as _;

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look, Repetition};
use registry::Pattern;

/// A part of a pattern that has no form there.
#[derive(Debug, PartialEq, Eq)]
pub enum Unsayable {
    /// An anchor other than those of the whole id.
    Anchor,
    /// Bytes that are no text.
    Bytes,
    /// More than the server compiles.
    Length,
}

impl fmt::Display for Unsayable {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Unsayable::Anchor => "an anchor other than that of the beginning and the end",
            Unsayable::Bytes => "bytes that are not UTF-8",
            Unsayable::Length => "a pattern that becomes longer than 100 kB when its repetitions are written out",
        })
    }
}

/// In bytes, what a pattern may become: PostgreSQL refuses much larger ones as too complex.
const LONGEST: usize = 100_000;

/// PostgreSQL's limit on the numbers of a repetition.
const MOST_REPETITIONS: u32 = 255;

/// The regular expression that matches the ids which the pattern matches.
///
/// # Errors
/// The part that PostgreSQL's syntax has no form for.
pub fn regex(pattern: &Pattern) -> Result<String, Unsayable> {
    let mut text = String::new();
    write(&mut text, &pattern.expression())?;
    Ok(text)
}

fn write(text: &mut String, expression: &Hir) -> Result<(), Unsayable> {
    match expression.kind() {
        HirKind::Empty => text.push_str("(?:)"),
        HirKind::Literal(literal) => {
            let literal = std::str::from_utf8(&literal.0).map_err(|_| Unsayable::Bytes)?;
            literal.chars().for_each(|character| escape(text, character));
        }
        HirKind::Class(Class::Unicode(class)) => write_class(text, class),
        HirKind::Class(Class::Bytes(class)) => write_class(text, &class.to_unicode_class().ok_or(Unsayable::Bytes)?),
        HirKind::Look(Look::Start) => text.push('^'),
        HirKind::Look(Look::End) => text.push('$'),
        HirKind::Look(_) => return Err(Unsayable::Anchor),
        HirKind::Repetition(repetition) => write_repetition(text, repetition)?,
        HirKind::Capture(capture) => write_group(text, &capture.sub)?,
        HirKind::Concat(parts) => {
            for part in parts {
                match part.kind() {
                    HirKind::Alternation(_) => write_group(text, part)?,
                    _ => write(text, part)?,
                }
            }
        }
        HirKind::Alternation(alternatives) => {
            for (position, alternative) in alternatives.iter().enumerate() {
                if position > 0 {
                    text.push('|');
                }
                write(text, alternative)?;
            }
        }
    }
    if text.len() > LONGEST { Err(Unsayable::Length) } else { Ok(()) }
}

fn write_group(text: &mut String, expression: &Hir) -> Result<(), Unsayable> {
    text.push_str("(?:");
    write(text, expression)?;
    text.push(')');
    Ok(())
}

/// Numbers beyond PostgreSQL's limit become several repetitions. Which match is the longest does not matter, only whether
/// there is one.
fn write_repetition(text: &mut String, repetition: &Repetition) -> Result<(), Unsayable> {
    let Repetition { mut min, max, .. } = *repetition;
    let mut repeated = String::new();
    match repetition.sub.kind() {
        HirKind::Class(_) => write(&mut repeated, &repetition.sub)?,
        _ => write_group(&mut repeated, &repetition.sub)?,
    }
    let mut push = |operator: &str| {
        text.push_str(&repeated);
        text.push_str(operator);
        if text.len() > LONGEST { Err(Unsayable::Length) } else { Ok(()) }
    };
    let mut more = max.map(|max| max - min);
    while min > MOST_REPETITIONS {
        push(&format!("{{{MOST_REPETITIONS}}}"))?;
        min -= MOST_REPETITIONS;
    }
    while let Some(left) = more.filter(|&left| left + min > MOST_REPETITIONS) {
        let taken = left.min(MOST_REPETITIONS);
        push(&format!("{{0,{taken}}}"))?;
        more = Some(left - taken);
    }
    match (min, more) {
        (0, Some(0)) => push("{0}"),
        (0, None) => push("*"),
        (1, None) => push("+"),
        (0, Some(1)) => push("?"),
        (1, Some(0)) => push(""),
        (_, Some(0)) => push(&format!("{{{min}}}")),
        (_, Some(more)) => push(&format!("{{{min},{}}}", min + more)),
        (_, None) => push(&format!("{{{min},}}")),
    }
}

/// The shorter of what the class has and what it lacks.
fn write_class(text: &mut String, class: &ClassUnicode) {
    // No text has it, and PostgreSQL has no escape for it.
    let mut class = class.clone();
    class.difference(&ClassUnicode::new([regex_syntax::hir::ClassUnicodeRange::new('\0', '\0')]));
    let mut others = class.clone();
    others.negate();
    others.difference(&ClassUnicode::new([regex_syntax::hir::ClassUnicodeRange::new('\0', '\0')]));
    if class.ranges().is_empty() {
        // It matches nothing, wherever it stands.
        text.push_str("(?!)");
        return;
    } else if others.ranges().is_empty() {
        text.push('.');
        return;
    }
    let is_negated = others.ranges().len() < class.ranges().len();
    text.push_str(if is_negated { "[^" } else { "[" });
    for range in if is_negated { others.ranges() } else { class.ranges() } {
        in_class(text, range.start());
        if range.start() != range.end() {
            text.push('-');
            in_class(text, range.end());
        }
    }
    text.push(']');
}

/// As itself outside of brackets.
fn escape(text: &mut String, character: char) {
    match character {
        '.' | '[' | ']' | '(' | ')' | '*' | '+' | '?' | '{' | '}' | '|' | '^' | '$' | '\\' => {
            text.extend(['\\', character])
        }
        ' '..='~' => text.push(character),
        _ => code(text, character),
    }
}

/// As itself within brackets.
fn in_class(text: &mut String, character: char) {
    if character.is_ascii_alphanumeric() { text.push(character) } else { code(text, character) }
}

fn code(text: &mut String, character: char) {
    match u32::from(character) {
        number @ 0x10000.. => write!(text, "\\U{number:08x}"),
        number => write!(text, "\\u{number:04x}"),
    }
    .expect("a String takes it");
}

#[cfg(test)]
mod tests {
    use registry::Pattern;

    use super::regex;

    #[test]
    fn patterns_are_said_in_postgresqls_syntax() {
        for (pattern, expected) in [
            ("^claude", "^claude"),
            ("^(opus|sonnet)-[0-9]$", "^(?:opus|sonnet)-[0-9]$"),
            (r"^a\.b\^", r"^a\.b\^"),
            ("(?i)^k", r"^[Kk\u212a]"),
            ("^.", r"^[^\u000a]"),
            ("^[^a]", "^[^a]"),
            ("[-a]", r"[\u002da]"),
            ("a{2,}|", "(?:a){2,}|(?:)"),
            ("^a{300}$", "^(?:a){255}(?:a){45}$"),
            ("^a{250,300}$", "^(?:a){0,50}(?:a){250}$"),
            ("\u{e9}\u{1f600}", r"\u00e9\U0001f600"),
        ] {
            assert_eq!(regex(&Pattern::new(pattern).unwrap()).unwrap(), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_grows_too_long_is_refused() {
        let pattern = Pattern::new(&format!("^(?:{}){{1000}}", "[a-c]".repeat(4))).unwrap();
        assert!(regex(&pattern).unwrap().len() < 1000);
    }
}
