//! Days, as the registry file writes them.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day of the Gregorian calendar between the years 1 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(u32);

impl Date {
    /// Parses a day in the form `2027-03-01` (ISO 8601). None if there is no such day.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| 10 * number + u32::from(digit - b'0')))
        };
        let (year, month, day) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
        let is_date = bytes[4] == b'-' && bytes[7] == b'-' && year > 0 && (1..=days_in(year, month)).contains(&day);
        is_date.then(|| Date::new(year, month, day))
    }

    /// The current day in UTC.
    pub fn today() -> Date {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut days = u32::try_from(since.as_secs() / 86_400).unwrap_or(0);
        let (mut year, mut month) = (1970, 1);
        while year < 9999 && days >= days_of(year) {
            days -= days_of(year);
            year += 1;
        }
        while month < 12 && days >= days_in(year, month) {
            days -= days_in(year, month);
            month += 1;
        }
        Date::new(year, month, days.min(30) + 1)
    }

    /// The year, the month and the day of the month. The month and the day count from 1.
    pub fn parts(self) -> (u16, u8, u8) {
        ((self.0 / 10_000) as u16, (self.0 / 100 % 100) as u8, (self.0 % 100) as u8)
    }

    /// Year, month and day as one decimal number: `20270301`. It is never 0.
    #[cfg(feature = "compile")]
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// The day of such a number. None for 0.
    pub(crate) fn numbered(number: u32) -> Option<Date> {
        (number > 0).then_some(Date(number))
    }

    fn new(year: u32, month: u32, day: u32) -> Date {
        Date(10_000 * year + 100 * month + day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

/// The number of days in a month. 0 for a month that does not exist.
fn days_in(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap(year)),
        _ => 0,
    }
}

fn days_of(year: u32) -> u32 {
    365 + u32::from(is_leap(year))
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn a_day_is_read_and_shown_as_the_file_writes_it() {
        for text in ["2026-12-31", "2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"] {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(Date::numbered(date.number()), Some(date));
        }
        assert!(Date::parse("2026-12-31") < Date::parse("2027-01-01"));
        assert!(Date::today() > Date::parse("2026-01-01").unwrap());
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in [
            "",
            "2026-13-01",
            "2026-00-10",
            "2026-02-30",
            "2025-02-29",
            "1900-02-29",
            "2026-4-01",
            "2026-04-31",
            "0000-01-01",
            "2026-04-00",
            "2026/04/01",
            "26-04-01",
            "2026-04-01T00:00",
            "+026-04-01",
            "2026-04-1\u{0}",
        ] {
            assert_eq!(Date::parse(text), None, "{text:?}");
        }
    }
}
