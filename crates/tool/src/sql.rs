//! `sql`: the SQL edition as a script.

use std::path::Path;

use crate::source::Source;
use crate::{Answer, Failure, print};

/// What is printed.
pub enum Form {
    /// The objects and the registry.
    Script,
    /// The registry alone.
    RegistryOnly,
    /// The objects as an extension of pg_tle, and the registry.
    PgTle,
}

pub fn run(path: &Path, form: Form) -> Result<Answer, Failure> {
    let source = Source::open(Some(path))?;
    let registry = source.load()?;
    let write = match form {
        Form::Script => edition::script,
        Form::RegistryOnly => edition::release,
        Form::PgTle => edition::pg_tle,
    };
    match write(&registry, &source.file) {
        Ok(script) => {
            print(&script);
            Ok(Answer::Yes)
        }
        Err(refusal) => {
            eprintln!("{}: {refusal}", source.name);
            Ok(Answer::No)
        }
    }
}
