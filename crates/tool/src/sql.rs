//! `sql`: the SQL edition as a script.

use std::path::Path;

use crate::source::Source;
use crate::{Answer, Failure, print};

pub fn run(path: &Path, registry_only: bool) -> Result<Answer, Failure> {
    let source = Source::open(Some(path))?;
    let registry = source.load()?;
    let write = if registry_only { edition::release } else { edition::script };
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
