//! What the lookup answers.

use crate::date::Date;
use crate::image::{Image, ListedId, RuntimeRecord};

/// The code of an answer: stable, and the first word of a refusal's DETAIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The model is NULL or blank: routable.
    NoModel,
    /// The runtime is NULL or not in the registry: routable.
    UnknownRuntime,
    /// An arm of the runtime offers the id: routable.
    Registered,
    /// An arm of the runtime lists the id as withdrawn: refused.
    ModelWithdrawn,
    /// Nobody lists the id, and the pattern of exactly one arm matches it: routable.
    RoutableByPrefix,
    /// Nobody lists the id, and the patterns of several arms match it: refused.
    AmbiguousProvider,
    /// Nobody lists the id, and no pattern matches it: refused.
    UnregisteredModelForRuntime,
    /// The registry names the runtime as one that others judge: routable.
    ExternalRuntime,
}

impl Code {
    /// A number for the code, to be kept where there is no room for more.
    #[inline]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The code of a number.
    #[inline]
    pub const fn numbered(number: u8) -> Option<Code> {
        Some(match number {
            0 => Code::NoModel,
            1 => Code::UnknownRuntime,
            2 => Code::Registered,
            3 => Code::ModelWithdrawn,
            4 => Code::RoutableByPrefix,
            5 => Code::AmbiguousProvider,
            6 => Code::UnregisteredModelForRuntime,
            7 => Code::ExternalRuntime,
            _ => return None,
        })
    }

    /// Whether a pair with this answer may be stored.
    #[inline]
    pub fn is_routable(self) -> bool {
        matches!(
            self,
            Code::NoModel | Code::UnknownRuntime | Code::ExternalRuntime | Code::Registered | Code::RoutableByPrefix
        )
    }

    /// The code as SQL and messages have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::NoModel => "NO_MODEL",
            Code::UnknownRuntime => "UNKNOWN_RUNTIME",
            Code::Registered => "REGISTERED",
            Code::ModelWithdrawn => "MODEL_WITHDRAWN",
            Code::RoutableByPrefix => "ROUTABLE_BY_PREFIX",
            Code::AmbiguousProvider => "AMBIGUOUS_PROVIDER",
            Code::UnregisteredModelForRuntime => "UNREGISTERED_MODEL_FOR_RUNTIME",
            Code::ExternalRuntime => "EXTERNAL_RUNTIME",
        }
    }

    /// One sentence on why, which names no id and does not change when the registry does.
    pub fn reason(self) -> &'static str {
        match self {
            Code::NoModel => "No model is set, and whether one is required is not this rule's to say.",
            Code::UnknownRuntime => "The runtime is not in the registry, which makes no statement about its models.",
            Code::ExternalRuntime => {
                "The registry names the runtime as external, and makes no statement about its models."
            }
            Code::Registered => "A provider of the runtime lists the model id.",
            Code::ModelWithdrawn => "The model id has been withdrawn from the runtime and can no longer be selected.",
            Code::RoutableByPrefix => "The pattern of exactly one of the runtime's providers matches the model id.",
            Code::AmbiguousProvider => {
                "The patterns of two or more of the runtime's providers match the model id, and none of them lists it."
            }
            Code::UnregisteredModelForRuntime => {
                "No provider of the runtime lists the model id, and none of their patterns matches it."
            }
        }
    }
}

/// How a model id was found among the runtime's arms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// An arm lists the id, as offered or as withdrawn.
    Exact,
    /// The patterns of one or more providers match it.
    Prefix,
}

/// The answer for a pair. It holds the registry that gave it, so that no other can be asked what it means.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// The answer itself.
    pub code: Code,
    pub(crate) image: Image<'a>,
    /// Whether the pair is routable and yet probably not what was meant: an unknown runtime or a model that only a pattern takes,
    /// with the key of a runtime or an id that is registered.
    pub is_near_miss: bool,
    /// The runtime's position in the registry, if the lookup came as far as knowing it.
    pub(crate) runtime: Option<usize>,
    /// Where an arm lists the id: its slot in the image's table.
    pub(crate) slot: Option<usize>,
}

impl<'a> Verdict<'a> {
    /// The runtime, if the lookup came as far as knowing it.
    pub fn runtime(&self) -> Option<RuntimeRecord<'a>> {
        Some(self.image.runtime(self.runtime?))
    }

    /// The registry that gave the answer.
    pub fn image(&self) -> Image<'a> {
        self.image
    }

    /// The id that takes the place of a withdrawn one, or of one that is to be retired: of the first arm that names one.
    pub fn replacement(&self) -> Option<&'a str> {
        self.listed().find_map(|listed| listed.replacement)
    }

    /// The day on which the vendors of all arms that list the offered id have retired it; none if one of them goes on with it.
    pub fn retires(&self) -> Option<Date> {
        if self.code != Code::Registered {
            return None;
        }
        self.listed().try_fold(None, |last, listed| Some(last.max(Some(listed.date?)))).flatten()
    }

    /// The day from which the id is withdrawn, by the first arm that names one.
    pub fn since(&self) -> Option<Date> {
        if self.code != Code::ModelWithdrawn {
            return None;
        }
        self.listed().find_map(|listed| listed.date)
    }

    /// The id as each of its arms lists it.
    fn listed(&self) -> impl Iterator<Item = ListedId<'a>> + use<'a> {
        let image = self.image;
        self.runtime().zip(self.slot).into_iter().flat_map(move |(runtime, slot)| {
            image.owners(slot).filter_map(move |arm| runtime.arm(arm).listed_at(image.text_offset(slot)))
        })
    }

    /// How the id was found; none if it was not, or if its runtime is not judged.
    pub fn matched_by(&self) -> Option<MatchedBy> {
        match self.code {
            Code::Registered | Code::ModelWithdrawn => Some(MatchedBy::Exact),
            Code::RoutableByPrefix | Code::AmbiguousProvider => Some(MatchedBy::Prefix),
            _ => None,
        }
    }
}
