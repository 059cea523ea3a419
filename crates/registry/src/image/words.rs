//! A text in the form in which the lookup hashes and compares it: its first bytes as words, in registers.

/// The number of bytes in a text's words.
pub(super) const HEAD: usize = 32;

/// A text, and its first 32 bytes as four words. A shorter text is padded with zeros.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(super) head: [u64; 4],
    pub(crate) text: &'a [u8],
}

impl<'a> Words<'a> {
    /// Reads the bytes in pieces that can overlap, so that no length needs a loop or a call.
    #[inline]
    pub(crate) fn of(text: &'a [u8]) -> Words<'a> {
        let head = match text.len() {
            ..=16 => {
                let [a, b] = up_to_16(text);
                [a, b, 0, 0]
            }
            _ => {
                let [a, b] = halves(number(text.first_chunk()));
                let missing = HEAD.saturating_sub(text.len());
                let [c, d] = halves(number(text.get(..HEAD).unwrap_or(text).last_chunk()) >> (8 * missing));
                [a, b, c, d]
            }
        };
        Words { head, text }
    }

    /// The bytes after the words.
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.get(HEAD..).unwrap_or_default()
    }

    /// Multiply and fold. All keys are known when the image is built, so nobody can make them collide later. A hash that
    /// resists this would only cost time.
    #[inline]
    pub(super) fn hash(&self, seed: u64) -> u64 {
        let [a, b, c, d] = self.head;
        let mut state = fold(a ^ seed ^ KEYS[0], b ^ self.text.len() as u64 ^ KEYS[1]);
        if self.text.len() > 16 {
            state = fold(c ^ state, d ^ KEYS[2]);
            for piece in self.rest().chunks(16) {
                let [a, b] = up_to_16(piece);
                state = fold(a ^ state, b ^ KEYS[3]);
            }
        }
        state
    }
}

const KEYS: [u64; 4] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb];

#[inline]
pub(super) fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}

/// A text of at most 16 bytes as two words.
#[inline]
fn up_to_16(text: &[u8]) -> [u64; 2] {
    if let (Some(&first), Some(&last)) = (text.first_chunk(), text.last_chunk()) {
        // Shifted twice, because a word cannot be shifted by all of its bits at once.
        let half = 4 * (16 - text.len() as u32);
        return [u64::from_le_bytes(first), u64::from_le_bytes(last) >> half >> half];
    }
    if let (Some(&first), Some(&last)) = (text.first_chunk(), text.last_chunk()) {
        let last = u64::from(u32::from_le_bytes(last)) << (8 * (text.len() - 4));
        return [u64::from(u32::from_le_bytes(first)) | last, 0];
    }
    [text.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)), 0]
}

#[inline]
fn number(bytes: Option<&[u8; 16]>) -> u128 {
    bytes.copied().map_or(0, u128::from_le_bytes)
}

/// Sixteen bytes as two words.
#[inline]
pub(crate) fn halves(number: u128) -> [u64; 2] {
    [number as u64, (number >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::{HEAD, Words};

    #[test]
    fn words_hold_the_bytes_of_a_text_of_any_length_and_zeros_behind_them() {
        for length in 0..=100_u8 {
            let text: Vec<u8> = (1..=length).collect();
            let mut padded = text.clone();
            padded.resize(text.len().max(HEAD), 0);
            let words = Words::of(&text);
            assert_eq!(words.head.map(u64::to_le_bytes).concat(), padded[..HEAD], "{length} bytes");
            assert_eq!(words.rest(), &padded[HEAD..], "{length} bytes");
        }
    }

    #[test]
    fn every_byte_and_the_length_take_part_in_the_hash() {
        for length in 1..=100_usize {
            let text = vec![b'x'; length];
            let hash = Words::of(&text).hash(1);
            assert_ne!(hash, Words::of(&text).hash(2), "the seed takes part");
            assert_ne!(hash, Words::of(&[&text[..], b"\0"].concat()).hash(1), "a NUL behind {length} bytes takes part");
            for position in 0..length {
                let mut other = text.clone();
                other[position] = b'y';
                assert_ne!(hash, Words::of(&other).hash(1), "byte {position} of {length} takes part");
            }
        }
    }
}
