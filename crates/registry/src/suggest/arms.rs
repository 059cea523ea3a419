//! Whose the ids of a runtime's arms are, as the text sees it that somebody wrote.

use std::cell::OnceCell;

use super::likeness::Text;
use super::vendor::has_vendor;
use crate::Verdict;
use crate::image::{ArmRecord, Image, ProviderRecord, RuntimeRecord, Words};

/// Whose an id is: the vendor's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It begins with the vendor's name, or its arm is the vendor's.
    Vendor,
    /// It has no vendor, and its arm lists ids that have this one.
    Arm,
    Other,
}

/// The arms among whose ids a text is searched.
pub(super) struct Arms<'a, 's, P> {
    image: Image<'a>,
    text: &'s Text<'s>,
    pub(super) arms: Vec<Arm<'a>>,
    /// Whether an arm's pattern takes the text.
    pub(super) is_taken: bool,
    is_vendor_known: OnceCell<bool>,
    pause: &'s P,
}

pub(super) struct Arm<'a> {
    pub(super) record: ArmRecord<'a>,
    /// Whether the vendor or the text's prefix, by the arm's pattern, names it.
    is_named: bool,
    /// Whether the vendor is written before an id of it.
    lists_vendor: OnceCell<bool>,
}

impl<'a, 's, P: Fn()> Arms<'a, 's, P> {
    pub(super) fn new(
        verdict: &Verdict<'a>,
        runtime: RuntimeRecord<'a>,
        text: &'s Text<'s>,
        pause: &'s P,
    ) -> Arms<'a, 's, P> {
        let words = Words::of(text.bytes());
        let taken: Vec<&str> = runtime.matching_arms(&words).map(|arm| arm.provider().name()).collect();
        let arms = runtime.arms().map(|record| {
            pause();
            let provider = record.provider();
            let is_named = taken.contains(&provider.name()) || is_vendor(text, provider);
            Arm { record, is_named, lists_vendor: OnceCell::new() }
        });
        let (arms, is_taken) = (arms.collect(), !taken.is_empty());
        Arms { image: verdict.image(), text, arms, is_taken, is_vendor_known: OnceCell::new(), pause }
    }

    pub(super) fn standing(&self, arm: &Arm, id: &str) -> Standing {
        if arm.is_named || self.text.vendor.as_ref().is_some_and(|vendor| vendor.begins(id)) {
            Standing::Vendor
        } else if !has_vendor(id) && *arm.lists_vendor.get_or_init(|| self.lists_vendor(arm.record)) {
            Standing::Arm
        } else {
            Standing::Other
        }
    }

    /// Whether the vendor that is written is one of the registry's, so that nothing of another is meant.
    pub(super) fn is_vendor_known(&self) -> bool {
        *self.is_vendor_known.get_or_init(|| {
            let mut providers = self.image.providers();
            self.text.vendor.as_ref().is_some_and(|vendor| vendor.is_written())
                && (providers.any(|provider| is_vendor(self.text, provider))
                    || self.arms.iter().any(|arm| self.lists_vendor(arm.record)))
        })
    }

    fn lists_vendor(&self, arm: ArmRecord<'a>) -> bool {
        let Some(vendor) = &self.text.vendor else { return false };
        arm.models().any(|id| {
            (self.pause)();
            vendor.is_written_in(id)
        })
    }
}

/// Whether the text's vendor is the provider or its upstream.
fn is_vendor(text: &Text, provider: ProviderRecord) -> bool {
    let is_named = |name: &str| text.vendor.as_ref().is_some_and(|vendor| vendor.is_named(name.as_bytes()));
    is_named(provider.name()) || provider.upstream_vendor().is_some_and(is_named)
}
