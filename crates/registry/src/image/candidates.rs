//! Writes a tree for each runtime, which finds by a few bytes of an id the arms whose patterns can match it. Most patterns
//! are anchored, so for most ids one arm or none is left. Without the tree, each arm's automaton would have to be walked.
//!
//! Without the tree, an id that a pattern takes costs 488 instead of 354 instructions in the shipped registry, and over ten
//! times as long with 400 arms. One automaton for all patterns of a runtime does not replace it: with 1,000 runtimes, a
//! lookup takes three times as long, because each byte of an id reads another line of memory.

use std::collections::HashMap;

use super::buckets::Buckets;
use super::format::split;
use super::prefix::Prefix;
use super::writer::Writer;
use crate::catalogue::{Registry, Runtime};
use crate::pattern::Automaton;
use crate::pause::pause;

/// The number of an id's first bytes that the tree can use.
const DEEPEST: usize = 3;

/// What the trees need from each provider's pattern.
pub(super) struct Pattern {
    automaton: u32,
    buckets: Buckets,
    prefix: Prefix,
}

impl Writer {
    /// Writes the automata of the catalogue.
    pub(super) fn patterns(&mut self, registry: &Registry) -> Vec<Option<Pattern>> {
        let mut write = |automaton: &Automaton| {
            let prefix = Prefix::of(automaton);
            Pattern { automaton: self.automaton(automaton), buckets: Buckets::of(automaton), prefix }
        };
        let patterns = registry.providers.iter().map(|provider| provider.pattern.as_ref());
        patterns.map(|pattern| Some(write(pattern?.automaton()))).collect()
    }

    /// Writes the tree of a runtime, and returns the offset of its root. The tree uses room of the trees, and is as deep as
    /// this room allows.
    pub(super) fn candidates(&mut self, runtime: &Runtime, patterns: &[Option<Pattern>], room: &mut usize) -> u32 {
        let arms = runtime.arms.iter().enumerate().filter(|(_, arm)| !arm.only_listed);
        let arms: Vec<_> =
            arms.filter_map(|(position, arm)| Some((position, patterns[arm.provider].as_ref()?))).collect();
        let start = self.here() as usize;
        for depth in (1..=DEEPEST).rev() {
            if let Some(root) = self.node(&arms, depth, start + *room, &mut HashMap::new()) {
                *room -= self.here() as usize - start;
                return root;
            }
            self.shorten(start);
        }
        self.leaf(&arms)
    }

    /// Writes the node for the arms that can still match, once. None if the image would exceed the end.
    fn node(
        &mut self,
        arms: &[(usize, &Pattern)],
        depth: usize,
        end: usize,
        written: &mut HashMap<(Vec<usize>, usize), u32>,
    ) -> Option<u32> {
        pause();
        let key = (arms.iter().map(|&(position, _)| position).collect(), depth);
        if let Some(&offset) = written.get(&key) {
            return Some(offset);
        }
        let offset = match split_position(arms).filter(|_| depth > 0) {
            Some(position) => {
                let branches: Vec<u32> = (0..split::BUCKETS)
                    .map(|bucket| {
                        let arms: Vec<_> = in_bucket(arms, position, bucket).collect();
                        self.node(&arms, depth - 1, end, written)
                    })
                    .collect::<Option<_>>()?;
                let offset = self.numbers(&[split::MARK | position as u32]);
                self.numbers(&branches);
                offset
            }
            None => self.leaf(arms),
        };
        if self.here() as usize > end {
            return None;
        }
        written.insert(key, offset);
        Some(offset)
    }

    fn leaf(&mut self, arms: &[(usize, &Pattern)]) -> u32 {
        let offset = self.numbers(&[arms.len() as u32]);
        for &(arm, Pattern { automaton, prefix, .. }) in arms {
            self.numbers(&[arm as u32 | prefix.state << 16, *automaton]);
            self.append(&[prefix.bytes.to_le_bytes(), prefix.mask.to_le_bytes()].concat());
            self.numbers(&[prefix.length as u32]);
        }
        offset
    }
}

fn in_bucket<'a>(
    arms: &[(usize, &'a Pattern)],
    position: usize,
    bucket: usize,
) -> impl Iterator<Item = (usize, &'a Pattern)> {
    arms.iter().copied().filter(move |(_, pattern)| pattern.buckets.has(position, bucket))
}

/// The position whose byte leaves the fewest arms in the worst case. None if that is more than half of them.
fn split_position(arms: &[(usize, &Pattern)]) -> Option<usize> {
    let most = |position| (0..split::BUCKETS).map(|bucket| in_bucket(arms, position, bucket).count()).max();
    let (most, position) = (0..split::POSITIONS).filter_map(|position| Some((most(position)?, position))).min()?;
    (2 * most <= arms.len()).then_some(position)
}
