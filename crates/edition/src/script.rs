//! The scripts: the whole edition with a registry, and a registry alone.

use registry::Registry;

use crate::quoting::literal;
use crate::{Refusal, document, words};

/// The files that the edition consists of, by their names in sql/edition/install_order. The first makes the schema.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Where the words of the registry crate come among the files.
const WORDS: &str = "-- @words@\n";

/// The file that is not for pg_tle, where the script is that of an extension.
const NO_EXTENSION: &str = "no_extension.sql";

/// What the objects have more as an extension of pg_tle, and the block that makes them one.
const PG_TLE: &str = include_str!("../../../sql/edition/pg_tle.sql");
const WRAPPER: &str = include_str!("../../../sql/edition/pg_tle_wrapper.sql");

const VERSION: &str = env!("CARGO_PKG_VERSION");

const HEAD: &str = "\
-- Run it by a client that ends at the first error: psql -X -v ON_ERROR_STOP=1 -f this_file
BEGIN;
DO $$
BEGIN
    PERFORM pg_catalog.set_config('routable.former_path', pg_catalog.current_setting('search_path'), true);
    PERFORM pg_catalog.set_config('routable.former_messages', pg_catalog.current_setting('client_min_messages'), true);
    PERFORM pg_catalog.set_config('routable.former_bodies', pg_catalog.current_setting('check_function_bodies'), true);
END
$$;
SET LOCAL client_min_messages = warning;
";

/// A transaction that goes on, that of a migration tool, has the settings that it had.
const END: &str = "
DO $$
BEGIN
    PERFORM pg_catalog.set_config('search_path', pg_catalog.current_setting('routable.former_path'), true);
    PERFORM pg_catalog.set_config('client_min_messages', pg_catalog.current_setting('routable.former_messages'), true);
    PERFORM pg_catalog.set_config('check_function_bodies', pg_catalog.current_setting('routable.former_bodies'), true);
END
$$;
COMMIT;
";

/// The script that gives a database the edition's objects and the registry, or brings both up to date.
///
/// # Errors
/// What the edition cannot say or store.
pub fn script(registry: &Registry, file: &[u8]) -> Result<String, Refusal> {
    let registry = put_in_force(registry, file)?;
    let objects = objects(FILES.iter().map(|(_, text)| *text));
    Ok(format!(
        "-- model_routable {VERSION} in SQL and PL/pgSQL: the objects, and a registry. Written by model-routable sql.\n\
         {HEAD}{objects}{registry}"
    ))
}

/// The same as an extension of pg_tle, which the script creates or updates. The registry is no part of the extension.
///
/// # Errors
/// What the edition cannot say or store.
pub fn pg_tle(registry: &Registry, file: &[u8]) -> Result<String, Refusal> {
    let registry = put_in_force(registry, file)?;
    let files = FILES.iter().filter(|(name, _)| *name != NO_EXTENSION).map(|(_, text)| *text);
    let wrapper = WRAPPER.replace("@version@", VERSION).replace("@objects@", &objects(files.chain([PG_TLE])));
    Ok(format!(
        "-- model_routable {VERSION} in SQL and PL/pgSQL as an extension of pg_tle: the objects, and a registry. \
         Written by model-routable sql --pg-tle.\n{HEAD}{wrapper}SET LOCAL search_path = pg_catalog, pg_temp;\n{registry}"
    ))
}

fn objects<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let mut objects = String::new();
    for text in files {
        objects.push('\n');
        let text = text.replace(WORDS, &words::functions()).replace("@version@", VERSION);
        objects.push_str(&rerunnable(&text));
    }
    objects
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
        "\nSET LOCAL client_min_messages = notice;\nSELECT routable.put_in_force({},\n{}::pg_catalog.jsonb, NULL, true) AS release;\n{END}",
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
    use super::{FILES, PG_TLE, VERSION, WORDS, pg_tle, release, script};

    #[test]
    fn a_script_is_ascii_and_one_transaction() {
        let registry = registry::read(registry::BUILT_IN).unwrap();
        for write in [script, release, pg_tle] {
            let text = write(&registry, registry::BUILT_IN).unwrap();
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

    #[test]
    fn the_extension_of_pg_tle_is_one_literal_that_no_registry_is_part_of() {
        let file = [registry::BUILT_IN, b"# $objects$ $script$ $_pgtle_i_$ $_pgtle_o_$ ' \\"].concat();
        let text = pg_tle(&registry::read(&file).unwrap(), &file).unwrap();
        let (wrapper, registry) = text.split_once("$script$;\n").unwrap();
        let parts: Vec<&str> = wrapper.split("$objects$").collect();
        let [before, objects, after] = parts[..] else { panic!("{} parts", parts.len()) };
        assert!(before.contains(&format!("offered CONSTANT text := '{VERSION}';")));
        assert!(objects.contains(PG_TLE.lines().next().unwrap()) && objects.contains("routable.guard"));
        // What pg_tle puts around a script, and what ends a transaction.
        for refused in ["$_pgtle_", "$script$", "\nBEGIN;", "\nCOMMIT;", "@extschema", "@version@", "@objects@"] {
            assert!(!objects.contains(refused), "{refused}");
        }
        assert!(after.contains("ALTER EXTENSION model_routable UPDATE;"));
        assert!(
            !wrapper.contains("$_pgtle_") && registry.contains("# $objects$ $script$ $_pgtle_i_$ $_pgtle_o_$ '' \\\\")
        );
    }
}
