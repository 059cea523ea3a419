//! Suggestions: the registered id or name that was probably meant.

mod arms;
mod differences;
mod digits;
mod likeness;
mod models;
mod shortlist;
mod slips;
mod vendor;

use crate::{Code, Verdict};
use likeness::{Likeness, Text};
use shortlist::Shortlist;

/// A registered id or name that was probably meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// The registered id or name.
    pub name: &'a str,
    /// Whether it is certain: it replaces a withdrawn id, or it differs only in punctuation, letter case and a vendor's
    /// prefix, and belongs to no other vendor.
    pub is_sure: bool,
}

/// What was probably meant, at most three, best first. For an unknown runtime, these are runtimes of the registry. Else they
/// are ids of the runtime, for a model that it does not offer. An id that only a pattern matches can be mistyped too.
///
/// Except for the replacement of a withdrawn id, all suggestions have the same runs of digits, because another number is
/// another model.
///
/// `pause` is called at least once for each name that is compared.
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

/// No name resembles an empty text.
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

/// The candidate that resembles the name most, if one does. If several are equal, it is the first.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = Text::new(name)?;
    let others = candidates.into_iter().filter(|candidate| *candidate != name);
    let alike = others.filter_map(|candidate| Some((text.likeness(candidate)?, candidate)));
    alike.min_by_key(|(likeness, _)| *likeness).map(|(_, candidate)| candidate)
}
