//! The digits of a text, whatever is between them. Texts that are alike have the same digits, and this is found out sooner
//! than anything else that they have in common.

/// The digits of a text, from the last to the first.
pub(super) struct Digits(Vec<u8>);

impl Digits {
    pub(super) fn of(text: &[u8]) -> Digits {
        Digits(backwards(text).collect())
    }

    /// Whether another text has the same digits in the same order. Eight bytes are read at once. The last digits come first,
    /// because the ids of a registry differ in them most.
    #[inline]
    pub(super) fn are_of(&self, mut other: &[u8]) -> bool {
        let mut expected = self.0.iter().copied();
        while let Some((before, word)) = other.split_last_chunk() {
            let mut marks = marks_of_digits(u64::from_le_bytes(*word));
            while let Some(last) = marks.checked_ilog2() {
                if expected.next() != Some(word[last as usize / 8]) {
                    return false;
                }
                marks ^= 1 << last;
            }
            other = before;
        }
        backwards(other).eq(expected)
    }
}

#[inline]
fn backwards(text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter().rev().copied().filter(u8::is_ascii_digit)
}

/// The highest bit of each byte that is a digit.
#[inline]
fn marks_of_digits(word: u64) -> u64 {
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    // Digits become 0 to 9. The sum has the highest bit for all that is greater, and it does not reach the next byte.
    let values = word ^ u64::from_ne_bytes([b'0'; 8]);
    let sums = (values & !HIGHEST) + u64::from_ne_bytes([0x80 - 10; 8]);
    !(values | sums) & HIGHEST
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Digits, marks_of_digits};

    proptest! {
        #[test]
        fn the_digits_are_what_is_left_without_all_else(one in "[-a09\u{e9}]{0,30}", other in "[-a09\u{e9}]{0,30}") {
            let digits = |text: &str| text.replace(|character: char| !character.is_ascii_digit(), "");
            let similar = one.replace('a', "-a").replace("--", "");
            for other in [&other, &similar, &digits(&one)] {
                let expected = digits(&one) == digits(other);
                prop_assert_eq!(Digits::of(one.as_bytes()).are_of(other.as_bytes()), expected, "{} {}", one, other);
            }
        }
    }

    #[test]
    fn every_byte_is_a_digit_or_not_whatever_is_beside_it() {
        for byte in 0..=u8::MAX {
            for beside in [0, b'0', b'9', b':', 0x7f, 0x80, u8::MAX] {
                let bytes = [beside, byte, beside, byte, byte, beside, beside, byte];
                let expected = bytes.map(|byte| if byte.is_ascii_digit() { 0x80 } else { 0 });
                assert_eq!(marks_of_digits(u64::from_le_bytes(bytes)).to_le_bytes(), expected, "{bytes:?}");
            }
        }
    }
}
