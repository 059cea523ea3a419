//! YAML text as a tree that keeps everything: values of wrong types, unknown keys, repeated keys. `serde_yaml` stops at its
//! first error; validation has to see all of them.

mod limits;
mod position;
mod reader;
mod refusal;
mod source;

pub(crate) use limits::{LONGEST_FILE, Overload, check as check_limits};
pub(crate) use refusal::Refusal;
pub(crate) use source::{Described, Source};

use position::Position;

/// The depth that `serde_yaml` supports.
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

/// A value of the file as its author wrote it, and the line on which it begins.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// From 1. A value that an alias repeats has the line of the alias.
    pub(crate) line: u32,
    /// Only for a scalar: the place of its text. If an alias repeats it, this is the place of the anchor.
    at: Position,
}

/// The content of a node. Boxed slices keep the tree of a hostile file smaller than growable vectors.
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
