//! The best few of many suggestions.

use super::Suggestion;

/// The most suggestions that are shown.
pub(super) const MOST: usize = 3;

/// The best suggestions so far, each name once. Equal ones are in the order in which they came.
pub(super) struct Shortlist<'a, R> {
    best: Vec<(R, Suggestion<'a>)>,
}

impl<'a, R: Ord> Shortlist<'a, R> {
    pub(super) fn new() -> Shortlist<'a, R> {
        Shortlist { best: Vec::with_capacity(MOST + 1) }
    }

    pub(super) fn add(&mut self, rank: R, suggestion: Suggestion<'a>) {
        if self.best.get(MOST - 1).is_some_and(|(last, _)| *last <= rank) {
            return;
        }
        if let Some(known) = self.best.iter().position(|(_, known)| known.name == suggestion.name) {
            if self.best[known].0 <= rank {
                return;
            }
            self.best.remove(known);
        }
        let place = self.best.partition_point(|(better, _)| *better <= rank);
        self.best.insert(place, (rank, suggestion));
        self.best.truncate(MOST);
    }

    /// The suggestions of the same kind as the best one.
    pub(super) fn of_best_kind<K: PartialEq>(self, kind: impl Fn(&R) -> K) -> Vec<Suggestion<'a>> {
        let Some(best) = self.best.first().map(|(rank, _)| kind(rank)) else { return Vec::new() };
        self.best.into_iter().filter(|(rank, _)| kind(rank) == best).map(|(_, suggestion)| suggestion).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MOST, Shortlist};
    use crate::suggest::Suggestion;

    const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

    proptest! {
        #[test]
        fn the_best_are_the_first_of_all_in_order(
            added in prop::collection::vec((0..5_u8, prop::sample::select(&NAMES[..])), 0..20),
        ) {
            let mut shortlist = Shortlist::new();
            for &(rank, name) in &added {
                shortlist.add(rank, Suggestion { name, is_sure: false });
            }
            let mut sorted = added.clone();
            sorted.sort_by_key(|(rank, _)| *rank);
            let mut names: Vec<&str> = Vec::new();
            for (_, name) in sorted {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.truncate(MOST);
            let found: Vec<&str> = shortlist.of_best_kind(|_| ()).iter().map(|suggestion| suggestion.name).collect();
            prop_assert_eq!(found, names);
        }
    }
}
