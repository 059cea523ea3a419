//! The records of an image: providers, runtimes and their arms.

use super::format::{arm, candidate, provider, runtime};
use super::reader::{Image, short_at};
use super::words::Words;

/// A provider of the catalogue, in an image.
#[derive(Clone, Copy, Debug)]
pub struct ProviderRecord<'a> {
    pub(super) image: Image<'a>,
    pub(super) offset: usize,
}

impl<'a> ProviderRecord<'a> {
    pub fn name(&self) -> &'a str {
        self.image.text(self.offset + provider::NAME)
    }

    pub fn display_name(&self) -> &'a str {
        self.image.text(self.offset + provider::DISPLAY_NAME)
    }

    /// Who is billed.
    pub fn billing(&self) -> Billing {
        if self.name() == "platform" { Billing::PlatformManaged } else { Billing::Byok }
    }

    /// The source of the pattern.
    pub fn pattern(&self) -> &'a str {
        self.image.text(self.offset + provider::PATTERN)
    }

    /// The names of the environment variables that authenticate to it.
    pub fn auth_env(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let list = self.image.number(self.offset + provider::AUTH_ENV);
        self.image.texts(list, self.image.number(self.offset + provider::AUTH_ENV_COUNT))
    }
}

/// Who is billed for a provider's use. The name `platform` is closed for the platform's own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    PlatformManaged,
    /// The tenant brings their own key.
    Byok,
}

impl Billing {
    pub fn as_str(self) -> &'static str {
        match self {
            Billing::PlatformManaged => "platform_managed",
            Billing::Byok => "byok",
        }
    }
}

/// A runtime, in an image.
#[derive(Clone, Copy, Debug)]
pub struct RuntimeRecord<'a> {
    pub(super) image: Image<'a>,
    pub(super) offset: usize,
}

impl<'a> RuntimeRecord<'a> {
    pub fn name(&self) -> &'a str {
        self.image.text(self.offset + runtime::NAME)
    }

    pub fn display_name(&self) -> Option<&'a str> {
        self.image.optional_text(self.offset + runtime::DISPLAY_NAME)
    }

    /// The declared default, else the first id listed.
    pub fn default_model(&self) -> Option<&'a str> {
        self.image.optional_text(self.offset + runtime::DEFAULT_MODEL)
    }

    pub fn arms(&self) -> impl ExactSizeIterator<Item = ArmRecord<'a>> + use<'a> {
        let runtime = *self;
        (0..self.image.number(self.offset + runtime::ARM_COUNT)).map(move |position| runtime.arm(position))
    }

    #[inline]
    pub(crate) fn arm(&self, position: usize) -> ArmRecord<'a> {
        let offset = self.image.number(self.offset + runtime::ARMS) + position * arm::SIZE;
        ArmRecord { image: self.image, offset }
    }

    /// The ids that can be selected, in the order of the file, each as often as it is listed.
    pub fn models(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.arms().flat_map(|arm| arm.models())
    }

    /// The same, each once. The runtime's ids stand in the order in which they are first listed, so that one which stands
    /// before another that came already has come as well.
    pub fn distinct_models(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let image = self.image;
        let mut last = 0;
        let fresh = self.arms().flat_map(|arm| arm.places()).filter(move |&(offset, _)| {
            let is_fresh = offset > last;
            last = last.max(offset);
            is_fresh
        });
        fresh.map(move |(offset, length)| image.text_at(offset, length))
    }

    /// The arms whose pattern matches the id.
    pub(crate) fn matching_arms<'w>(self, id: &'w Words<'w>) -> impl Iterator<Item = ArmRecord<'a>> + use<'a, 'w> {
        let runtime = self;
        let candidates =
            self.image.tables().candidates(self.image.number(self.offset + runtime::CANDIDATES), id).iter();
        candidates
            .filter(move |candidate| runtime.image.tables().candidate_matches(candidate, id))
            .map(move |candidate| runtime.arm(short_at(candidate, candidate::ARM)))
    }
}

/// An arm of a runtime, in an image.
#[derive(Clone, Copy, Debug)]
pub struct ArmRecord<'a> {
    pub(super) image: Image<'a>,
    pub(super) offset: usize,
}

impl<'a> ArmRecord<'a> {
    #[inline]
    pub fn provider(&self) -> ProviderRecord<'a> {
        self.image.provider(self.image.number(self.offset + arm::PROVIDER))
    }

    /// The ids that can be selected.
    pub fn models(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let list = self.image.number(self.offset + arm::MODELS);
        self.image.texts(list, self.image.number(self.offset + arm::MODEL_COUNT))
    }

    /// Where the texts of the ids stand, and their lengths.
    fn places(&self) -> impl ExactSizeIterator<Item = (usize, usize)> + use<'a> {
        let image = self.image;
        let list = image.number(self.offset + arm::MODELS);
        (0..image.number(self.offset + arm::MODEL_COUNT))
            .map(move |index| (image.number(list + 8 * index), image.number(list + 8 * index + 4)))
    }

    /// The ids that no longer can.
    pub fn withdrawn_models(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let list = self.image.number(self.offset + arm::WITHDRAWN);
        self.image.texts(list, self.image.number(self.offset + arm::WITHDRAWN_COUNT))
    }
}
