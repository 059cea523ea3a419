//! Reads YAML into the tree, with the line of every value in the one pass.

use std::cell::Cell;
use std::fmt;

use serde::de::Visitor;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess};

use super::{Node, Value};

/// Parses the text of a file.
///
/// # Errors
/// Text that is not one YAML document, nests too deep, or repeats its aliases too often.
pub(crate) fn parse(text: &str) -> Result<Node, serde_yaml::Error> {
    let budget = Cell::new((4 << 20) + 40 * text.len());
    let mut root = None;
    let read = Read { budget: &budget, into: &mut root }.deserialize(serde_yaml::Deserializer::from_str(text));
    place(root, read)
}

/// Reads one value into `into`.
///
/// `serde_yaml` tells places only in its errors. So a scalar is put aside and then failed, which costs nothing: it has
/// been consumed, reading goes on behind it, and the error tells its line. A list or map begins where its first
/// scalar does.
struct Read<'a> {
    /// The bytes that the tree may still take: aliases can repeat a value without end.
    budget: &'a Cell<usize>,
    into: &'a mut Option<Node>,
}

/// What a scalar is failed with. It is recognised by the scalar that has been put aside, never by this text.
const PUT_ASIDE: &str = "put aside";

/// The node that was read, with its line taken from the error of a scalar put aside.
fn place<E: serde::de::Error>(node: Option<Node>, read: Result<(), E>) -> Result<Node, E> {
    match (node, read) {
        (Some(node), Ok(())) => Ok(node),
        (Some(Node { value: Value::List(_) | Value::Map(_) | Value::Tagged, .. }) | None, Err(error)) => Err(error),
        (Some(Node { value, .. }), Err(error)) => Ok(Node { value, line: line_in(&error.to_string()) }),
        (None, Ok(())) => Err(E::custom("a value that cannot be read")),
    }
}

/// The line in a message that ends in `at line 3 column 5`, or in `at position 0` where the file begins.
fn line_in(message: &str) -> u32 {
    let Some((_, place)) = message.rsplit_once(" at line ") else { return 1 };
    place.split_once(' ').and_then(|(line, _)| line.parse().ok()).unwrap_or(0)
}

impl Read<'_> {
    fn spend<E: serde::de::Error>(&self, bytes: usize) -> Result<(), E> {
        let left = self.budget.get().checked_sub(bytes + size_of::<Node>());
        self.budget.set(left.ok_or_else(|| E::custom("its aliases repeat too much"))?);
        Ok(())
    }

    fn scalar<E: serde::de::Error>(self, value: Value) -> Result<(), E> {
        self.spend(if let Value::Text(text) = &value { text.len() } else { 0 })?;
        *self.into = Some(Node { value, line: 0 });
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
            let mut item = None;
            match access.next_element_seed(Read { budget: self.budget, into: &mut item }) {
                Ok(None) => break,
                Ok(Some(())) => items.push(place(item, Ok::<_, A::Error>(()))?),
                Err(error) => items.push(place(item, Err(error))?),
            }
        }
        let line = items.first().map_or(0, |item: &Node| item.line);
        *self.into = Some(Node { value: Value::List(items.into()), line });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        self.spend(0)?;
        let mut entries = Vec::new();
        loop {
            let (mut key, mut value) = (None, None);
            let key = match access.next_key_seed(Read { budget: self.budget, into: &mut key }) {
                Ok(None) => break,
                Ok(Some(())) => place(key, Ok::<_, A::Error>(()))?,
                Err(error) => place(key, Err(error))?,
            };
            let read = access.next_value_seed(Read { budget: self.budget, into: &mut value });
            entries.push((key, place(value, read)?));
        }
        let line = entries.first().map_or(0, |(key, _): &(Node, Node)| key.line);
        *self.into = Some(Node { value: Value::Map(entries.into()), line });
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let (_tag, value) = access.variant::<String>()?;
        value.newtype_variant::<IgnoredAny>()?;
        self.spend(0)?;
        *self.into = Some(Node { value: Value::Tagged, line: 0 });
        Ok(())
    }
}
