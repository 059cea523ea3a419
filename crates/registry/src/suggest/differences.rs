//! Where two texts first differ and where they last differ. This is found eight bytes at a time, because ids have much in
//! common, and it tells of most ids that they are no slip of a text.

/// The number of bytes that are compared at once.
const WORD: usize = size_of::<u64>();

/// The number of bytes at their ends that two texts have in common.
#[inline]
pub(super) fn common_end(one: &[u8], other: &[u8]) -> usize {
    let (mut left, mut right) = (one, other);
    let in_common = |rest: &[u8]| one.len() - rest.len();
    while let (Some((before_left, left_word)), Some((before_right, right_word))) =
        (left.split_last_chunk::<WORD>(), right.split_last_chunk::<WORD>())
    {
        match u64::from_le_bytes(*left_word) ^ u64::from_le_bytes(*right_word) {
            0 => (left, right) = (before_left, before_right),
            difference => return in_common(left) + difference.leading_zeros() as usize / 8,
        }
    }
    in_common(left) + equal(left.iter().rev(), right.iter().rev())
}

/// The number of bytes at their beginnings that two texts have in common.
#[inline]
fn common_start(one: &[u8], other: &[u8]) -> usize {
    let (mut left, mut right) = (one, other);
    let in_common = |rest: &[u8]| one.len() - rest.len();
    while let (Some((left_word, after_left)), Some((right_word, after_right))) =
        (left.split_first_chunk::<WORD>(), right.split_first_chunk::<WORD>())
    {
        match u64::from_le_bytes(*left_word) ^ u64::from_le_bytes(*right_word) {
            0 => (left, right) = (after_left, after_right),
            difference => return in_common(left) + difference.trailing_zeros() as usize / 8,
        }
    }
    in_common(left) + equal(left.iter(), right.iter())
}

#[inline]
fn equal<'a>(one: impl Iterator<Item = &'a u8>, other: impl Iterator<Item = &'a u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// Whether the first difference and the last one can be slips. False for most texts in which they are not.
#[inline]
pub(super) fn may_be_slips(one: &[u8], other: &[u8]) -> bool {
    let end = common_end(one, other);
    may_be_slip(one[..one.len() - end].iter().rev(), other[..other.len() - end].iter().rev()) && {
        let start = common_start(one, other);
        may_be_slip(one[start..].iter(), other[start..].iter())
    }
}

/// Whether texts can differ by a slip in their first word. A wrong letter leaves the next one the same. With a missing, an
/// additional or an exchanged letter, the next letter of one text is the first letter of the other.
#[inline]
fn may_be_slip<'a>(mut one: impl Iterator<Item = &'a u8>, mut other: impl Iterator<Item = &'a u8>) -> bool {
    let letter = |byte: Option<&u8>| byte.filter(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase);
    let (Some(left), Some(right)) = (letter(one.next()), letter(other.next())) else { return true };
    let (next_left, next_right) = (letter(one.next()), letter(other.next()));
    left == right || next_left == next_right || next_left == Some(right) || next_right == Some(left)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{common_end, common_start, may_be_slips};

    #[test]
    fn the_first_and_the_last_difference_tell_slips_from_other_texts() {
        for (one, other, expected) in [
            ("claude-opus-4-7", "claude-opus-4-7", true),
            ("claud-opus-4-7", "claude-opus-4-7", true),
            ("cluade-sonent-4", "claude-sonnet-4", true),
            ("xlaude-opus", "Claude-opus", true),
            ("clauda.opus", "claude-opus", true),
            ("s\u{f6}nnet", "sonnet", true),
            ("claude-opus-4-7", "claude-haiku-4-7", false),
            ("modle-alpha-first", "model-alpha-other", false),
            ("one-instrct", "sup-instruct", false),
        ] {
            assert_eq!(may_be_slips(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
            assert_eq!(may_be_slips(other.as_bytes(), one.as_bytes()), expected, "{other} {one}");
        }
    }

    proptest! {
        #[test]
        fn what_is_in_common_is_what_is_equal_byte_by_byte(start in "a{0,20}", one in "[ab]{0,3}", other in "[ab]{0,3}") {
            let count = |one: &str, other: &str| one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
            let reversed = |text: &str| text.chars().rev().collect::<String>();
            let (one, other) = (start.clone() + &one, start + &other);
            let expected = count(&one, &other);
            prop_assert_eq!(common_start(one.as_bytes(), other.as_bytes()), expected);
            prop_assert_eq!(common_end(reversed(&one).as_bytes(), reversed(&other).as_bytes()), expected);
        }
    }
}
