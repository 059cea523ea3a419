//! The vendor that somebody wrote before a model, and the ids of this vendor.

use crate::key::{is_left_out, is_same_key, split_vendor};

/// Text without digits before the first `/` or `:`, or else before the first dash.
pub(super) struct Vendor<'t> {
    name: &'t [u8],
    separator: u8,
}

impl<'t> Vendor<'t> {
    pub(super) fn of(text: &'t [u8]) -> Option<Vendor<'t>> {
        let name = match split_vendor(text) {
            Some((name, _)) => name,
            None => &text[..text.iter().position(|&byte| byte == b'-')?],
        };
        let is_name = !name.iter().any(u8::is_ascii_digit) && !name.iter().copied().all(is_left_out);
        is_name.then(|| Vendor { name, separator: text[name.len()] })
    }

    /// Whether `/` or `:` ends it. A word before a dash can also be part of the model's name.
    pub(super) fn is_written(&self) -> bool {
        self.separator != b'-'
    }

    /// The text after it.
    pub(super) fn behind<'a>(&self, text: &'a str) -> &'a str {
        &text[self.name.len() + 1..]
    }

    /// Whether the vendor has this name.
    pub(super) fn is_named(&self, name: &[u8]) -> bool {
        is_same_key(self.name, name)
    }

    /// Whether an id begins with the vendor, ended by `/` or `:`.
    pub(super) fn is_written_in(&self, id: &[u8]) -> bool {
        split_vendor(id).is_some_and(|(name, _)| self.is_named(name))
    }

    /// Whether an id begins with the vendor, ended by any separator.
    pub(super) fn begins(&self, id: &str) -> bool {
        match split_vendor(id.as_bytes()) {
            Some((name, _)) => self.is_named(name),
            None => id.as_bytes().split_at_checked(self.name.len()).is_some_and(|(name, rest)| {
                name.eq_ignore_ascii_case(self.name) && rest.first().copied().is_some_and(is_left_out)
            }),
        }
    }

    /// Whether an id has another separator after its vendor than the text.
    pub(super) fn is_parted_otherwise(&self, id: &str) -> bool {
        split_vendor(id.as_bytes()).is_some_and(|(name, _)| id.as_bytes()[name.len()] != self.separator)
    }
}

/// Whether the id has a vendor before it.
pub(super) fn has_vendor(id: &str) -> bool {
    split_vendor(id.as_bytes()).is_some()
}
