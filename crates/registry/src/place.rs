//! Places in the document: the path that a fault names, and the line on which it stands.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::document::Node;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The value of a map's key; `occurrence` counts the entries of that name before it.
    Value { key: String, occurrence: usize },
    /// The key itself, where the fault is in the key.
    Key { key: String, occurrence: usize },
    /// A list's item, from 0.
    Item(usize),
}

/// The place of a value in the document, from the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path(pub(crate) Vec<Step>);

impl Path {
    pub(crate) fn value(&self, key: &str) -> Path {
        self.with(Step::Value { key: key.to_owned(), occurrence: 0 })
    }

    pub(crate) fn key(&self, key: &str, occurrence: usize) -> Path {
        self.with(Step::Key { key: key.to_owned(), occurrence })
    }

    pub(crate) fn item(&self, index: usize) -> Path {
        self.with(Step::Item(index))
    }

    fn with(&self, step: Step) -> Path {
        let mut steps = self.0.clone();
        steps.push(step);
        Path(steps)
    }
}

impl fmt::Display for Path {
    /// As in `runtimes.hermes.providers[3].models[0]`; a key that is not a plain word stands in quotes.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Item(index) => write!(formatter, "[{index}]")?,
                Step::Value { key, .. } | Step::Key { key, .. } => {
                    let dot = if position == 0 { "" } else { "." };
                    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
                    if plain { write!(formatter, "{dot}{key}")? } else { write!(formatter, "{dot}{key:?}")? }
                }
            }
        }
        Ok(())
    }
}

/// The line, from 1, on which a value or key begins.
///
/// `serde_yaml` tells places only in its errors, so the text is read again up to the place and an error raised there.
pub(crate) fn line_of(text: &str, path: &Path) -> Option<usize> {
    let reached = Locate(&path.0).deserialize(serde_yaml::Deserializer::from_str(text));
    reached.err()?.location().map(|location| location.line())
}

/// Reads a value up to the place that the steps lead to, and fails there.
struct Locate<'a>(&'a [Step]);

impl<'de> DeserializeSeed<'de> for Locate<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Locate<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("another place")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node, E> {
        if self.0.is_empty() { Err(E::custom("here")) } else { Ok(Node::Text(value.to_owned())) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let [Step::Item(wanted), rest @ ..] = self.0 else { return Err(serde::de::Error::custom("here")) };
        for _ in 0..*wanted {
            access.next_element::<serde::de::IgnoredAny>()?;
        }
        access.next_element_seed(Locate(rest))?;
        Err(serde::de::Error::custom("not there"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let (wanted, mut left, at_key, rest) = match self.0 {
            [Step::Value { key, occurrence }, rest @ ..] => (key, *occurrence, false, rest),
            [Step::Key { key, occurrence }, rest @ ..] => (key, *occurrence, true, rest),
            _ => return Err(serde::de::Error::custom("here")),
        };
        while let Some(key) = access.next_key_seed(LocateKey { wanted, fail: at_key && left == 0 })? {
            if !key {
                access.next_value::<serde::de::IgnoredAny>()?;
            } else if left == 0 {
                access.next_value_seed(Locate(rest))?;
            } else {
                left -= 1;
                access.next_value::<serde::de::IgnoredAny>()?;
            }
        }
        Err(serde::de::Error::custom("not there"))
    }
}

/// Reads a key, and tells whether it is the wanted one, or fails on it.
struct LocateKey<'a> {
    wanted: &'a str,
    fail: bool,
}

impl<'de> DeserializeSeed<'de> for LocateKey<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for LocateKey<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<bool, E> {
        match value == self.wanted {
            true if self.fail => Err(E::custom("here")),
            found => Ok(found),
        }
    }
}
