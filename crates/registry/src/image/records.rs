//! The records of an image: providers, runtimes and their arms.

use super::format::{announcement, arm, candidate, id_list, provider, runtime};
use super::reader::{Image, number_at, short_at, text_of};
use super::words::Words;
use crate::date::Date;

/// A provider of the catalogue, in an image.
#[derive(Clone, Copy, Debug)]
pub struct ProviderRecord<'a> {
    pub(super) image: Image<'a>,
    pub(super) offset: usize,
}

impl<'a> ProviderRecord<'a> {
    /// The name by which arms refer to it.
    pub fn name(&self) -> &'a str {
        self.image.text(self.offset + provider::NAME)
    }

    /// The name that people read.
    pub fn display_name(&self) -> &'a str {
        self.image.text(self.offset + provider::DISPLAY_NAME)
    }

    /// Who is billed.
    pub fn billing(&self) -> Billing {
        if self.name() == "platform" { Billing::PlatformManaged } else { Billing::Byok }
    }

    /// The source of the pattern.
    pub fn pattern(&self) -> Option<&'a str> {
        self.image.optional_text(self.offset + provider::PATTERN)
    }

    /// The vendor, if the provider is the vendor's own service.
    pub fn upstream_vendor(&self) -> Option<&'a str> {
        self.image.optional_text(self.offset + provider::UPSTREAM_VENDOR)
    }

    /// The names of the environment variables that authenticate to it.
    pub fn auth_env(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let list = self.image.number(self.offset + provider::AUTH_ENV);
        self.image.texts(list, self.image.number(self.offset + provider::AUTH_ENV_COUNT))
    }
}

/// Who is billed for the use of a provider. The name `platform` is reserved for the platform's own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    /// The platform's own account.
    PlatformManaged,
    /// The tenant brings their own key.
    Byok,
}

impl Billing {
    /// Its name in SQL and in reports.
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
    /// The value that a row has as its runtime.
    pub fn name(&self) -> &'a str {
        self.image.text(self.offset + runtime::NAME)
    }

    /// The name that people read.
    pub fn display_name(&self) -> Option<&'a str> {
        self.image.optional_text(self.offset + runtime::DISPLAY_NAME)
    }

    /// The declared default, else the first id listed.
    pub fn default_model(&self) -> Option<&'a str> {
        self.image.optional_text(self.offset + runtime::DEFAULT_MODEL)
    }

    /// Its arms, in the order of the file.
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

    /// The same ids, each once. The ids of a runtime are in the order in which they are first listed. So if a later one was
    /// seen already, this one was too.
    pub fn distinct_models(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let image = self.image;
        let mut last = 0;
        let fresh = self.arms().flat_map(|arm| arm.list(arm::MODELS).texts()).filter(move |&(offset, _)| {
            let is_fresh = offset > last;
            last = last.max(offset);
            is_fresh
        });
        fresh.map(move |(offset, length)| image.text_at(offset, length))
    }

    /// Whether an arm takes ids that no arm lists.
    pub fn has_pattern(&self) -> bool {
        self.arms().any(|arm| arm.pattern().is_some())
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
    /// The provider that it uses.
    #[inline]
    pub fn provider(&self) -> ProviderRecord<'a> {
        self.image.provider(self.image.number(self.offset + arm::PROVIDER))
    }

    /// The pattern by which it takes ids that no arm lists.
    pub fn pattern(&self) -> Option<&'a str> {
        if self.only_listed() { None } else { self.provider().pattern() }
    }

    /// Whether it takes only the ids that it lists.
    pub fn only_listed(&self) -> bool {
        self.image.number(self.offset + arm::ONLY_LISTED) != 0
    }

    /// The ids that can be selected.
    pub fn models(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        self.model_bytes().map(text_of)
    }

    /// The same ids as bytes, for work that needs only few of them as text.
    pub(crate) fn model_bytes(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        self.list(arm::MODELS).bytes()
    }

    /// The ids that can be selected, with the vendor's announcements.
    pub fn offered(&self) -> impl ExactSizeIterator<Item = ListedId<'a>> + use<'a> {
        self.list(arm::MODELS).ids()
    }

    /// The ids that can no longer be selected.
    pub fn withdrawn(&self) -> impl ExactSizeIterator<Item = ListedId<'a>> + use<'a> {
        self.list(arm::WITHDRAWN).ids()
    }

    /// The same ids as bytes.
    pub(crate) fn withdrawn_bytes(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        self.list(arm::WITHDRAWN).bytes()
    }

    /// The listed id, offered or withdrawn, whose text has this offset. An arm has each id once, and a runtime stores each
    /// text once.
    pub(crate) fn listed_at(&self, text: usize) -> Option<ListedId<'a>> {
        let lists = [self.list(arm::MODELS), self.list(arm::WITHDRAWN)];
        lists.into_iter().find_map(|list| {
            let index = list.texts().position(|(offset, _)| offset == text)?;
            list.ids().nth(index)
        })
    }

    fn list(&self, field: usize) -> IdList<'a> {
        IdList { image: self.image, offset: self.offset + field }
    }
}

/// An id that an arm lists, with the vendor's announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedId<'a> {
    /// The id as the file writes it.
    pub id: &'a str,
    /// The day on which an offered id retires, or since which an id is withdrawn.
    pub date: Option<Date>,
    /// The id of the same runtime that replaces it.
    pub replacement: Option<&'a str>,
}

/// One of an arm's two lists.
#[derive(Clone, Copy)]
struct IdList<'a> {
    image: Image<'a>,
    offset: usize,
}

impl<'a> IdList<'a> {
    fn len(&self) -> usize {
        self.image.number(self.offset + id_list::COUNT)
    }

    /// The offsets of the ids' texts, and their lengths.
    fn texts(self) -> impl ExactSizeIterator<Item = (usize, usize)> + use<'a> {
        let places = self.image.slice(self.image.number(self.offset + id_list::TEXTS), 8 * self.len());
        places.as_chunks::<8>().0.iter().map(|place| (number_at(place, 0), number_at(place, 4)))
    }

    fn bytes(self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        self.texts().map(move |(offset, length)| self.image.slice(offset, length))
    }

    fn ids(self) -> impl ExactSizeIterator<Item = ListedId<'a>> + use<'a> {
        let texts = self.image.number(self.offset + id_list::TEXTS);
        let announcements = self.image.number(self.offset + id_list::ANNOUNCEMENTS);
        (0..self.len()).map(move |index| {
            let id = self.image.text(texts + 8 * index);
            if announcements == 0 {
                return ListedId { id, date: None, replacement: None };
            }
            let record = announcements + index * announcement::SIZE;
            ListedId {
                id,
                date: Date::numbered(self.image.number(record + announcement::DATE) as u32),
                replacement: self.image.optional_text(record + announcement::REPLACEMENT),
            }
        })
    }
}
