//! Reads YAML into the tree, with the line of every value, in one pass.
//!
//! A second parser for the places was tried. `saphyr-parser` 0.3 reads other data than `serde_yaml` in 75 of 26,000 random
//! texts, so a line could belong to another document. `libyaml-safer` 0.3 gives the same places as this code, but panics for
//! some texts that are not YAML, which a server's backend cannot afford, and needs the same limits.

use std::cell::Cell;
use std::fmt;

use serde::de::Visitor;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess};

use super::position::{Position, Probe};
use super::{Node, REPEATED_TOO_MUCH, Value};
use crate::pause::pause;

/// Parses the text of a file.
///
/// # Errors
/// Text that is not one YAML document, nests too deep, or repeats its aliases too often.
pub(super) fn parse(text: &str) -> Result<Node, serde_yaml::Error> {
    let budget = Cell::new((5 << 20) + 12 * text.len());
    let mut root = None;
    let around = Around { start: Position::default(), alias: None };
    let read = Read { budget: &budget, around, into: &mut root }.deserialize(serde_yaml::Deserializer::from_str(text));
    let mut root = place(root, read, Around { start: Position::default(), alias: None })?;
    root.line = match &root.value {
        Value::List(items) if !items.is_empty() => items[0].line,
        Value::Map(entries) if !entries.is_empty() => entries[0].0.line,
        Value::List(_) | Value::Map(_) | Value::Tagged => {
            let probe = Probe.deserialize(serde_yaml::Deserializer::from_str(text));
            probe.err().map_or(0, |error| Position::of(&error).line)
        }
        _ => root.at.line,
    };
    Ok(root)
}

/// Reads one value into `into`.
///
/// `serde_yaml` reports places only in its errors. So a scalar is stored and then made to fail. That loses nothing: the
/// scalar has been consumed, reading continues after it, and the error has its place.
struct Read<'a> {
    /// The bytes that the tree may still take. Aliases could repeat a value without end.
    budget: &'a Cell<usize>,
    around: Around,
    into: &'a mut Option<Node>,
}

/// What is known of a value before it is read.
#[derive(Clone, Copy)]
struct Around {
    /// Where the value, or the alias that stands for it, begins.
    start: Position,
    /// The line of the alias through which it is reached.
    alias: Option<u32>,
}

impl Around {
    /// The same for a value within this one. It begins before this one only if an alias pointed to it.
    fn within(self, start: Position) -> Around {
        let alias = self.alias.or_else(|| (start < self.start).then_some(self.start.line));
        Around { start, alias }
    }
}

/// The error of a stored scalar. The stored scalar identifies it, never this text.
const PUT_ASIDE: &str = "put aside";

/// The node that was read. A stored scalar gets its place from the error.
fn place<E: serde::de::Error>(node: Option<Node>, read: Result<(), E>, around: Around) -> Result<Node, E> {
    let mut node = match (node, read) {
        (Some(node), Ok(())) => node,
        (Some(Node { value: Value::List(_) | Value::Map(_) | Value::Tagged, .. }) | None, Err(error)) => {
            return Err(error);
        }
        (Some(node), Err(error)) => Node { at: Position::of(&error), ..node },
        (None, Ok(())) => return Err(E::custom("a value that cannot be read")),
    };
    node.line = around.alias.unwrap_or(around.start.line);
    Ok(node)
}

impl Read<'_> {
    fn spend<E: serde::de::Error>(&self, bytes: usize) -> Result<(), E> {
        pause();
        let left = self.budget.get().checked_sub(bytes + size_of::<Node>());
        self.budget.set(left.ok_or_else(|| E::custom(REPEATED_TOO_MUCH))?);
        Ok(())
    }

    fn scalar<E: serde::de::Error>(self, value: Value) -> Result<(), E> {
        self.spend(if let Value::Text(text) = &value { text.len() } else { 0 })?;
        *self.into = Some(Node::new(value));
        Err(E::custom(PUT_ASIDE))
    }
}

impl<'de> DeserializeSeed<'de> for Read<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Read<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.scalar(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.scalar(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Value::Boolean(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Value::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.scalar(i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<(), E> {
        self.scalar(Value::Float(value as f64))
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<(), E> {
        self.scalar(Value::Float(value as f64))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Value::Float(value))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.scalar(Value::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        self.spend(0)?;
        let mut items = Vec::new();
        loop {
            let around = match access.next_element_seed(Probe) {
                Ok(None) => break,
                found => self.around.within(found.err().map_or_else(Position::default, |error| Position::of(&error))),
            };
            let mut item = None;
            let read = access.next_element_seed(Read { budget: self.budget, around, into: &mut item });
            items.push(place(item, read.map(|_| ()), around)?);
        }
        *self.into = Some(Node::new(Value::List(items.into())));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        self.spend(0)?;
        let mut entries = Vec::new();
        loop {
            let around = match access.next_key_seed(Probe) {
                Ok(None) => break,
                found => self.around.within(found.err().map_or_else(Position::default, |error| Position::of(&error))),
            };
            let mut key = None;
            let read = access.next_key_seed(Read { budget: self.budget, around, into: &mut key });
            let key = place(key, read.map(|_| ()), around)?;
            let found = access.next_value_seed(Probe);
            let around = self.around.within(found.err().map_or_else(Position::default, |error| Position::of(&error)));
            let mut value = None;
            let read = access.next_value_seed(Read { budget: self.budget, around, into: &mut value });
            entries.push((key, place(value, read, around)?));
        }
        *self.into = Some(Node::new(Value::Map(entries.into())));
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let (_tag, value) = access.variant::<IgnoredAny>()?;
        value.newtype_variant::<IgnoredAny>()?;
        self.spend(0)?;
        *self.into = Some(Node::new(Value::Tagged));
        Ok(())
    }
}
