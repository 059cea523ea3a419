//! Spelling suggestions: which known name somebody probably meant.

mod bounds;

use strsim::damerau_levenshtein;

use crate::{Code, Verdict};
use bounds::{Outline, Positions};

/// Longer names are not compared: their distance costs the product of the lengths, and nobody mistypes 200 bytes.
const LONGEST: usize = 200;

/// As much as is compared in full: the sum of the products of lengths. Names that are close to thousands of candidates, and
/// are none of theirs, cost no more than this.
const MOST_COMPARED: usize = 200_000;

/// What was probably meant, if something is close enough: for an unknown runtime a registered one, else the id of the
/// runtime that is closest to a model which none of its arms lists. An id that only a pattern matches can be mistyped as
/// well as one that is refused.
///
/// `pause` is called at least once for each name that is looked at.
pub fn suggestion<'a>(
    verdict: &Verdict<'a>,
    runtime: Option<&[u8]>,
    model: Option<&[u8]>,
    pause: impl Fn(),
) -> Option<&'a str> {
    let text = |bytes| std::str::from_utf8(bytes).ok();
    match verdict.code {
        Code::Registered | Code::ExternalRuntime => None,
        Code::UnknownRuntime => {
            closest_of(text(runtime?)?, verdict.image().runtimes().map(|runtime| runtime.name()), pause).0
        }
        _ => closest_of(text(model?)?, verdict.runtime()?.models(), pause).0,
    }
}

/// The candidate that is closest to the name and close enough to be no silly suggestion.
///
/// Spellings of one id count as the same: `vendor/model`, `vendor:model` and the bare model, dots and dashes, case. Among
/// those, the one with the fewest other characters is meant: `vendor/model` and `vendor:model` can be billed differently.
/// Ties go to the first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_of(name, candidates, || ()).0
}

/// The closest candidate, and how much was compared in full to find it.
fn closest_of<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    pause: impl Fn(),
) -> (Option<&'a str>, usize) {
    if name.len() > LONGEST {
        return (None, 0);
    }
    let (wanted, positions) = (Spelling::of(name), Positions::of(name));
    let mut near = nearest_first(name, &wanted, candidates, &pause);
    let mut best: Option<((usize, usize, usize), &str)> = None;
    let mut compared = 0;
    let mut bound = 0;
    while bound < near.len() && best.is_none_or(|((distance, ..), _)| bound <= distance) {
        for candidate in std::mem::take(&mut near[bound]) {
            pause();
            let Candidate { name: candidate_name, order, limit, is_refined } = candidate;
            if let Some(positions) = positions.as_ref().filter(|_| !is_refined) {
                let distance = positions.distance(candidate_name);
                if distance > limit {
                    continue;
                }
                let refined = counted(distance);
                if refined > bound {
                    near[refined].push(Candidate { is_refined: true, ..candidate });
                    continue;
                }
            }
            compared += name.len() * candidate_name.len();
            if compared > MOST_COMPARED {
                return (best.map(|(_, name)| name), MOST_COMPARED);
            }
            let Some(distance) = wanted.distance(&Spelling::of(candidate_name)) else { continue };
            if best.is_none_or(|((least, ..), _)| distance <= least) {
                let rank = (distance, damerau_levenshtein(name, candidate_name), order);
                if best.is_none_or(|(least, _)| rank < least) {
                    best = Some((rank, candidate_name));
                }
            }
        }
        bound += 1;
    }
    (best.map(|(_, name)| name), compared)
}

/// A name that may be close enough.
struct Candidate<'a> {
    name: &'a str,
    order: usize,
    /// As far as it may be apart.
    limit: usize,
    /// Whether the better of the bounds was asked already.
    is_refined: bool,
}

/// The candidates that may be close enough, by what [`Spelling::distance`] is at least.
fn nearest_first<'a>(
    name: &str,
    wanted: &Spelling,
    candidates: impl IntoIterator<Item = &'a str>,
    pause: impl Fn(),
) -> Vec<Vec<Candidate<'a>>> {
    let outline = Outline::of(name);
    let mut near: Vec<Vec<Candidate>> = (0..outline.length / 4 + 2).map(|_| Vec::new()).collect();
    for (order, candidate) in candidates.into_iter().enumerate() {
        pause();
        if candidate == name || candidate.len() > LONGEST {
            continue;
        }
        let other = Outline::of(candidate);
        let (distance, limit) = (outline.distance(&other), outline.limit(&other));
        let is_refined = wanted.may_differ_by_vendor(candidate);
        if is_refined || distance <= limit {
            let bound = if is_refined { VENDOR } else { counted(distance) };
            near[bound].push(Candidate { name: candidate, order, limit, is_refined });
        }
    }
    near
}

/// The distance of names that differ by the vendor's part alone.
const VENDOR: usize = 1;

/// Other distances count one more, so that the same spelling is apart from all others.
const fn counted(distance: usize) -> usize {
    if distance == 0 { 0 } else { distance + 1 }
}

/// Every separator as a dash.
const fn dashed(character: char) -> char {
    if matches!(character, '/' | ':' | '.' | '_' | ' ') { '-' } else { character }
}

/// A name without what people confuse.
struct Spelling {
    /// In lower case, every separator a dash.
    whole: String,
    /// From where the vendor's part ends.
    bare: usize,
}

impl Spelling {
    fn of(name: &str) -> Spelling {
        let bare = name.rfind(['/', ':']).map_or(0, |separator| separator + 1);
        let plain = |part: &str| -> String { part.chars().flat_map(char::to_lowercase).map(dashed).collect() };
        let vendor = plain(&name[..bare]);
        Spelling { bare: vendor.len(), whole: vendor + &plain(&name[bare..]) }
    }

    fn bare(&self) -> &str {
        &self.whole[self.bare..]
    }

    /// Whether only one of the two has a vendor's part, and the rest is the same.
    fn differs_by_vendor(&self, other: &Spelling) -> bool {
        self.bare() == other.bare() && !self.bare().is_empty() && (self.bare == 0) != (other.bare == 0)
    }

    /// The same for another name, whose spelling is made only if its separator stands where it has to.
    fn may_differ_by_vendor(&self, other: &str) -> bool {
        let has_place = match other.len().checked_sub(self.bare().len()) {
            _ if !other.is_ascii() => true,
            Some(vendor) if self.bare == 0 => vendor > 0 && matches!(other.as_bytes()[vendor - 1], b'/' | b':'),
            vendor => vendor == Some(0),
        };
        has_place && self.differs_by_vendor(&Spelling::of(other))
    }

    /// How far two spellings are apart; nothing where they are too far apart for a suggestion.
    fn distance(&self, other: &Spelling) -> Option<usize> {
        if self.whole == other.whole {
            return Some(0);
        }
        if self.differs_by_vendor(other) {
            return Some(VENDOR);
        }
        let shorter = self.whole.chars().count().min(other.whole.chars().count());
        let distance = damerau_levenshtein(&self.whole, &other.whole);
        (distance <= shorter / 4).then_some(counted(distance))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strsim::damerau_levenshtein;

    use super::{MOST_COMPARED, Spelling, closest, closest_of};

    const IDS: [&str; 6] = [
        "claude-opus-4-7",
        "anthropic:claude-opus-4-7",
        "anthropic/claude-opus-4-7",
        "moonshot/kimi-k2.6",
        "kimi-k2.5",
        "MiniMax-M2",
    ];

    #[test]
    fn spellings_that_people_confuse_find_the_id() {
        for (name, id) in [
            ("claude-opus-4.7", "claude-opus-4-7"),
            ("anthropic.claude-opus-4-7", "anthropic:claude-opus-4-7"),
            ("anthropic:claude-opus-4.7", "anthropic:claude-opus-4-7"),
            ("anthropic/claude-opus-4.7", "anthropic/claude-opus-4-7"),
            ("kimi-k2.6", "moonshot/kimi-k2.6"),
            ("minimax-m2", "MiniMax-M2"),
            ("claud-opus-4-7", "claude-opus-4-7"),
            ("mooonshot/kimi-k2.6", "moonshot/kimi-k2.6"),
        ] {
            assert_eq!(closest(name, IDS), Some(id), "{name}");
        }
    }

    #[test]
    fn nothing_is_suggested_for_what_is_close_to_nothing() {
        for name in ["qqqq", "", "x", "gpt-5.5", "openrouter/auto", &"claude-opus-4-7".repeat(100)] {
            assert_eq!(closest(name, IDS), None, "{name}");
        }
    }

    /// What the closest candidate is, without any bound.
    fn defined<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
        let wanted = Spelling::of(name);
        let others = candidates.iter().filter(|candidate| **candidate != name);
        let scored = others.filter_map(|candidate| Some((wanted.distance(&Spelling::of(candidate))?, candidate)));
        let closest = scored.min_by_key(|(distance, candidate)| (*distance, damerau_levenshtein(name, candidate)));
        closest.map(|(_, candidate)| *candidate)
    }

    proptest! {
        #[test]
        fn bounds_do_not_change_what_is_suggested(
            name in "([ab]{1,2}[/:])?[abcé.]{0,12}[1-3]?",
            candidates in prop::collection::vec("([ab]{1,2}[/:])?[abcéAİ.]{0,12}[1-3]?", 0..40),
        ) {
            let candidates: Vec<_> = candidates.iter().map(String::as_str).collect();
            prop_assert_eq!(closest(&name, candidates.iter().copied()), defined(&name, &candidates));
        }
    }

    /// As many ids as a runtime is expected to list at most, in the forms that ids have.
    fn many() -> Vec<String> {
        let mixed = |number: usize| number.wrapping_mul(0x9e37_79b9) % 1_000_003;
        let id = |number| match number % 2 {
            0 => format!("vend{}-{}.{number}", number % 97, mixed(number)),
            _ => format!("vendor{}/{number}-{}-instruct", number % 89, mixed(number)),
        };
        (0..100_000).map(id).collect()
    }

    #[test]
    fn few_of_100_000_candidates_are_compared_in_full() {
        let ids = many();
        let near = format!("{}x", ids[50_001]);
        for (name, most) in [(near.as_str(), 20_000), ("elsewhere-1/no-such-model", 20_000), ("vendor/1-1", 20_000)] {
            let pauses = std::cell::Cell::new(0);
            let (_, compared) = closest_of(name, ids.iter().map(String::as_str), || pauses.set(pauses.get() + 1));
            assert!(compared <= most, "{name}: {compared}");
            assert!(pauses.get() >= ids.len(), "{name}: {} pauses", pauses.get());
        }
        assert_eq!(closest(&near, ids.iter().map(String::as_str)), Some(&ids[50_001][..]));
    }

    #[test]
    fn what_is_compared_in_full_has_a_bound_whatever_the_candidates_are() {
        let name = "ab".repeat(50);
        let ids: Vec<_> = (0..10_000).map(|number| format!("{}{number:014b}", "ab".repeat(43))).collect();
        let (_, compared) = closest_of(&name, ids.iter().map(String::as_str), || ());
        assert!(compared <= MOST_COMPARED, "{compared}");
    }
}
