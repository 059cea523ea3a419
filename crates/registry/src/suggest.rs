//! Spelling suggestions: which known name somebody probably meant.

use strsim::damerau_levenshtein;

use crate::{Code, Image, Verdict};

/// Longer names are not compared: their distance costs the product of the lengths, and nobody mistypes 200 bytes.
const LONGEST: usize = 200;

/// What was probably meant, if something is close enough: for an unknown runtime a registered one, else the id of the
/// runtime that is closest to a model which none of its arms lists. An id that only a pattern matches can be mistyped as
/// well as one that is refused.
pub fn suggestion<'a>(
    image: &Image<'a>,
    verdict: &Verdict,
    runtime: Option<&[u8]>,
    model: Option<&[u8]>,
) -> Option<&'a str> {
    let text = |bytes| std::str::from_utf8(bytes).ok();
    match verdict.code {
        Code::Registered => None,
        Code::UnknownRuntime => closest(text(runtime?)?, image.runtimes().map(|runtime| runtime.name())),
        _ => closest(text(model?)?, image.runtime(verdict.runtime?).models()),
    }
}

/// The candidate that is closest to the name and close enough to be no silly suggestion.
///
/// Spellings of one id count as the same: `vendor/model`, `vendor:model` and the bare model, dots and dashes, case. Among
/// those, the one with the fewest other characters is meant: `vendor/model` and `vendor:model` can be billed differently.
/// Ties go to the first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = Spelling::of(name);
    let scored = candidates.into_iter().filter(|candidate| *candidate != name && candidate.len() <= LONGEST);
    let scored = scored.filter_map(|candidate| Some((wanted.distance(&Spelling::of(candidate))?, candidate)));
    scored
        .min_by_key(|(distance, candidate)| (*distance, damerau_levenshtein(name, candidate)))
        .map(|(_, candidate)| candidate)
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
        let plain = |part: &str| -> String {
            let dashed = |c: char| if matches!(c, '/' | ':' | '.' | '_' | ' ') { '-' } else { c };
            part.chars().flat_map(char::to_lowercase).map(dashed).collect()
        };
        let vendor = plain(&name[..bare]);
        Spelling { bare: vendor.len(), whole: vendor + &plain(&name[bare..]) }
    }

    fn bare(&self) -> &str {
        &self.whole[self.bare..]
    }

    /// How far two spellings are apart; nothing where they are too far apart for a suggestion.
    fn distance(&self, other: &Spelling) -> Option<usize> {
        if self.whole == other.whole {
            return Some(0);
        }
        if self.bare() == other.bare() && !self.bare().is_empty() && (self.bare == 0) != (other.bare == 0) {
            return Some(1);
        }
        let shorter = self.whole.chars().count().min(other.whole.chars().count());
        let distance = damerau_levenshtein(&self.whole, &other.whole);
        (distance <= shorter / 4).then_some(distance + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::closest;

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
}
