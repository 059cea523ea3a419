//! Announcements of vendors about ids, as text.

use std::fmt;

use crate::catalogue::ModelEntry;
use crate::date::Date;

/// What a vendor announced about a listed id. No verdict depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Whether the id is withdrawn. Then the day is the one since which it is withdrawn, else the one on which it retires.
    pub is_withdrawn: bool,
    /// The day; none if the vendor named none.
    pub date: Option<Date>,
    /// The id that takes its place.
    pub replacement: Option<Box<str>>,
}

impl Announcement {
    /// The announcement about an id in one of an arm's lists. None if the list has only the id.
    pub fn of(entry: &ModelEntry, is_withdrawn: bool) -> Option<Announcement> {
        let announcement = || Announcement { is_withdrawn, date: entry.date, replacement: entry.replacement.clone() };
        entry.is_announced().then(announcement)
    }
}

impl fmt::Display for Announcement {
    /// With the keys of the file: `retires 2027-03-01, replacement gpt-5.5`.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let key = if self.is_withdrawn { "since" } else { "retires" };
        match (self.date, &self.replacement) {
            (Some(date), Some(replacement)) => write!(formatter, "{key} {date}, replacement {replacement}"),
            (Some(date), None) => write!(formatter, "{key} {date}"),
            (None, Some(replacement)) => write!(formatter, "replacement {replacement}"),
            (None, None) => Ok(()),
        }
    }
}
