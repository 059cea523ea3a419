//! Suggestions: which known id or name somebody meant, or none.

mod arms;
mod likeness;
mod models;
mod shortlist;
mod slips;
mod vendor;

use crate::{Code, Verdict};
use likeness::{Likeness, Text};
use shortlist::Shortlist;

/// A known id or name that was probably meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// The registered id or name.
    pub name: &'a str,
    /// Whether it can be taken without asking: it replaces a withdrawn id, or is the same text but for punctuation, letter
    /// case and a vendor's prefix, and of no other vendor.
    pub is_sure: bool,
}

/// What was probably meant, at most three, the best first: for an unknown runtime ones of the registry, else ids of the runtime
/// for a model that it does not offer. An id that only a pattern matches can be mistyped as well as one that is refused.
///
/// But for a withdrawn id's replacement, no suggestion has other runs of digits: another version is another model.
///
/// `pause` is called at least once for each name that is looked at.
pub fn suggestions<'a>(
    verdict: &Verdict<'a>,
    runtime: Option<&[u8]>,
    model: Option<&[u8]>,
    pause: impl Fn(),
) -> Vec<Suggestion<'a>> {
    match verdict.code {
        Code::NoModel | Code::ExternalRuntime | Code::Registered => Vec::new(),
        Code::UnknownRuntime => runtimes(verdict, text(runtime), pause),
        _ => models::suggestions(verdict, text(model), &pause),
    }
}

/// Nothing is like a text that is none.
fn text(bytes: Option<&[u8]>) -> &str {
    bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

fn runtimes<'a>(verdict: &Verdict<'a>, name: &str, pause: impl Fn()) -> Vec<Suggestion<'a>> {
    let mut shortlist = Shortlist::new();
    let Some(text) = Text::new(name) else { return Vec::new() };
    let image = verdict.image();
    for name in image.runtimes().map(|runtime| runtime.name()).chain(image.external_runtimes()) {
        pause();
        if let Some(likeness) = text.likeness_of_name(name) {
            shortlist.add(likeness, Suggestion { name, is_sure: likeness == Likeness::SameKey });
        }
    }
    shortlist.of_best_kind(|likeness| likeness.kind())
}

/// The candidate that is likest to the name, if one is like it. Of equals it is the first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = Text::new(name)?;
    let others = candidates.into_iter().filter(|candidate| *candidate != name);
    let alike = others.filter_map(|candidate| Some((text.likeness(candidate)?, candidate)));
    alike.min_by_key(|(likeness, _)| *likeness).map(|(_, candidate)| candidate)
}
