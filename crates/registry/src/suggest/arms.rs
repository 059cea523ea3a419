//! The vendors of ids, compared with the vendor in the text that somebody wrote.

use std::cell::OnceCell;

use super::likeness::Text;
use super::vendor::has_vendor;
use crate::Verdict;
use crate::image::{ArmRecord, Image, ProviderRecord, RuntimeRecord, Words};

/// How an id relates to the vendor in the text, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The id begins with the vendor's name, or its arm is the vendor's.
    Vendor,
    /// The id has no vendor, and its arm lists other ids with this vendor.
    Arm,
    Other,
}

/// The arms whose ids are searched for a text.
pub(super) struct Arms<'a, 's, P> {
    image: Image<'a>,
    text: &'s Text<'s>,
    pub(super) arms: Vec<Arm<'a>>,
    /// Whether an arm's pattern matches the text.
    pub(super) is_taken: bool,
    is_vendor_known: OnceCell<bool>,
    pause: &'s P,
}

pub(super) struct Arm<'a> {
    pub(super) record: ArmRecord<'a>,
    /// Whether the text names the arm, by its vendor or by a prefix that the arm's pattern matches.
    is_named: bool,
    /// Whether one of the arm's ids has the text's vendor before it.
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
        } else if !has_vendor(id) && self.lists_vendor(arm) {
            Standing::Arm
        } else {
            Standing::Other
        }
    }

    /// Whether the vendor in the text is one of the registry's. If it is, no id of another vendor is meant.
    pub(super) fn is_vendor_known(&self) -> bool {
        *self.is_vendor_known.get_or_init(|| {
            let mut providers = self.image.providers();
            self.text.vendor.as_ref().is_some_and(|vendor| vendor.is_written())
                && (providers.any(|provider| is_vendor(self.text, provider))
                    || self.arms.iter().any(|arm| self.lists_vendor(arm)))
        })
    }

    fn lists_vendor(&self, arm: &Arm) -> bool {
        let Some(vendor) = &self.text.vendor else { return false };
        let is_listed = |id| {
            (self.pause)();
            vendor.is_written_in(id)
        };
        *arm.lists_vendor.get_or_init(|| arm.record.model_bytes().any(is_listed))
    }
}

/// Whether the vendor in the text is the provider or its upstream vendor.
fn is_vendor(text: &Text, provider: ProviderRecord) -> bool {
    let is_named = |name: &str| text.vendor.as_ref().is_some_and(|vendor| vendor.is_named(name.as_bytes()));
    is_named(provider.name()) || provider.upstream_vendor().is_some_and(is_named)
}
