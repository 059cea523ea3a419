//! YAML text as a lenient tree, which keeps what a strict type would refuse or drop at once: wrong types, unknown
//! keys, a key that comes twice. `serde_yaml` stops at its first error; validation needs to see them all.

mod limits;
mod reader;

pub(crate) use limits::{LONGEST_FILE, Overload, check as check_limits};
pub(crate) use reader::parse;

/// A value of the file, as its author wrote it, and the line on which it begins.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// From 1; 0 where the parser does not tell: an empty list or map, and a tagged value.
    pub(crate) line: u32,
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
    /// What the value is, in the words of a fault's message.
    pub(crate) fn kind(&self) -> String {
        match &self.value {
            Value::Null => "nothing".into(),
            Value::Boolean(value) => format!("the boolean {value}"),
            Value::Integer(value) => format!("the number {value}"),
            Value::Float(value) => format!("the number {value}"),
            Value::Text(_) => "text".into(),
            Value::List(_) => "a list".into(),
            Value::Map(_) => "a map".into(),
            Value::Tagged => "a tagged value".into(),
        }
    }
}
