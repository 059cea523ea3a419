//! Finds the shortest id with a property that several automata decide together, by breadth-first search over their product.

use std::collections::HashMap;

use super::automaton::Automaton;
use super::effort::Effort;
use super::listed::Listed;
use super::utf8;
use crate::sink::{ACCEPTED, REFUSED};

/// States of the product that a search visits before it gives up. They take a tenth of a second.
const MOST_STATES: usize = 20_000;

/// States of single automata that a search keeps before it gives up. They take about 10 MB.
const MOST_KEPT: usize = 1_000_000;

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The shortest id. If there is one of printable ASCII, the shortest of these.
    Id(String),
    /// No id has the property.
    Nothing,
    /// The limit was reached first.
    Undecided,
}

/// Searches for the shortest id that has a property and is not listed.
///
/// `wanted` gets for each automaton whether it accepts, or none if that is still open. It returns the same for the property,
/// and has to decide if all automata are decided. If the effort is used up, the search is undecided.
pub(crate) fn shortest_id<'a>(
    automata: &[&Automaton],
    listed: impl Iterator<Item = &'a str>,
    effort: &Effort,
    wanted: impl Fn(&[Option<bool>]) -> Option<bool>,
) -> Found {
    let decides = |id: &[u8]| -> Vec<_> { automata.iter().map(|automaton| Some(automaton.matches(id))).collect() };
    // The search could not find the other listed ids anyway, and they make the product larger.
    let listed = Listed::of(listed.filter(|id| wanted(&decides(id.as_bytes())) == Some(true)));
    let bound = MOST_STATES.min(MOST_KEPT / (automata.len() + 2));
    Search::new(automata, &listed, effort, &wanted).within(bound)
}

/// Searches for the shortest id that two patterns both match and that is not listed.
pub(crate) fn shortest_common_id<'a>(
    automata: [&Automaton; 2],
    listed: impl Iterator<Item = &'a str>,
    effort: &Effort,
) -> Found {
    shortest_id(&automata, listed, effort, |accepts| match *accepts {
        [Some(true), Some(true)] => Some(true),
        [Some(false), _] | [_, Some(false)] => Some(false),
        _ => None,
    })
}

/// In the order in which a person would use them, so that examples look like ids.
const PRINTABLE: [char; 94] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '/', ':', '.', '_', 'A', 'B', 'C', 'D', 'E',
    'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '!', '"',
    '#', '$', '%', '&', '\'', '(', ')', '*', '+', ',', ';', '<', '=', '>', '?', '@', '[', '\\', ']', '^', '`', '{',
    '|', '}', '~',
];

/// All bytes: letters first, white space and control characters last within ASCII.
fn every_byte() -> Vec<u8> {
    (0x21..=0x7e).chain(0x80..=0xff).chain(0x00..=0x20).chain([0x7f]).collect()
}

struct Search<'a, W> {
    /// The automata of the patterns, then the automaton of UTF-8.
    automata: Vec<&'a Automaton>,
    listed: &'a Listed,
    effort: &'a Effort,
    wanted: &'a W,
}

/// The cost of a step of the search without its automata, in steps of an automaton.
const STEP: usize = 15;

/// A state of the product: the state of each automaton, then the state of the listed ids.
type State = Box<[u32]>;

impl<'a, W: Fn(&[Option<bool>]) -> Option<bool>> Search<'a, W> {
    fn new(patterns: &[&'a Automaton], listed: &'a Listed, effort: &'a Effort, wanted: &'a W) -> Search<'a, W> {
        let automata = patterns.iter().copied().chain([utf8::automaton()]).collect();
        Search { automata, listed, effort, wanted }
    }

    fn within(&self, bound: usize) -> Found {
        match self.run(&PRINTABLE.map(|byte| byte as u8), bound) {
            Found::Nothing => self.run(&every_byte(), bound),
            found => found,
        }
    }

    fn run(&self, alphabet: &[u8], bound: usize) -> Found {
        self.effort.spend(alphabet.len() * self.automata.len());
        let alphabet = self.representatives(alphabet);
        let start: State =
            self.automata.iter().map(|automaton| automaton.start()).chain([self.listed.start()]).collect();
        // For each state, the state before it and the byte between them.
        let mut origins = vec![(0, 0)];
        let mut states = vec![start.clone()];
        let mut seen: HashMap<State, ()> = HashMap::from([(start, ())]);
        let mut trimmed_away = false;
        let mut current = 0;
        while current < states.len() {
            self.effort.spend(alphabet.len() * (self.automata.len() + STEP));
            if self.effort.is_spent() {
                return Found::Undecided;
            }
            for &byte in &alphabet {
                let Some(next) = self.step(&states[current], byte) else { continue };
                if seen.contains_key(&next) {
                    continue;
                }
                let wanted = self.accepts(&next);
                let position = states.len();
                origins.push((current, byte));
                states.push(next.clone());
                seen.insert(next, ());
                if wanted {
                    match spell(&origins, position) {
                        Some(id) if id.trim() == id => return Found::Id(id),
                        _ => trimmed_away = true,
                    }
                }
                if states.len() > bound {
                    return Found::Undecided;
                }
            }
            current += 1;
        }
        // A longer id for the same state may be trimmed, but was not searched for.
        if trimmed_away { Found::Undecided } else { Found::Nothing }
    }

    /// One byte of each class of bytes that no automaton tells apart, and every byte that a listed id contains.
    fn representatives(&self, alphabet: &[u8]) -> Vec<u8> {
        let mut known = std::collections::HashSet::new();
        let class = |byte: u8| -> Vec<u8> {
            self.automata.iter().map(|automaton| automaton.classes[usize::from(byte)]).collect()
        };
        alphabet.iter().copied().filter(|&byte| self.listed.uses(byte) | known.insert(class(byte))).collect()
    }

    /// The state after a byte. None if no id after it can have the property.
    fn step(&self, state: &State, byte: u8) -> Option<State> {
        let count = self.automata.len();
        let states = self.automata.iter().zip(state).map(|(automaton, &state)| automaton.next(state, byte));
        let next: State = states.chain([self.listed.next(state[count], byte)]).collect();
        let outlook: Vec<_> = next[..count].iter().map(|&state| outlook(state)).collect();
        let [patterns @ .., utf8] = &outlook[..] else { return None };
        (*utf8 != Some(false) && (self.wanted)(patterns) != Some(false)).then_some(next)
    }

    /// Whether the search wants an id that ends in this state.
    fn accepts(&self, state: &State) -> bool {
        let count = self.automata.len();
        let decided = self.automata.iter().zip(state).map(|(automaton, &state)| Some(automaton.accepts_at(state)));
        let decided: Vec<_> = decided.collect();
        let [patterns @ .., Some(true)] = &decided[..] else { return false };
        !self.listed.ends_at(state[count]) && (self.wanted)(patterns) == Some(true)
    }
}

/// Whether all ids that continue from a state are accepted. None if some are.
fn outlook(state: u32) -> Option<bool> {
    match state {
        ACCEPTED => Some(true),
        REFUSED => Some(false),
        _ => None,
    }
}

fn spell(origins: &[(usize, u8)], mut position: usize) -> Option<String> {
    let mut bytes = Vec::new();
    while position != 0 {
        let (from, byte) = origins[position];
        bytes.push(byte);
        position = from;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{Effort, Found, Listed, Search, shortest_common_id};
    use crate::pattern::Pattern;

    fn both(one: &str, other: &str, listed: &[&str]) -> Found {
        let patterns = [one, other].map(|source| Pattern::new(source).unwrap());
        let [one, other] = &patterns;
        shortest_common_id([one.automaton(), other.automaton()], listed.iter().copied(), &Effort::new())
    }

    fn id(id: &str) -> Found {
        Found::Id(id.into())
    }

    #[test]
    fn the_shortest_id_that_both_patterns_match_is_found() {
        assert_eq!(both("^kimi-", "^kimi-k2", &[]), id("kimi-k2"));
        assert_eq!(both("^a", "b$", &[]), id("ab"));
        assert_eq!(both("(?i)^k", "^[^k]", &[]), id("K"));
        assert_eq!(both("^a", "^b", &[]), Found::Nothing);
        assert_eq!(both("^$", "", &[]), Found::Nothing, "an empty id is no id");
    }

    #[test]
    fn a_listed_id_is_no_example() {
        assert_eq!(both("^a", "b$", &["ab"]), id("aab"));
        assert_eq!(both("^(sonnet|opus)$", "^s", &["sonnet"]), Found::Nothing);
    }

    #[test]
    fn an_id_outside_of_ascii_is_found_where_there_is_no_other() {
        assert_eq!(both("^ü", "^[^a]", &[]), id("ü"));
        assert_eq!(both("^[^ -~]$", "^[^\\x00-\\x7f]$", &[]), id("\u{80}"));
        assert_eq!(both("^ $", "^ $", &[]), Found::Undecided, "it would be trimmed away");
    }

    #[test]
    fn a_search_past_its_bound_says_so() {
        let pattern = Pattern::new("^a{20}b").unwrap();
        let (listed, effort) = (Listed::of([].into_iter()), Effort::new());
        let search = Search::new(&[pattern.automaton()], &listed, &effort, &|a: &[Option<bool>]| a[0]);
        assert_eq!(search.within(10), Found::Undecided);
        assert_eq!(search.within(100), id("aaaaaaaaaaaaaaaaaaaab"));
    }
}
