//! Where a registry comes from: a file that was named, else the one built in.

use std::path::Path;

use registry::{Faults, Registry};

use crate::Failure;
use crate::text::wrap;

/// A registry and the bytes of its file.
pub struct Source {
    pub name: String,
    pub file: Vec<u8>,
}

impl Source {
    /// The named file, else the one built in.
    pub fn open(path: Option<&Path>) -> Result<Source, Failure> {
        let Some(path) = path else {
            return Ok(Source { name: "the registry that is built in".into(), file: registry::BUILT_IN.into() });
        };
        let name = path.display().to_string();
        let file = std::fs::read(path).map_err(|error| Failure(format!("{name}: cannot be read: {error}")))?;
        Ok(Source { name, file })
    }

    pub fn load(&self) -> Result<Registry, Failure> {
        registry::read(&self.file).map_err(|faults| Failure(self.report(&faults)))
    }

    /// The faults, as many as there are, each on its line.
    pub fn report(&self, faults: &Faults) -> String {
        let lines: Vec<_> = faults.iter().map(|fault| wrap(&fault.to_string(), 2, 4)).collect();
        format!("{} does not load:\n{}", self.name, lines.join("\n"))
    }
}
