//! The two states of an automaton that no byte leaves. They have the same numbers in a pattern's automaton and in the image.

/// From here on no id is accepted.
pub(crate) const REFUSED: u32 = 0;

/// From here on every id is accepted.
pub(crate) const ACCEPTED: u32 = 1;
