//! Typing slips: texts with the same digits whose words differ by one letter.

use crate::key::is_left_out;

/// The most words that can have a slip.
const MOST_WORDS: usize = 2;

/// The largest difference of the lengths of two texts in bytes, separators included.
const MOST_BYTES: usize = 8;

/// A text as its words and runs of digits, for comparisons.
pub(super) struct Hand<'t> {
    length: usize,
    runs: Vec<&'t str>,
}

impl<'t> Hand<'t> {
    pub(super) fn of(text: &'t str) -> Hand<'t> {
        Hand { length: text.len(), runs: Runs(text).collect() }
    }

    /// Whether the lengths are similar enough.
    #[inline]
    pub(super) fn is_as_long_as(&self, other: &[u8]) -> bool {
        self.length.abs_diff(other.len()) <= MOST_BYTES
    }

    /// The number of words by which two texts differ, each by one slip. None if there are too many of these, if the runs of
    /// digits differ, or if anything else differs except separators and letter case.
    pub(super) fn slips(&self, other: &str) -> Option<usize> {
        if !self.is_as_long_as(other.as_bytes()) {
            return None;
        }
        let mut others = Runs(other);
        let mut slips = 0;
        for one in &self.runs {
            let other = others.next()?;
            if one.eq_ignore_ascii_case(other) {
                continue;
            }
            match slip(one, other) {
                Slip::None => {}
                Slip::One if slips < MOST_WORDS => slips += 1,
                _ => return None,
            }
        }
        others.next().is_none().then_some(slips)
    }
}

/// The words and the runs of digits of a text.
struct Runs<'a>(&'a str);

impl<'a> Iterator for Runs<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.0.as_bytes();
        let start = bytes.iter().position(|&byte| !is_left_out(byte))?;
        let is_number = bytes[start].is_ascii_digit();
        let goes_on = |&byte: &u8| !is_left_out(byte) && byte.is_ascii_digit() == is_number;
        let length = bytes[start..].iter().position(|byte| !goes_on(byte)).unwrap_or(bytes.len() - start);
        let (run, rest) = self.0[start..].split_at(length);
        self.0 = rest;
        Some(run)
    }
}

fn is_number(run: &str) -> bool {
    run.starts_with(|first: char| first.is_ascii_digit())
}

/// The difference of two words.
#[derive(Debug, PartialEq, Eq)]
enum Slip {
    None,
    One,
    More,
}

/// A wrong, missing or additional letter is a slip in words of five letters or more. Two exchanged letters are a slip in
/// words of three letters or more. Digits have no slips. Shorter words that are this similar are different names (`live` and
/// `lite`, `eu` and `us`).
fn slip(one: &str, other: &str) -> Slip {
    if is_number(one) || is_number(other) {
        return Slip::More;
    }
    let (left, right) = without_common_ends(one, other);
    let length = |word: &str| word.chars().count();
    let longer = || length(one).max(length(other));
    let rest = |word: &str| word.chars().take(3).count();
    match (rest(left), rest(right)) {
        (0, 0) => Slip::None,
        (0..=1, 0..=1) if longer() >= 5 => Slip::One,
        (2, 2) if longer() >= 3 && is_reverse(left, right) => Slip::One,
        _ => Slip::More,
    }
}

fn is_reverse(one: &str, other: &str) -> bool {
    let lower = |character: char| character.to_ascii_lowercase();
    one.chars().map(lower).eq(other.chars().rev().map(lower))
}

/// Two words without their common beginning and end, in whole characters.
fn without_common_ends<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let same = |(one, other): &(&u8, &u8)| one.eq_ignore_ascii_case(other);
    let mut start = one.bytes().zip(other.bytes()).take_while(|(one, other)| same(&(one, other))).count();
    while !one.is_char_boundary(start) {
        start -= 1;
    }
    let (one, other) = (&one[start..], &other[start..]);
    let mut end = one.bytes().rev().zip(other.bytes().rev()).take_while(|(one, other)| same(&(one, other))).count();
    while !one.is_char_boundary(one.len() - end) {
        end -= 1;
    }
    (&one[..one.len() - end], &other[..other.len() - end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Hand, Slip, slip};

    #[test]
    fn slips_are_of_one_letter_in_words_that_are_no_names_by_themselves() {
        for (one, other, slips) in [
            ("claud-opus-4-7", "claude-opus-4-7", Some(1)),
            ("Claud.Sonet/4", "claude-sonnet-4", Some(2)),
            ("claud-sonet-turbbo-4", "claude-sonnet-turbo-4", None),
            ("gtp-5.5", "gpt-5.5", Some(1)),
            ("glt-5.5", "gpt-5.5", None),
            ("gpt-4o", "gpt-4", None),
            ("gpt-5-mini", "gpt-5-nano", None),
            ("eu.nova", "us.nova", None),
            ("kimi-k2.6", "kimi-k2.5", None),
            ("kimi-k26", "kimi-k2.6", None),
            ("claude-20240620", "claude-20240621", None),
            ("gemini-123", "gemini-132", None),
            ("kimi-2-k", "kimi-k-2", None),
            ("sönnet", "sonnet", Some(1)),
            ("SÖNNET", "sönnet", Some(1)),
            ("flash-live", "flash-lite", None),
            ("glm-4-airx", "glm-4-air", None),
            ("turbo-----------4", "trbo-4", None),
        ] {
            assert_eq!(Hand::of(one).slips(other), slips, "{one} {other}");
            assert_eq!(Hand::of(other).slips(one), slips, "{other} {one}");
        }
    }

    /// The words that differ from a word by one slip.
    fn slipped(word: &[char]) -> Vec<Vec<char>> {
        let mut found = Vec::new();
        for place in 0..=word.len() {
            for letter in ['a', 'b', 'c'] {
                found.push([&word[..place], &[letter], &word[place..]].concat());
            }
            if let Some(rest) = word.get(place + 1..) {
                found.push([&word[..place], rest].concat());
                found.extend(['a', 'b', 'c'].map(|letter| [&word[..place], &[letter], rest].concat()));
            }
        }
        found.retain(|other| word.len().max(other.len()) >= 5);
        if word.len() >= 3 {
            found.extend((1..word.len()).map(|place| {
                let mut swapped = word.to_vec();
                swapped.swap(place - 1, place);
                swapped
            }));
        }
        found
    }

    proptest! {
        #[test]
        fn a_slip_is_what_one_edit_makes(one in "[abc]{1,6}", other in "[abc]{1,6}") {
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            let expected = match slipped(&letters(&one)) {
                _ if one == other => Slip::None,
                near if near.contains(&letters(&other)) => Slip::One,
                _ => Slip::More,
            };
            prop_assert_eq!(slip(&one, &other), expected);
        }
    }
}
