//! Places of values in the text. `serde_yaml` reports them only in its errors.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

/// A place in the text: line and column, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Position {
    /// Parses the place of a message that ends in `at line 3 column 5`. A message without a place refers to the start of the
    /// file.
    pub(super) fn of(error: &impl fmt::Display) -> Position {
        let message = error.to_string();
        let Some((_, place)) = message.rsplit_once(" at line ") else { return Position { line: 1, column: 1 } };
        let Some((line, column)) = place.split_once(" column ") else { return Position::default() };
        Position { line: line.parse().unwrap_or(0), column: column.parse().unwrap_or(0) }
    }
}

/// Finds where the next value begins without reading it. Below the depth that `serde_yaml` supports, its error names the
/// value at which it stopped, even an alias or an empty list.
pub(super) struct Probe;

impl<'de> DeserializeSeed<'de> for Probe {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct("", self)
    }
}

impl<'de> Visitor<'de> for Probe {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct("", self)
    }
}
