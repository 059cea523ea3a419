//! YAML text as a lenient tree, which keeps what a strict type would refuse or drop at once: wrong types, unknown
//! keys, a key that comes twice. `serde_yaml` stops at its first error; validation needs to see them all.

use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A value of the file, as its author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Boolean(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// A value behind a YAML tag (`!name`), which no key of the format takes.
    Tagged,
}

impl Node {
    /// What the value is, in the words of a fault's message.
    pub(crate) fn kind(&self) -> String {
        match self {
            Node::Null => "nothing".into(),
            Node::Boolean(value) => format!("the boolean {value}"),
            Node::Integer(value) => format!("the number {value}"),
            Node::Float(value) => format!("the number {value}"),
            Node::Text(_) => "text".into(),
            Node::List(_) => "a list".into(),
            Node::Map(_) => "a map".into(),
            Node::Tagged => "a tagged value".into(),
        }
    }
}

/// Parses the text of a file.
///
/// # Errors
/// Text that is not one YAML document, nests too deep, or repeats its aliases too often.
pub(crate) fn parse(text: &str) -> Result<Node, serde_yaml::Error> {
    serde_yaml::from_str(text)
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Integer(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(i128::try_from(value).map_or(Node::Float(value as f64), Node::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (_tag, value) = access.variant::<String>()?;
        value.newtype_variant::<serde::de::IgnoredAny>()?;
        Ok(Node::Tagged)
    }
}
