//! Why a file is not YAML, and what to write instead. `serde_yaml` reports it in the terms of a parser.

use super::position::Position;
use super::source::{Source, UNUSUAL_BREAKS, is_line_break};
use super::{DEEPEST, REPEATED_TOO_MUCH};
use crate::fault::FaultKind;

/// Why a file is not parsed, and the line at fault.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) line: Option<usize>,
    pub(crate) kind: FaultKind,
}

/// Checks for characters that `serde_yaml` refuses or misreads without reporting their line.
pub(super) fn check_characters(text: &str) -> Result<(), Refusal> {
    let (mut line, mut first_of_line) = (1, true);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let kind = match character {
            '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' => None,
            '\u{feff}' if first_of_line => Some(FaultKind::MarkInside),
            '\u{a0}'..='\u{fffd}' | '\u{10000}'.. => None,
            _ => Some(FaultKind::ControlCharacter { character }),
        };
        if let Some(kind) = kind {
            return Err(Refusal { line: Some(line), kind });
        }
        first_of_line = is_line_break(character) && !(character == '\r' && characters.peek() == Some(&'\n'));
        line += usize::from(first_of_line && !UNUSUAL_BREAKS.contains(&character));
    }
    Ok(())
}

impl Refusal {
    pub(super) fn new(error: &serde_yaml::Error, text: &str) -> Refusal {
        let message = error.to_string();
        let source = Source::new(text);
        let shown = |line| usize::try_from(source.shown(line)).ok().filter(|&line| line > 0);
        if message.contains("more than one document") {
            return Refusal { line: second_document(&source).and_then(shown), kind: FaultKind::SecondDocument };
        }
        let problem = error.location().map_or_else(Position::default, |location| Position {
            line: location.line() as u32,
            column: location.column() as u32,
        });
        let (line, words) = words(&message, problem, &source);
        Refusal { line: shown(line), kind: FaultKind::NotYaml(words) }
    }
}

/// The line at fault, and what is wrong there. At most one character of the file is repeated, because the place may hold a
/// secret.
fn words(message: &str, problem: Position, source: &Source) -> (u32, String) {
    let (complaint, context) = message.split_once(", while ").unwrap_or((message, ""));
    // The construct that the parser was reading began there. The message has that place only if it is another one.
    let start = match context.contains(" at line ") {
        true => Position::of(&context),
        false => problem,
    };
    let at = |place: Position| source.from(place.line, place.column).and_then(|rest| rest.chars().next());
    let says = |words: &str| complaint.contains(words);
    let here = |text: String| (problem.line, text);
    let from_start = |text: String| (start.line, text);
    let by =
        if start.line == problem.line { String::new() } else { format!(" by line {}", source.shown(problem.line)) };
    if says(REPEATED_TOO_MUCH) || says("repetition limit") {
        here(format!("{REPEATED_TOO_MUCH}; write out what they stand for"))
    } else if says("recursion limit") {
        here(format!(
            "lists and maps lie in each other more than {DEEPEST} deep, as an alias within its own anchor does"
        ))
    } else if says("unknown anchor") {
        here("* begins an alias, whose anchor does not come before; put text that begins with * in quotes".into())
    } else if says("invalid value") {
        here("a value does not fit its tag; remove the tag, which is !!int, !!float, !!bool or !!null".into())
    } else if says("cannot start any token") || says("a tab character") {
        here(match at(problem) {
            Some('\t') | None => "a tab cannot indent; use blanks".into(),
            Some(first) => format!("text cannot begin with {first}; put it in quotes"),
        })
    } else if context.contains("scanning an alias") || context.contains("scanning an anchor") {
        let first = at(start).filter(|&first| first == '*').unwrap_or('&');
        from_start(format!("text cannot begin with {first}, which is YAML's for names; put it in quotes"))
    } else if context.contains("scanning a tag") || context.contains("parsing a tag") || says("tag handle") {
        from_start("text cannot begin with !, which begins a tag; put it in quotes".into())
    } else if context.contains("block scalar") {
        from_start("text cannot begin with | or >, which begin a block of lines; put it in quotes".into())
    } else if says("incompatible YAML") {
        here("the version that %YAML names is unknown; remove the line".into())
    } else if context.contains("directive") || says("directive") {
        from_start(
            "a line cannot begin with %, which begins a directive; put text that begins with it in quotes".into(),
        )
    } else if says("escape character") || says("hexadecimal number") || says("escape code") {
        here("\\ begins an escape within double quotes; use single quotes, or write \\\\".into())
    } else if context.contains("quoted scalar") {
        from_start(
            "the quote that opens here is not closed; close it, and write '' for a quote within single quotes".into(),
        )
    } else if context.contains("flow sequence") {
        from_start(format!(
            "the list that [ opens here lacks a comma or its ]{by}; put text that holds a bracket in quotes"
        ))
    } else if context.contains("flow mapping") {
        from_start(format!(
            "the map that {{ opens here lacks a comma or its }}{by}; put text that holds a bracket in quotes"
        ))
    } else if says("could not find expected ':'") {
        from_start("a key without a colon and a blank behind it; write key: value, or put the text in quotes".into())
    } else if says("mapping values are not allowed") || says("unexpected ':'") {
        here("a colon with a blank behind it cannot stand here; check the indentation, and put text that holds one in quotes".into())
    } else if says("block sequence entries are not allowed") {
        here("a dash cannot begin a list here; begin it on a line of its own, or put the text in quotes".into())
    } else if says("expected key") {
        here(
            "this is no key of the map above; check the indentation, and that text with quotes inside is quoted".into(),
        )
    } else if says("expected '-' indicator") {
        here(
            "this is no item of the list above; check the indentation, and that text with quotes inside is quoted"
                .into(),
        )
    } else if says("expected node content") {
        here(match at(problem).filter(|found| found.is_ascii_punctuation()) {
            Some(found) => format!("{found} stands where a value belongs; put text that begins with it in quotes"),
            None => "a value is missing here".into(),
        })
    } else if says("<document start>") {
        here("this belongs to nothing above; check the indentation".into())
    } else {
        here(message.into())
    }
}

/// The line with which a second document begins.
fn second_document(source: &Source) -> Option<u32> {
    let (mut begun, mut ended) = (false, false);
    for (number, line) in (1..).zip(source.lines()) {
        let marker = |marker| {
            line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        };
        let content = !line.trim_start().is_empty() && !line.trim_start().starts_with('#');
        if marker("---") && begun || content && ended {
            return Some(number);
        }
        ended |= marker("...");
        begun |= content && (marker("---") || !line.starts_with('%'));
    }
    None
}
