//! YAML text as a lenient tree, which keeps what a strict type would refuse or drop at once: wrong types, unknown
//! keys, a key that comes twice. `serde_yaml` stops at its first error; validation needs to see them all.

mod limits;
mod position;
mod reader;
mod refusal;
mod source;

pub(crate) use limits::{LONGEST_FILE, Overload, check as check_limits};
pub(crate) use refusal::Refusal;
pub(crate) use source::{Described, Source};

use position::Position;

/// What `serde_yaml` follows.
const DEEPEST: u8 = 128;

const REPEATED_TOO_MUCH: &str = "its aliases repeat too much";

/// Parses the text of a file.
///
/// # Errors
/// Text that is not one YAML document, nests too deep, or repeats its aliases too often.
pub(crate) fn parse(text: &str) -> Result<Node, Refusal> {
    refusal::check_characters(text)?;
    let mut root = reader::parse(text).map_err(|error| Refusal::new(&error, text))?;
    if text.contains(source::UNUSUAL_BREAKS) {
        Source::new(text).renumber(&mut root);
    }
    Ok(root)
}

/// A value of the file, as its author wrote it, and the line on which it begins.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// From 1. Of what an alias repeats, the alias's line.
    pub(crate) line: u32,
    /// Of a scalar: where its text stands, which is the anchor's place if an alias repeats it.
    at: Position,
}

/// What a node holds. Boxed slices rather than growable ones keep the tree of a hostile file small.
#[derive(Debug)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(Box<str>),
    List(Box<[Node]>),
    Map(Box<[(Node, Node)]>),
    /// A value behind a YAML tag (`!name`), which no key of the format takes.
    Tagged,
}

impl Node {
    fn new(value: Value) -> Node {
        Node { value, line: 0, at: Position::default() }
    }
}
