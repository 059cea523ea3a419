//! The SQL edition: the extension's objects in SQL and PL/pgSQL, for servers on which no library can be installed.
//!
//! Text alone: [`regex`] says patterns in PostgreSQL's syntax, [`document`] writes a registry as JSON, and [`script`] puts both and
//! the files of `sql` together.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod document;
mod first;
mod quoting;
mod regex;
mod script;
mod words;

pub use document::document;
pub use regex::{Unsayable, regex};
pub use script::{pg_tle, release, script};

/// Why a registry has no edition in SQL.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A pattern that PostgreSQL's regular expressions cannot say.
    #[error("{}{path}: PostgreSQL's regular expressions cannot say {what}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
    Pattern {
        /// From 1.
        line: Option<usize>,
        /// As in `providers[3].model_prefix_match`.
        path: String,
        /// The part of the pattern.
        what: Unsayable,
    },
    /// A name or an id that cannot be told from others there.
    #[error("{0} has a character that the SQL edition cannot store: U+0000 or U+001F")]
    Character(String),
    /// A file that is not text.
    #[error("the file is not UTF-8")]
    NotText,
}
