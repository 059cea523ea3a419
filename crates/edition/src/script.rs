//! The scripts: the whole edition with a registry, and a registry alone.

use registry::Registry;

use crate::quoting::literal;
use crate::{Refusal, document, words};

/// The files that the edition consists of, by their names in sql/edition/install_order. The first makes the schema.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Where the words of the registry crate come among the files.
const WORDS: &str = "-- @words@\n";

const HEAD: &str = "\
-- Run it by a client that ends at the first error: psql -X -v ON_ERROR_STOP=1 -f this_file
BEGIN;
SET LOCAL client_min_messages = warning;
";

/// The script that gives a database the edition's objects and the registry, or brings both up to date.
///
/// # Errors
/// What the edition cannot say or store.
pub fn script(registry: &Registry, file: &[u8]) -> Result<String, Refusal> {
    let mut script = format!(
        "-- model_routable {} in SQL and PL/pgSQL: the objects, and a registry. Written by model-routable sql.\n{HEAD}",
        env!("CARGO_PKG_VERSION")
    );
    for (_, text) in FILES {
        script.push('\n');
        let text = text.replace(WORDS, &words::functions()).replace("@version@", env!("CARGO_PKG_VERSION"));
        script.push_str(&rerunnable(&text));
    }
    script.push_str(&put_in_force(registry, file)?);
    Ok(script)
}

/// The script that puts the registry in force in a database that has the edition's objects.
///
/// # Errors
/// What the edition cannot say or store.
pub fn release(registry: &Registry, file: &[u8]) -> Result<String, Refusal> {
    Ok(format!(
        "-- A release of the registry for model_routable in SQL. Written by model-routable sql --registry-only.\n{HEAD}\
         SET LOCAL search_path = pg_catalog, pg_temp;\n{}",
        put_in_force(registry, file)?
    ))
}

/// The last statement: the file as it is, then as the maker compiled it.
fn put_in_force(registry: &Registry, file: &[u8]) -> Result<String, Refusal> {
    let source = std::str::from_utf8(file).map_err(|_| Refusal::NotText)?;
    let document = document(registry, file)?.to_string();
    Ok(format!(
        "\nSET LOCAL client_min_messages = notice;\nSELECT routable.put_in_force({},\n{}::pg_catalog.jsonb, NULL, true) AS release;\nCOMMIT;\n",
        literal(source),
        literal(&document)
    ))
}

/// Statements that create what can be there already.
fn rerunnable(text: &str) -> String {
    let mut rerunnable = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let forms = [
            ("CREATE FUNCTION ", "CREATE OR REPLACE FUNCTION "),
            ("CREATE VIEW ", "CREATE OR REPLACE VIEW "),
            ("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS "),
        ];
        match forms.iter().find_map(|(once, again)| Some((again, line.strip_prefix(once)?))) {
            Some((again, rest)) => rerunnable.extend([again, rest]),
            None => rerunnable.push_str(line),
        }
    }
    rerunnable
}

#[cfg(test)]
mod tests {
    use super::{FILES, WORDS, release, script};

    #[test]
    fn a_script_is_ascii_and_one_transaction() {
        let registry = registry::read(registry::BUILT_IN).unwrap();
        for text in [script(&registry, registry::BUILT_IN).unwrap(), release(&registry, registry::BUILT_IN).unwrap()] {
            assert!(text.is_ascii());
            assert_eq!(text.matches("\nBEGIN;\n").count(), 1);
            assert!(text.ends_with("\nCOMMIT;\n"));
            assert!(!text.contains("@words@") && !text.contains("@version@") && !text.contains("@extschema@"));
            let is_bare = |line: &str| {
                ["CREATE FUNCTION ", "CREATE VIEW ", "CREATE TABLE "].iter().any(|once| line.starts_with(once))
                    && !line.starts_with("CREATE TABLE IF")
            };
            assert!(!text.lines().any(is_bare));
        }
    }

    #[test]
    fn the_files_have_no_command_of_psql_and_one_place_for_the_words() {
        assert!(FILES.iter().all(|(_, text)| !text.contains("\n\\")));
        assert_eq!(FILES.iter().map(|(_, text)| text.matches(WORDS).count()).sum::<usize>(), 1);
    }
}
