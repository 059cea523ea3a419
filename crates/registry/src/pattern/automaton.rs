//! A pattern's automaton, which decides in one pass over an id's bytes whether the id contains a match.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};
use regex_syntax::hir::{Dot, Hir, Look, Repetition};

use super::PatternError;
use crate::sink::{ACCEPTED, REFUSED};

/// In bytes, of the library's tables while they are built, and of the result.
const SIZE_LIMIT: usize = 1 << 20;

/// The most states of the automaton before it is minimized. A prefix needs one for each letter.
pub(super) const MOST_STATES: usize = 4096;

/// A complete deterministic automaton over bytes. No byte leaves state 0, which refuses, or state 1, which accepts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Automaton {
    /// The class of each byte. Bytes of one class always lead to the same state.
    pub(crate) classes: [u8; 256],
    pub(crate) class_count: usize,
    /// The state after `state` and a byte of `class`, at `state * class_count + class`.
    pub(crate) transitions: Vec<u32>,
    pub(crate) start: u32,
    /// The states from this one on accept an id that ends in them. State 1 does too.
    pub(crate) first_accepting: u32,
}

impl Automaton {
    /// Builds the smallest automaton for ids in which the expression has a match anywhere. Also returns the number of states
    /// before it was minimized, which is the cost of building it.
    pub(super) fn build(expression: Hir) -> Result<(Automaton, usize), PatternError> {
        let anything = || {
            let byte = Box::new(Hir::dot(Dot::AnyByte));
            Hir::repetition(Repetition { min: 0, max: None, greedy: true, sub: byte })
        };
        // Written as a match of the whole id, so that the smallest automaton decides as early as possible.
        let whole = Hir::concat(vec![anything(), expression, anything(), Hir::look(Look::End)]);
        let nfa = thompson::Compiler::new()
            .configure(thompson::Config::new().utf8(false).nfa_size_limit(Some(SIZE_LIMIT)))
            .build_from_hir(&whole)
            .map_err(|_| PatternError::TooLarge)?;
        let config = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::All)
            .dfa_size_limit(Some(SIZE_LIMIT))
            .determinize_size_limit(Some(8 * SIZE_LIMIT));
        let build =
            |config| dense::Builder::new().configure(config).build_from_nfa(&nfa).map_err(|_| PatternError::TooLarge);
        // Counted before minimization, which takes time quadratic in the states.
        let effort = state_count(&build(config.clone())?)?;
        if effort > MOST_STATES {
            return Err(PatternError::TooLarge);
        }
        let smallest = build(config.minimize(true))?;
        Ok((Automaton::renumber(&smallest)?, effort))
    }

    /// Keeps the reachable states, in an order in which accepting and refusing states are cheap to tell apart.
    fn renumber(dfa: &dense::DFA<Vec<u32>>) -> Result<Automaton, PatternError> {
        let start = start_state(dfa)?;
        let (classes, representatives) = classes(dfa);
        let states = reachable(dfa, start, &representatives);
        let accepts = |state: StateID| dfa.is_match_state(dfa.next_eoi_state(state));
        let sink = |state: StateID| representatives.iter().all(|&byte| dfa.next_state(state, byte) == state);
        let (accepting, others): (Vec<_>, Vec<_>) =
            states.into_iter().filter(|&state| !sink(state)).partition(|&state| accepts(state));
        let first_accepting = 2 + others.len() as u32;
        let ordered: Vec<_> = others.into_iter().chain(accepting).collect();
        let numbers: HashMap<StateID, u32> = ordered.iter().copied().zip(2..).collect();
        let number =
            |state: StateID| numbers.get(&state).copied().unwrap_or(if accepts(state) { ACCEPTED } else { REFUSED });
        let sinks = [REFUSED, ACCEPTED].into_iter().flat_map(|state| vec![state; representatives.len()]);
        let moves = ordered.iter().flat_map(|&state| representatives.iter().map(move |&byte| (state, byte)));
        let transitions: Vec<u32> =
            sinks.chain(moves.map(|(state, byte)| number(dfa.next_state(state, byte)))).collect();
        if size_of_val(transitions.as_slice()) > SIZE_LIMIT {
            return Err(PatternError::TooLarge);
        }
        let class_count = representatives.len();
        Ok(Automaton { classes, class_count, transitions, start: number(start), first_accepting })
    }

    /// The state after a state and a byte.
    pub fn next(&self, state: u32, byte: u8) -> u32 {
        self.transitions[state as usize * self.class_count + usize::from(self.classes[usize::from(byte)])]
    }

    /// Whether an id is accepted if it ends in this state.
    pub fn accepts_at(&self, state: u32) -> bool {
        state == ACCEPTED || state >= self.first_accepting
    }

    /// The state before the first byte.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// The number of states, including the two sinks.
    pub fn state_count(&self) -> usize {
        self.transitions.len() / self.class_count
    }

    /// The size of its table in bytes.
    pub(crate) fn size(&self) -> usize {
        size_of_val(self.transitions.as_slice())
    }

    /// Whether the id contains a match. This is the definition; the lookup in the image has to give the same answers.
    pub fn matches(&self, id: &[u8]) -> bool {
        self.accepts_at(id.iter().fold(self.start, |state, &byte| self.next(state, byte)))
    }
}

fn start_state(dfa: &dense::DFA<Vec<u32>>) -> Result<StateID, PatternError> {
    dfa.start_state(&start::Config::new().anchored(Anchored::Yes))
        .map_err(|error| PatternError::Syntax(error.to_string()))
}

fn state_count(dfa: &dense::DFA<Vec<u32>>) -> Result<usize, PatternError> {
    let (_, representatives) = classes(dfa);
    Ok(reachable(dfa, start_state(dfa)?, &representatives).len())
}

/// The class of each byte, and one byte of each class.
fn classes(dfa: &dense::DFA<Vec<u32>>) -> ([u8; 256], Vec<u8>) {
    let mut classes = [0; 256];
    let mut representatives = Vec::new();
    let mut known = HashMap::new();
    for byte in 0..=u8::MAX {
        let class = *known.entry(dfa.byte_classes().get(byte)).or_insert_with(|| {
            representatives.push(byte);
            (representatives.len() - 1) as u8
        });
        classes[usize::from(byte)] = class;
    }
    (classes, representatives)
}

fn reachable(dfa: &dense::DFA<Vec<u32>>, start: StateID, bytes: &[u8]) -> Vec<StateID> {
    let mut found = vec![start];
    let mut seen = std::collections::HashSet::from([start]);
    let mut next = 0;
    while let Some(&state) = found.get(next) {
        for &byte in bytes {
            let target = dfa.next_state(state, byte);
            if seen.insert(target) {
                found.push(target);
            }
        }
        next += 1;
    }
    found
}
