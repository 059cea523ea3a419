//! Ids that a search must not find, as an automaton that is walked together with the others.

use std::collections::HashMap;

/// A tree of the ids, by their bytes.
pub(super) struct Listed {
    children: HashMap<(u32, u8), u32>,
    ends: Vec<bool>,
    bytes: [bool; 256],
}

/// The state of a text with which no listed id begins.
const NOWHERE: u32 = u32::MAX;

impl Listed {
    pub(super) fn of<'a>(ids: impl Iterator<Item = &'a str>) -> Listed {
        let mut listed = Listed { children: HashMap::new(), ends: vec![false], bytes: [false; 256] };
        for id in ids {
            let mut state = 0;
            for byte in id.bytes() {
                listed.bytes[usize::from(byte)] = true;
                let fresh = listed.ends.len() as u32;
                state = *listed.children.entry((state, byte)).or_insert(fresh);
                if state == fresh {
                    listed.ends.push(false);
                }
            }
            listed.ends[state as usize] = true;
        }
        listed
    }

    pub(super) fn start(&self) -> u32 {
        0
    }

    pub(super) fn next(&self, state: u32, byte: u8) -> u32 {
        self.children.get(&(state, byte)).copied().unwrap_or(NOWHERE)
    }

    /// Whether the text that leads to this state is a listed id.
    pub(super) fn ends_at(&self, state: u32) -> bool {
        self.ends.get(state as usize).is_some_and(|&end| end)
    }

    /// Whether a listed id contains the byte.
    pub(super) fn uses(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte)]
    }
}
