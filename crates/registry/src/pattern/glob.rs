//! Stars that are meant as in a glob. In a pattern, `bedrock/*` repeats the slash, and does not say what follows.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{Ast, RepetitionKind};

/// The pattern that is probably meant, if a star in it is probably meant as in a glob: after `/`, `:`, `-` or an anchor, or
/// at the end after a character.
pub(crate) fn without_globs(source: &str) -> Option<String> {
    let ast = Parser::new().parse(source).ok()?;
    let mut stars = Vec::new();
    find(&ast, true, &mut stars);
    let mut meant = source.to_owned();
    for &star in stars.iter().rev() {
        // At the end of a pattern, any text can follow anyway.
        match source.as_bytes().get(star + 1) {
            None | Some(b'|' | b')') if !source[..star].ends_with(['^', '|', '(']) => drop(meant.remove(star)),
            _ => meant.insert(star, '.'),
        }
    }
    (!stars.is_empty()).then_some(meant)
}

/// Collects the places of such stars, in order. `ends` says whether the pattern, or one of its alternatives, ends here.
fn find(ast: &Ast, ends: bool, stars: &mut Vec<usize>) {
    match ast {
        Ast::Repetition(repetition) => {
            let glob = match &*repetition.ast {
                Ast::Literal(literal) => ends || matches!(literal.c, '/' | ':' | '-'),
                Ast::Assertion(_) => true,
                inner => {
                    find(inner, false, stars);
                    false
                }
            };
            // `*?` is meant as a repetition.
            if glob && repetition.greedy && matches!(repetition.op.kind, RepetitionKind::ZeroOrMore) {
                stars.push(repetition.op.span.start.offset);
            }
        }
        Ast::Group(group) => find(&group.ast, ends, stars),
        Ast::Alternation(alternation) => alternation.asts.iter().for_each(|ast| find(ast, ends, stars)),
        Ast::Concat(concat) => {
            let last = concat.asts.iter().rposition(|ast| !matches!(ast, Ast::Assertion(_)));
            for (position, ast) in concat.asts.iter().enumerate() {
                find(ast, ends && Some(position) == last, stars);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::without_globs;

    #[test]
    fn a_star_of_a_glob_is_told_from_a_repetition() {
        for (glob, meant) in [
            ("^bedrock/*", "^bedrock/"),
            ("^bedrock:*", "^bedrock:"),
            ("^kimi-*", "^kimi-"),
            ("^kimi*", "^kimi"),
            ("^kimi*$", "^kimi.*$"),
            ("^vendor/*/kimi", "^vendor/.*/kimi"),
            ("(?i)^(kimi*|glm-*)", "(?i)^(kimi|glm-)"),
            ("^kimi*|^glm", "^kimi|^glm"),
            ("^*/kimi", "^.*/kimi"),
            ("^*", "^.*"),
            (r"^kimi\/*", r"^kimi\/"),
            (r"^kimi-2\.*", r"^kimi-2\."),
            ("^ü-*", "^ü-"),
        ] {
            assert_eq!(without_globs(glob).as_deref(), Some(meant), "{glob}");
            crate::Pattern::new(meant).unwrap_or_else(|error| panic!("{meant}: {error}"));
        }
        for pattern in [
            "^kimi-.*",
            "^(kimi)*",
            "^kimi[-/]*",
            "^ki*mi-",
            "^kimi-*?",
            "^kimi-+",
            r"^kimi\d*",
            r"^\*",
            "^[*]",
            "^.*kimi",
        ] {
            assert_eq!(without_globs(pattern), None, "{pattern}");
        }
    }
}
