//! The subset of regular-expression syntax on which RE2 and Rust's regex agree: literals, classes, groups, alternation,
//! repetition, anchors and `(?i)`; `\d \w \s` are ASCII. Errors name all other syntax.

use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{
    self, AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, FlagsItemKind, GroupKind,
    HexLiteralKind, LiteralKind, RepetitionKind, RepetitionOp, RepetitionRange, Span,
};
use regex_syntax::hir::{Hir, translate::TranslatorBuilder};

use super::PatternError;

/// RE2 refuses more repetitions than this; Rust's regex has no such limit.
const MOST_REPETITIONS: u32 = 1000;

/// RE2's limit on nesting is 1000 and Rust's is 250. This limit keeps a hostile pattern from overflowing the stack of the
/// build.
const DEEPEST_NESTING: u32 = 50;

/// Parses a pattern of the subset into the form from which automata are built.
pub(super) fn parse(source: &str) -> Result<Hir, PatternError> {
    let mut ast =
        ParserBuilder::new().nest_limit(DEEPEST_NESTING).build().parse(source).map_err(|error| {
            PatternError::Syntax(format!("{} at column {}", error.kind(), error.span().start.column))
        })?;
    Narrowing { source }.narrow(&mut ast, MOST_REPETITIONS)?;
    // Otherwise the translator refuses expressions that can match bytes which are not UTF-8, and the search prefix can.
    let mut translator = TranslatorBuilder::new().utf8(false).build();
    translator.translate(source, &ast).map_err(|error| PatternError::Syntax(error.kind().to_string()))
}

fn refuse<T>(construct: &'static str, span: &Span) -> Result<T, PatternError> {
    Err(PatternError::OutsideSubset { construct, column: span.start.column })
}

struct Narrowing<'a> {
    source: &'a str,
}

impl Narrowing<'_> {
    /// Refuses syntax outside of the subset, and replaces Perl classes by the ASCII classes that RE2 means. The counts of
    /// nested repetitions multiply, so each count lowers the limit of the repetitions inside it.
    fn narrow(&self, ast: &mut Ast, repetitions: u32) -> Result<(), PatternError> {
        match ast {
            Ast::Empty(_) | Ast::Dot(_) => Ok(()),
            Ast::Literal(literal) => narrow_literal(literal),
            Ast::Flags(flags) => narrow_flags(&flags.flags),
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine
                | AssertionKind::EndLine
                | AssertionKind::StartText
                | AssertionKind::EndText => Ok(()),
                _ => refuse("a word boundary", &assertion.span),
            },
            Ast::ClassUnicode(class) => refuse("a Unicode class", &class.span),
            Ast::ClassPerl(class) => {
                let ascii = ascii_class(class);
                *ast = Ast::class_bracketed(ascii);
                Ok(())
            }
            Ast::ClassBracketed(class) => narrow_class_set(&mut class.kind),
            Ast::Repetition(repetition) => {
                if matches!(*repetition.ast, Ast::Repetition(_)) {
                    return refuse("a repetition of a repetition", &repetition.op.span);
                }
                let left = self.check_count(&repetition.op, repetitions)?;
                self.narrow(&mut repetition.ast, left)
            }
            Ast::Group(group) => {
                match &group.kind {
                    GroupKind::NonCapturing(flags) => narrow_flags(flags)?,
                    GroupKind::CaptureName { name, .. } if !is_plain_name(&name.name) => {
                        return refuse("a group's name other than letters, digits and _", &name.span);
                    }
                    GroupKind::CaptureName { .. } | GroupKind::CaptureIndex(_) => {}
                }
                self.narrow(&mut group.ast, repetitions)
            }
            Ast::Alternation(alternation) => {
                alternation.asts.iter_mut().try_for_each(|ast| self.narrow(ast, repetitions))
            }
            Ast::Concat(concat) => concat.asts.iter_mut().try_for_each(|ast| self.narrow(ast, repetitions)),
        }
    }

    /// The limit for repetitions inside the repeated expression.
    fn check_count(&self, operator: &RepetitionOp, repetitions: u32) -> Result<u32, PatternError> {
        let RepetitionKind::Range(range) = &operator.kind else { return Ok(repetitions) };
        let most = match *range {
            RepetitionRange::Exactly(count) | RepetitionRange::AtLeast(count) => count,
            RepetitionRange::Bounded(_, count) => count,
        };
        if most > repetitions {
            return refuse("a repetition of more than 1000, nested ones multiplied,", &operator.span);
        }
        // RE2 takes such braces as literals. The parsed tree no longer has the difference.
        let written = self.source.get(operator.span.start.offset..operator.span.end.offset).unwrap_or_default();
        let padded = |count: &str| count.len() > 1 && count.starts_with('0');
        if written.contains(char::is_whitespace) || written.split(['{', ',', '}']).any(padded) {
            return refuse("a repetition with white space or leading zeros", &operator.span);
        }
        Ok(repetitions / most.max(1))
    }
}

fn is_plain_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn narrow_flags(flags: &ast::Flags) -> Result<(), PatternError> {
    for item in &flags.items {
        match item.kind {
            FlagsItemKind::Negation | FlagsItemKind::Flag(ast::Flag::CaseInsensitive) => {}
            FlagsItemKind::Flag(_) => return refuse("a flag other than i", &item.span),
        }
    }
    Ok(())
}

fn narrow_literal(literal: &ast::Literal) -> Result<(), PatternError> {
    match literal.kind {
        LiteralKind::HexFixed(HexLiteralKind::UnicodeShort | HexLiteralKind::UnicodeLong)
        | LiteralKind::HexBrace(HexLiteralKind::UnicodeShort | HexLiteralKind::UnicodeLong) => {
            refuse("an escape of Rust's own", &literal.span)
        }
        // RE2 accepts a backslash only before ASCII punctuation.
        LiteralKind::Superfluous if !literal.c.is_ascii_punctuation() || literal.c == '_' => {
            refuse("an escape of a character that needs none", &literal.span)
        }
        _ => Ok(()),
    }
}

fn narrow_class_set(set: &mut ClassSet) -> Result<(), PatternError> {
    match set {
        ClassSet::BinaryOp(operation) => refuse("an operation on classes", &operation.span),
        ClassSet::Item(ClassSetItem::Union(union)) => {
            let last = union.items.len().saturating_sub(1);
            for (position, item) in union.items.iter_mut().enumerate() {
                let inner_dash = matches!(item, ClassSetItem::Literal(literal)
                    if literal.c == '-' && literal.kind == LiteralKind::Verbatim && position != 0 && position != last);
                if inner_dash {
                    return refuse("a dash in the middle of a class", item.span());
                }
                narrow_class_item(item)?;
            }
            Ok(())
        }
        ClassSet::Item(item) => narrow_class_item(item),
    }
}

fn narrow_class_item(item: &mut ClassSetItem) -> Result<(), PatternError> {
    match item {
        ClassSetItem::Empty(_) | ClassSetItem::Ascii(_) => Ok(()),
        ClassSetItem::Literal(literal) => narrow_literal(literal),
        ClassSetItem::Range(range) => narrow_literal(&range.start).and_then(|()| narrow_literal(&range.end)),
        ClassSetItem::Unicode(class) => refuse("a Unicode class", &class.span),
        ClassSetItem::Bracketed(class) => refuse("a class within a class", &class.span),
        ClassSetItem::Perl(class) => {
            *item = ClassSetItem::Bracketed(Box::new(ascii_class(class)));
            Ok(())
        }
        ClassSetItem::Union(union) => union.items.iter_mut().try_for_each(narrow_class_item),
    }
}

/// The class as a set of ASCII ranges, with the case folding and negation of RE2.
fn ascii_class(class: &ClassPerl) -> ast::ClassBracketed {
    let ranges: &[(char, char)] = match class.kind {
        ClassPerlKind::Digit => &[('0', '9')],
        ClassPerlKind::Space => &[('\t', '\n'), ('\x0c', '\r'), (' ', ' ')],
        ClassPerlKind::Word => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
    };
    let literal = |c| ast::Literal { span: class.span, kind: LiteralKind::Verbatim, c };
    let range = |&(start, end): &(char, char)| {
        ClassSetItem::Range(ast::ClassSetRange { span: class.span, start: literal(start), end: literal(end) })
    };
    let items = ranges.iter().map(range).collect();
    let union = ast::ClassSetUnion { span: class.span, items };
    ast::ClassBracketed { span: class.span, negated: class.negated, kind: ClassSet::Item(union.into_item()) }
}
