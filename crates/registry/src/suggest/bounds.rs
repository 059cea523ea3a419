//! Lower bounds of the distance between two spellings, so that few candidates of a large registry are compared in full.

use super::dashed;

/// Characters that count as the same for a bound, which only makes it lower. All others share the remaining classes.
const CLASSES: usize = 64;
const DIGITS: u8 = 26;
const DASH: u8 = 36;
const OTHERS: u8 = 37;

/// The classes of ASCII characters, once in lower case and with dashes for separators.
const ASCII_CLASSES: [u8; 128] = {
    let mut classes = [0; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = class(dashed((byte as char).to_ascii_lowercase()));
        byte += 1;
    }
    classes
};

/// A name as classes of characters, with what a cheap bound needs to know of them.
pub(super) struct Outline {
    pub(super) length: usize,
    /// Which classes occur at least once, twice and three times.
    occurring: [u64; 3],
}

const fn class(character: char) -> u8 {
    match character {
        'a'..='z' => character as u8 - b'a',
        '0'..='9' => DIGITS + (character as u8 - b'0'),
        '-' => DASH,
        _ => OTHERS + (character as u32 % (CLASSES as u32 - OTHERS as u32)) as u8,
    }
}

/// The classes of a name's characters.
#[inline(always)]
fn each_class(name: &str, mut take: impl FnMut(u8)) {
    if name.is_ascii() {
        name.bytes().for_each(|byte| take(ASCII_CLASSES[usize::from(byte & 127)]));
    } else {
        name.chars().flat_map(char::to_lowercase).for_each(|character| take(class(dashed(character))));
    }
}

impl Outline {
    #[inline]
    pub(super) fn of(name: &str) -> Outline {
        let (mut length, mut occurring) = (0, [0; 3]);
        each_class(name, |class| {
            let [once, twice, thrice] = occurring;
            let class = 1 << class;
            occurring = [once | class, twice | once & class, thrice | twice & class];
            length += 1;
        });
        Outline { length, occurring }
    }

    /// As far as two spellings can be apart for a suggestion.
    pub(super) fn limit(&self, other: &Outline) -> usize {
        self.length.min(other.length) / 4
    }

    /// At least as many edits are needed as one name has characters more than the other, of all classes or of some.
    #[inline]
    pub(super) fn distance(&self, other: &Outline) -> usize {
        let surplus = |one: &Outline, other: &Outline| {
            let surplus = one.occurring.iter().zip(other.occurring).map(|(one, other)| (one & !other).count_ones());
            surplus.sum::<u32>() as usize
        };
        self.length.abs_diff(other.length).max(surplus(self, other)).max(surplus(other, self))
    }
}

/// A name to which others are compared, as the positions of each class in it.
pub(super) struct Positions {
    positions: [u64; CLASSES],
    length: usize,
}

impl Positions {
    /// None of a name that has more characters than a word has bits.
    pub(super) fn of(name: &str) -> Option<Positions> {
        let (mut positions, mut length) = ([0; CLASSES], 0);
        each_class(name, |class| {
            positions[usize::from(class)] |= 1_u64.checked_shl(length).unwrap_or(0);
            length += 1;
        });
        (1..=u64::BITS).contains(&length).then_some(Positions { positions, length: length as usize })
    }

    /// A bound from the distance in which no part is edited twice, which is at most half as much again as the one in which
    /// parts may be. A column of its table is one word each of rises and of falls (Hyyrö 2003).
    pub(super) fn distance(&self, other: &str) -> usize {
        let last = 1_u64 << (self.length - 1);
        let (mut rises, mut falls, mut diagonal, mut former) = (!0_u64, 0_u64, 0_u64, 0_u64);
        let mut distance = self.length;
        each_class(other, |class| {
            let here = self.positions[usize::from(class)];
            let swapped = ((!diagonal & here) << 1) & former;
            diagonal = swapped | ((here & rises).wrapping_add(rises) ^ rises) | here | falls;
            let (right_rises, right_falls) = (falls | !(diagonal | rises), diagonal & rises);
            distance += usize::from(right_rises & last != 0);
            distance -= usize::from(right_falls & last != 0);
            let (right_rises, right_falls) = (right_rises << 1 | 1, right_falls << 1);
            rises = right_falls | !(diagonal | right_rises);
            falls = right_rises & diagonal;
            former = here;
        });
        (2 * distance).div_ceil(3)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strsim::damerau_levenshtein;

    use super::super::Spelling;
    use super::{Outline, Positions};

    proptest! {
        #[test]
        fn no_bound_is_above_the_distance(one in "[abA1./é]{1,12}", other in "[abA1./é]{0,12}") {
            let distance = damerau_levenshtein(&Spelling::of(&one).whole, &Spelling::of(&other).whole);
            prop_assert!(Outline::of(&one).distance(&Outline::of(&other)) <= distance);
            prop_assert!(Positions::of(&one).unwrap().distance(&other) <= distance);
        }
    }
}
