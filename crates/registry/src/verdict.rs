//! The answer of the lookup.

use crate::date::Date;
use crate::image::{Image, ListedId, RuntimeRecord};

/// The code of an answer. It is stable, and is the first word of a refusal's DETAIL.
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
    /// No arm lists the id, and the pattern of exactly one arm matches it: routable.
    RoutableByPrefix,
    /// No arm lists the id, and the patterns of several arms match it: refused.
    AmbiguousProvider,
    /// No arm lists the id, and no pattern matches it: refused.
    UnregisteredModelForRuntime,
    /// The registry names the runtime as external: routable.
    ExternalRuntime,
}

impl Code {
    /// A number for the code, which takes less room.
    #[inline]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The code with this number.
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

    /// Whether a pair with this code may be stored.
    #[inline]
    pub fn is_routable(self) -> bool {
        matches!(
            self,
            Code::NoModel | Code::UnknownRuntime | Code::ExternalRuntime | Code::Registered | Code::RoutableByPrefix
        )
    }

    /// Its name in SQL and in messages.
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

    /// One sentence that gives the reason. It names no id, and does not change if the registry does.
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
    /// An arm lists the id, as offered or withdrawn.
    Exact,
    /// The patterns of one or more providers match it.
    Prefix,
}

/// The answer for a pair, together with the registry that gave it, because positions are valid only there.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// The code.
    pub code: Code,
    pub(crate) image: Image<'a>,
    /// Whether the pair is a near miss: routable, but probably not what was meant. Its runtime is unknown, or only a pattern
    /// matches its model, and it has the key of a registered runtime or id.
    pub is_near_miss: bool,
    /// The runtime's position in the registry. None if the runtime was not looked up, or is not judged.
    pub(crate) runtime: Option<usize>,
    /// The slot of the id in the image's table, if an arm lists the id.
    pub(crate) slot: Option<usize>,
}

impl<'a> Verdict<'a> {
    /// The runtime. None if it was not looked up, or is not judged.
    pub fn runtime(&self) -> Option<RuntimeRecord<'a>> {
        Some(self.image.runtime(self.runtime?))
    }

    /// The registry that gave the answer.
    pub fn image(&self) -> Image<'a> {
        self.image
    }

    /// The replacement of a withdrawn id, or of an id that retires, from the first arm that names one.
    pub fn replacement(&self) -> Option<&'a str> {
        self.listed().find_map(|listed| listed.replacement)
    }

    /// The day by which all arms that list the offered id retire it. None if one of them does not.
    pub fn retires(&self) -> Option<Date> {
        if self.code != Code::Registered {
            return None;
        }
        self.listed().try_fold(None, |last, listed| Some(last.max(Some(listed.date?)))).flatten()
    }

    /// The day since which the id is withdrawn, from the first arm that names one.
    pub fn since(&self) -> Option<Date> {
        if self.code != Code::ModelWithdrawn {
            return None;
        }
        self.listed().find_map(|listed| listed.date)
    }

    /// The id in the list of each of its arms.
    fn listed(&self) -> impl Iterator<Item = ListedId<'a>> + use<'a> {
        let image = self.image;
        self.runtime().zip(self.slot).into_iter().flat_map(move |(runtime, slot)| {
            image.owners(slot).filter_map(move |arm| runtime.arm(arm).listed_at(image.text_offset(slot)))
        })
    }

    /// How the id was found. None if it was not found, or if its runtime is not judged.
    pub fn matched_by(&self) -> Option<MatchedBy> {
        match self.code {
            Code::Registered | Code::ModelWithdrawn => Some(MatchedBy::Exact),
            Code::RoutableByPrefix | Code::AmbiguousProvider => Some(MatchedBy::Prefix),
            _ => None,
        }
    }
}
