//! What messages of the edition say in the registry crate's words, and which characters they show as they are.

use std::fmt::Write as _;

use registry::{Code, UNSUPPORTED_RUNTIME, is_shown, near_miss};

use crate::quoting::literal;

/// The functions that hold these words.
pub fn functions() -> String {
    let codes = (0..).map_while(Code::numbered);
    let mut reasons = String::new();
    for code in codes {
        writeln!(reasons, "        WHEN {} THEN {}", literal(code.as_str()), literal(code.reason()))
            .expect("a String takes it");
    }
    let near = literal(near_miss(Code::RoutableByPrefix));
    let near_runtime = literal(near_miss(Code::UnknownRuntime));
    let unsupported = literal(UNSUPPORTED_RUNTIME);
    let hidden = hidden().iter().map(u32::to_string).collect::<Vec<_>>().join(",");
    format!(
        "\
CREATE FUNCTION routable.reason_of_code(code text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE code COLLATE \"C\"
{reasons}        WHEN 'RUNTIME_UNSUPPORTED' THEN {unsupported}
        WHEN 'NEAR_MISS' THEN {near}
        WHEN 'NEAR_RUNTIME' THEN {near_runtime}
    END
$$;
COMMENT ON FUNCTION routable.reason_of_code(text) IS 'internal: one sentence on why a pair has the code';

CREATE FUNCTION routable.hidden_characters() RETURNS integer[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT '{{{hidden}}}'::pg_catalog.int4[]
$$;
COMMENT ON FUNCTION routable.hidden_characters() IS
    'internal: where characters begin that messages escape, and where those begin that they show, in turn';
"
    )
}

/// The numbers at which characters begin or cease to be escaped, from the first that is.
fn hidden() -> Vec<u32> {
    let mut was_shown = true;
    let mut numbers = Vec::new();
    for character in '\0'..=char::MAX {
        if is_shown(character) != was_shown {
            numbers.push(u32::from(character));
            was_shown = !was_shown;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn characters_are_shown_or_hidden_in_turn() {
        let hidden = hidden();
        for character in ['a', '"', '\\', '\n', '\u{301}', '\u{e9}', '\u{fffd}', '\u{10ffff}', '\0'] {
            let before = hidden.partition_point(|&number| number <= u32::from(character));
            assert_eq!(before % 2 == 0, registry::is_shown(character), "{character:?}");
        }
    }
}
