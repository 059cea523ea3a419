//! How an id resembles the text that somebody wrote.

use super::differences::{common_end, may_be_slips};
use super::digits::Digits;
use super::slips::Hand;
use super::vendor::Vendor;
use crate::key::{is_left_out, is_same_key, key, split_vendor};

/// What an id has in common with a text, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Every byte.
    Identical,
    /// The key.
    SameKey,
    /// The key without vendors on both sides. The vendors differ by one letter.
    MisspeltVendor,
    /// The key, if one side loses a vendor.
    VendorMore,
    /// The key, if both sides lose a vendor.
    OtherVendor,
    /// The key, if both sides lose all vendors. One side has at most one.
    InnerVendor,
    /// The key, if the text loses a word before a dash that names a vendor.
    DashedVendor,
    /// All words, of which this many have a slip.
    Slips(usize),
}

impl Likeness {
    /// The first of the kinds whose suggestions are shown together.
    pub(super) fn kind(self) -> Likeness {
        match self {
            Likeness::Identical | Likeness::SameKey | Likeness::VendorMore => Likeness::Identical,
            Likeness::Slips(_) => Likeness::Slips(0),
            other => other,
        }
    }
}

/// A text that somebody wrote, prepared for comparisons with ids.
pub(super) struct Text<'t> {
    forms: Forms<'t>,
    digits: Digits,
    hand: Hand<'t>,
    vendor_hand: Option<Hand<'t>>,
    pub(super) vendor: Option<Vendor<'t>>,
    /// The text after a vendor that ends in a dash.
    behind_dash: Option<&'t str>,
    /// The end that all of these have in common.
    end: &'t [u8],
}

/// In bytes. Longer texts resemble nothing: nobody mistypes that much, and the memory of a comparison grows with the text.
const LONGEST: usize = 200;

impl<'t> Text<'t> {
    /// None if a text has no key, or is too long.
    pub(super) fn new(text: &'t str) -> Option<Text<'t>> {
        if text.len() > LONGEST {
            return None;
        }
        let forms = Forms::of(text);
        let vendor = Vendor::of(text.as_bytes());
        let dashed = vendor.as_ref().filter(|vendor| !vendor.is_written());
        let behind_dash = dashed.map(|vendor| vendor.behind(text)).filter(|rest| is_model_name(rest));
        let all = [Some(forms.whole), forms.bare, Some(forms.innermost), behind_dash];
        let end = all.into_iter().flatten().min_by_key(|form| form.len())?.as_bytes();
        let has_key = backwards(end).next().is_some();
        let (digits, hand, vendor_hand) = (Digits::of(text.as_bytes()), Hand::of(text), forms.vendor.map(Hand::of));
        has_key.then_some(Text { forms, digits, hand, vendor_hand, vendor, behind_dash, end })
    }

    pub(super) fn bytes(&self) -> &'t [u8] {
        self.forms.whole.as_bytes()
    }

    /// Whether the text has a vendor before the model, ended by `/` or `:`.
    pub(super) fn has_vendor(&self) -> bool {
        self.forms.bare.is_some()
    }

    /// Whether the text after the vendor identifies the model, whatever the vendor.
    pub(super) fn has_model_name(&self) -> bool {
        self.forms.bare.is_some_and(is_model_name)
    }

    /// Whether [`Text::likeness`] has to be asked about an id. This is fast, and false for nearly all ids of a large registry.
    #[inline]
    pub(super) fn may_be_like(&self, id: &[u8]) -> bool {
        let may_have_slips = || self.hand.is_as_long_as(id) && may_be_slips(self.bytes(), id);
        self.digits.are_of(id) && (self.may_have_key_of(id) || may_have_slips())
    }

    /// What an id has in common with the text, if that is enough for a suggestion. The runs of digits are always the same:
    /// keys keep them, vendors have none, and slips are only in letters.
    pub(super) fn likeness(&self, id: &str) -> Option<Likeness> {
        if self.may_have_key_of(id.as_bytes())
            && let Some(likeness) = self.likeness_by_key(id)
        {
            return Some(likeness);
        }
        self.hand.slips(id).map(Likeness::Slips)
    }

    /// The same for the name of something that has no vendor.
    pub(super) fn likeness_of_name(&self, name: &str) -> Option<Likeness> {
        if is_same_key(self.bytes(), name.as_bytes()) {
            return Some(Likeness::SameKey);
        }
        self.hand.slips(name).map(Likeness::Slips)
    }

    /// Whether the ends are similar enough, because vendors come first. This is fast, and false for most ids.
    #[inline]
    fn may_have_key_of(&self, id: &[u8]) -> bool {
        let same = common_end(self.end, id);
        let mut id = backwards(&id[..id.len() - same]);
        backwards(&self.end[..self.end.len() - same]).all(|byte| id.next() == Some(byte))
    }

    fn likeness_by_key(&self, id: &str) -> Option<Likeness> {
        let is_same = |one: &str, other: &str| is_same_key(one.as_bytes(), other.as_bytes());
        let is_some_same = |one: Option<&str>, other: &str| one.is_some_and(|one| is_same(one, other));
        let text = &self.forms;
        if text.whole == id {
            return Some(Likeness::Identical);
        } else if is_same(text.whole, id) {
            return Some(Likeness::SameKey);
        } else if is_some_same(text.bare, id) {
            return Some(Likeness::VendorMore);
        }
        let (vendor, bare) = vendor_and_rest(id).unzip();
        if is_some_same(bare, text.whole) {
            Some(Likeness::VendorMore)
        } else if bare.is_some_and(|bare| is_some_same(text.bare, bare)) {
            let is_misspelt = vendor.zip(self.vendor_hand.as_ref()).is_some_and(|(id, text)| text.slips(id).is_some());
            Some(if is_misspelt { Likeness::MisspeltVendor } else { Likeness::OtherVendor })
        } else if is_some_same(self.behind_dash, id) || bare.is_some_and(|bare| is_some_same(self.behind_dash, bare)) {
            Some(Likeness::DashedVendor)
        } else {
            let (innermost, vendors) = innermost(id);
            let is_inner = text.vendors.min(vendors) <= 1 && is_same(text.innermost, innermost);
            is_inner.then_some(Likeness::InnerVendor)
        }
    }
}

/// The most vendors that an id can lose: `proxy/openrouter/anthropic/claude-opus-4-7`.
const MOST_VENDORS: usize = 4;

/// A text with and without its vendors.
struct Forms<'t> {
    whole: &'t str,
    vendor: Option<&'t str>,
    /// The text after the first vendor.
    bare: Option<&'t str>,
    innermost: &'t str,
    vendors: usize,
}

impl<'t> Forms<'t> {
    fn of(whole: &'t str) -> Forms<'t> {
        let (vendor, bare) = vendor_and_rest(whole).unzip();
        let (innermost, vendors) = innermost(whole);
        Forms { whole, vendor, bare, innermost, vendors }
    }
}

/// The first vendor and the text after it, if that text has a letter.
fn vendor_and_rest(text: &str) -> Option<(&str, &str)> {
    let (vendor, _) = split_vendor(text.as_bytes())?;
    let rest = &text[vendor.len() + 1..];
    let has_letter = rest.bytes().any(|byte| !byte.is_ascii_digit() && !is_left_out(byte));
    has_letter.then(|| (&text[..vendor.len()], rest))
}

/// The text after all its vendors, and the number of these.
fn innermost(text: &str) -> (&str, usize) {
    let (mut innermost, mut vendors) = (text, 0);
    while vendors < MOST_VENDORS
        && let Some((_, rest)) = vendor_and_rest(innermost)
        && is_model_name(rest)
    {
        (innermost, vendors) = (rest, vendors + 1);
    }
    (innermost, vendors)
}

/// Whether a text can only be the name of a model: it begins with three letters and has a digit. Words such as `latest`,
/// `instruct` and `7b` come after models of any vendor.
fn is_model_name(text: &str) -> bool {
    let begins_with_letters = key(text.as_bytes()).take(3).filter(u8::is_ascii_alphabetic).count() == 3;
    begins_with_letters && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The bytes of a text that its key keeps, from the end to the start, without marks.
#[inline]
fn backwards(text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter().rev().copied().filter(|&byte| !is_left_out(byte)).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Likeness, Text};

    #[test]
    fn what_is_alike_has_the_same_key_without_vendors_or_has_slips() {
        for (text, id, likeness) in [
            ("claude-opus-4.7", "claude-opus-4-7", Some(Likeness::SameKey)),
            ("anthropic:claude-opus-4.7", "anthropic/claude-opus-4-7", Some(Likeness::SameKey)),
            ("claude-opus-4.7", "anthropic/claude-opus-4-7", Some(Likeness::VendorMore)),
            ("openrouter/anthropic/claude-opus-4.7", "anthropic/claude-opus-4.7", Some(Likeness::VendorMore)),
            ("models/gemini-2.5-pro", "gemini/gemini-2.5-pro", Some(Likeness::OtherVendor)),
            ("openrouter/gpt-5", "openrouter/openai/gpt-5", Some(Likeness::InnerVendor)),
            ("gpt-5", "openrouter/openai/gpt-5", Some(Likeness::InnerVendor)),
            ("openai-gpt-5.5", "gpt-5.5", Some(Likeness::DashedVendor)),
            ("claud-opus-4-7", "claude-opus-4-7", Some(Likeness::Slips(1))),
            ("tavily/search", "search", Some(Likeness::VendorMore)),
            ("amazon.nova-v1:0", "vendor/0", None),
            ("0", "amazon.nova:0", None),
            ("mooonshot/kimi-k2.6", "moonshot/kimi-k2.6", Some(Likeness::MisspeltVendor)),
            ("azure/eu/gpt-5", "azure/us/gpt-5", None),
            ("claude-opus-4.7", "claude-opus-47", None),
            ("openai/gpt-4o", "openai/gpt-5.4", None),
        ] {
            assert_eq!(Text::new(text).unwrap().likeness(id), likeness, "{text} {id}");
        }
    }

    /// Texts, each with the same text after a few changes.
    fn changed() -> impl Strategy<Value = (String, String)> {
        let text = "((ab[abcE\u{e9}]{1,6}|[12]{1,2})[/.-]{0,2}){1,6}";
        let change = (any::<prop::sample::Index>(), 0..3_usize, 0..3_u8, "[aBE\u{e9}1./]?");
        (text, prop::collection::vec(change, 0..4)).prop_map(|(text, changes)| {
            let mut letters: Vec<char> = text.chars().collect();
            for (place, length, change, letter) in changes {
                let start = place.index(letters.len() + 1);
                let place = start..letters.len().min(start + length);
                let old: String = letters[place.clone()].iter().collect();
                let new = match change {
                    0 => letter,
                    1 => old.chars().rev().collect(),
                    _ => old.to_ascii_uppercase(),
                };
                letters.splice(place, new.chars());
            }
            (text, letters.into_iter().collect())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]
        #[test]
        fn what_is_alike_is_never_passed_over((text, id) in changed()) {
            let alike = Text::new(&text).unwrap();
            prop_assert!(alike.likeness(&id).is_none() || alike.may_be_like(id.as_bytes()));
        }
    }

    proptest! {
        #[test]
        fn what_is_alike_has_the_end_by_which_it_is_found(
            text in "([ab]{1,2}[/:-]){0,3}(gpt)?[ab./-]{0,3}[12]?",
            id in "([ab]{1,2}[/:-]){0,3}(gpt)?[ab./-]{0,3}[12]?",
        ) {
            if let Some(text) = Text::new(&text) {
                prop_assert!(text.likeness_by_key(&id).is_none() || text.may_have_key_of(id.as_bytes()));
            }
        }
    }

    #[test]
    fn what_has_no_key_is_like_nothing() {
        assert!(Text::new("").is_none());
        assert!(Text::new("-/: ").is_none());
    }
}
