//! UTF-8 as an automaton, so that a search finds ids that are text.

/// The state between two characters.
pub(super) const START: u32 = 0;

const ONE_MORE: u32 = 1;
const TWO_MORE: u32 = 2;
const THREE_MORE: u32 = 3;
const AFTER_E0: u32 = 4;
const AFTER_ED: u32 = 5;
const AFTER_F0: u32 = 6;
const AFTER_F4: u32 = 7;

/// The state after a byte, if the byte may stand there.
pub(super) fn next(state: u32, byte: u8) -> Option<u32> {
    Some(match (state, byte) {
        (START, 0x00..=0x7f) => START,
        (START, 0xc2..=0xdf) => ONE_MORE,
        (START, 0xe0) => AFTER_E0,
        (START, 0xed) => AFTER_ED,
        (START, 0xe1..=0xef) => TWO_MORE,
        (START, 0xf0) => AFTER_F0,
        (START, 0xf1..=0xf3) => THREE_MORE,
        (START, 0xf4) => AFTER_F4,
        (ONE_MORE, 0x80..=0xbf) => START,
        (TWO_MORE, 0x80..=0xbf) | (AFTER_E0, 0xa0..=0xbf) | (AFTER_ED, 0x80..=0x9f) => ONE_MORE,
        (THREE_MORE, 0x80..=0xbf) | (AFTER_F0, 0x90..=0xbf) | (AFTER_F4, 0x80..=0x8f) => TWO_MORE,
        _ => return None,
    })
}

/// Bytes of one class lead from every state to the same one.
pub(super) fn class(byte: u8) -> u8 {
    match byte {
        0x00..=0x7f => 0,
        0x80..=0x8f => 1,
        0x90..=0x9f => 2,
        0xa0..=0xbf => 3,
        0xc2..=0xdf => 4,
        0xe0 => 5,
        0xed => 6,
        0xe1..=0xef => 7,
        0xf0 => 8,
        0xf1..=0xf3 => 9,
        0xf4 => 10,
        _ => 11,
    }
}

/// Letters first, white space and control characters last among those of ASCII.
pub(super) fn every_byte() -> Vec<u8> {
    (0x21..=0x7e).chain(0x80..=0xff).chain(0x00..=0x20).chain([0x7f]).collect()
}

#[cfg(test)]
mod tests {
    use super::{START, next};

    #[test]
    fn exactly_the_characters_are_accepted() {
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let mut bytes = character.encode_utf8(&mut buffer).bytes();
            assert_eq!(bytes.try_fold(START, next), Some(START), "{character:?}");
        }
        for bytes in [&b"\x80"[..], b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"] {
            assert_eq!(bytes.iter().try_fold(START, |state, &byte| next(state, byte)), None, "{bytes:?}");
        }
    }
}
