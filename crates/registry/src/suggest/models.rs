//! Suggestions for a model: ids of the runtime's arms.

use std::cell::OnceCell;

use super::Suggestion;
use super::arms::{Arm, Arms, Standing};
use super::likeness::{Likeness, Text};
use super::shortlist::{MOST, Shortlist};
use super::vendor::has_vendor;
use crate::image::{Image, text_of};
use crate::{Code, MatchedBy, ModelId, Verdict};

/// The replacement of a withdrawn model, and the ids of the runtime that most resemble a model which it does not offer.
pub(super) fn suggestions<'a>(verdict: &Verdict<'a>, model: &str, pause: &impl Fn()) -> Vec<Suggestion<'a>> {
    let mut suggestions = Text::new(model).map_or_else(Vec::new, |text| alike(verdict, &text, pause));
    if verdict.code == Code::ModelWithdrawn
        && let Some(name) = verdict.replacement()
    {
        suggestions.retain(|suggestion| suggestion.name != name);
        suggestions.insert(0, Suggestion { name, is_sure: true });
        suggestions.truncate(MOST);
    }
    suggestions
}

/// The ids of the runtime that most resemble the text.
fn alike<'a>(verdict: &Verdict<'a>, text: &Text, pause: &impl Fn()) -> Vec<Suggestion<'a>> {
    let Some(runtime) = verdict.runtime() else { return Vec::new() };
    let arms = Arms::new(verdict, runtime, text, pause);
    let search = Search { text, arms, image: verdict.image(), is_listed_elsewhere: OnceCell::new(), pause };
    let withdrawn = search.withdrawn();
    let mut shortlist = Shortlist::new();
    for (position, arm) in search.arms.arms.iter().enumerate() {
        for (rank, name) in search.ranked(arm, arm.record.model_bytes()) {
            if withdrawn.as_ref().is_none_or(|withdrawn| withdrawn.leaves(&rank, position)) {
                shortlist.add(rank, Suggestion { name, is_sure: search.is_sure(&rank) });
            }
        }
    }
    shortlist.of_best_kind(|rank| (rank.is_of_other, rank.likeness.kind()))
}

/// The quality of a suggestion, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    has_slips: bool,
    /// Whether it belongs to another vendor than the one in the text.
    is_of_other: bool,
    likeness: Likeness,
    standing: Standing,
    /// Whether it has a colon where the text has a slash, or the reverse. The two can be billed differently.
    is_parted_otherwise: bool,
}

/// A text, and the arms whose ids are searched for it.
struct Search<'a, 's, P> {
    text: &'s Text<'s>,
    arms: Arms<'a, 's, P>,
    image: Image<'a>,
    is_listed_elsewhere: OnceCell<bool>,
    pause: &'s P,
}

impl<'a, P: Fn()> Search<'a, '_, P> {
    /// Those of an arm's ids that are suggestions, with their quality. Bytes become text only if they may be like the text.
    fn ranked(&self, arm: &Arm, ids: impl Iterator<Item = &'a [u8]>) -> impl Iterator<Item = (Rank, &'a str)> {
        ids.filter_map(|id| {
            (self.pause)();
            let id = self.text.may_be_like(id).then(|| text_of(id))?;
            Some((self.rank(arm, id)?, id))
        })
    }

    /// The quality of an id as a suggestion. None if it is not one.
    fn rank(&self, arm: &Arm, id: &str) -> Option<Rank> {
        let likeness = self.text.likeness(id)?;
        let standing = self.arms.standing(arm, id);
        let is_of_other = standing == Standing::Other;
        let is_suggestion = match likeness {
            Likeness::Identical | Likeness::SameKey | Likeness::VendorMore => true,
            Likeness::MisspeltVendor => !is_of_other || !self.arms.is_vendor_known(),
            Likeness::OtherVendor => !is_of_other || self.text.has_model_name() && !self.arms.is_vendor_known(),
            Likeness::Slips(_) => !self.is_listed_elsewhere() && (!is_of_other || !self.arms.is_vendor_known()),
            Likeness::InnerVendor if has_vendor(id) => !is_of_other || !self.text.has_vendor(),
            Likeness::InnerVendor => !is_of_other || !self.arms.is_vendor_known(),
            Likeness::DashedVendor => !is_of_other,
        };
        let vendor = self.text.vendor.as_ref().filter(|vendor| vendor.is_written());
        is_suggestion.then_some(Rank {
            has_slips: matches!(likeness, Likeness::Slips(_)),
            is_of_other: is_of_other && vendor.is_some(),
            likeness,
            standing,
            is_parted_otherwise: vendor.is_some_and(|vendor| vendor.is_parted_otherwise(id)),
        })
    }

    /// Whether a suggestion is certain: it has the same key, and it is not billed to another vendor than the one in the text
    /// or the one whose pattern matches the text.
    fn is_sure(&self, rank: &Rank) -> bool {
        match rank.likeness {
            Likeness::Identical | Likeness::SameKey => true,
            Likeness::VendorMore | Likeness::OtherVendor if rank.standing != Standing::Other => true,
            Likeness::VendorMore => !self.arms.is_taken && !self.arms.is_vendor_known(),
            _ => false,
        }
    }

    /// Whether another runtime has the text as an id. Then it has no slip.
    fn is_listed_elsewhere(&self) -> bool {
        *self.is_listed_elsewhere.get_or_init(|| {
            let model = Some(ModelId::from_utf8(self.text.bytes()));
            self.image.runtimes().any(|runtime| {
                (self.pause)();
                self.image.judge(Some(runtime.name().as_bytes()), model).matched_by() == Some(MatchedBy::Exact)
            })
        })
    }

    /// The withdrawn ids that most resemble the text, if one of them has its key.
    fn withdrawn(&self) -> Option<Withdrawn> {
        let mut likest: Option<Withdrawn> = None;
        for (position, arm) in self.arms.arms.iter().enumerate() {
            let ranks = self.ranked(arm, arm.record.withdrawn_bytes()).map(|(rank, _)| rank);
            for rank in ranks.filter(|rank| !rank.has_slips) {
                match &mut likest {
                    Some(likest) if likest.rank < rank => {}
                    Some(likest) if likest.rank == rank => likest.arms.push(position),
                    _ => likest = Some(Withdrawn { rank, arms: vec![position] }),
                }
            }
        }
        likest
    }
}

/// The withdrawn ids that the text means, and the arms that withdrew them.
struct Withdrawn {
    rank: Rank,
    arms: Vec<usize>,
}

impl Withdrawn {
    /// Whether an id is still a suggestion: it is closer to the text, or another spelling by the same arm and vendor.
    fn leaves(&self, rank: &Rank, arm: usize) -> bool {
        let is_spelling = rank.likeness.kind() == Likeness::Identical && rank.is_of_other == self.rank.is_of_other;
        *rank < self.rank || is_spelling && self.arms.contains(&arm)
    }
}
