//! The validated registry: the content of `providers.yaml`, which keeps every rule of the format.

use std::num::NonZeroU32;

use crate::date::Date;
use crate::lint_kind::LintKind;
use crate::pattern::Pattern;
use crate::place::Location;

/// A registry in which every arm names a provider of the catalogue.
#[derive(Clone, Debug)]
pub struct Registry {
    /// The version of the file's format: 1.
    pub schema_version: u32,
    /// The catalogue, in the order of the file.
    pub providers: Vec<Provider>,
    /// The runtimes that this registry judges, in the order of the file.
    pub runtimes: Vec<Runtime>,
    /// Names of runtimes whose models others judge.
    pub external_runtimes: Vec<String>,
    /// The warnings that [`crate::lint`] leaves out.
    pub allowed_lints: Vec<AllowedLint>,
}

/// An entry of the catalogue.
#[derive(Clone, Debug)]
pub struct Provider {
    /// The name by which arms refer to it, unique in the catalogue.
    pub name: String,
    /// The name that people read.
    pub display_name: String,
    /// The names of environment variables that authenticate to it, at least one.
    pub auth_env: Vec<String>,
    /// The pattern. Without it, arms take only the ids that they list.
    pub pattern: Option<Pattern>,
    /// The vendor, if the provider is the vendor's own service.
    pub upstream_vendor: Option<String>,
    /// Other names that the vendor has for ids. The lookup knows only those that an arm lists.
    pub model_aliases: Vec<String>,
    pub(crate) alias_lines: Vec<Option<usize>>,
    pub(crate) location: Location,
    pub(crate) pattern_location: Location,
}

impl Provider {
    /// Where its pattern stands: the line, from 1, and the path as in `providers[3].model_prefix_match`.
    pub fn pattern_place(&self) -> (Option<usize>, &str) {
        (self.pattern_location.line, &self.pattern_location.path)
    }
}

/// A runtime and its arms, in the order of the file.
#[derive(Clone, Debug)]
pub struct Runtime {
    /// The value that a row has as its runtime, unique in the file.
    pub name: String,
    /// The name that people read.
    pub display_name: Option<String>,
    /// From the file. Without it, the first id that the runtime lists is the default.
    pub default_model: Option<String>,
    /// At least one. If several arms list an id, their order decides.
    pub arms: Vec<Arm>,
    pub(crate) location: Location,
}

impl Runtime {
    /// The ids that any arm offers or withdraws, each as often as it is listed.
    pub fn listed_ids(&self) -> impl Iterator<Item = &str> {
        self.arms.iter().flat_map(|arm| arm.models.iter().chain(&arm.withdrawn_models)).map(|entry| &entry.id[..])
    }

    /// The model that a workspace starts with: the declared default, else the first id listed.
    pub fn default_model(&self) -> Option<&str> {
        let first = || self.arms.iter().find_map(|arm| Some(&arm.models.first()?.id));
        self.default_model.as_ref().or_else(first).map(String::as_str)
    }
}

/// A provider within a runtime: the ids that it lists, and the provider's pattern for all others.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Position in [`Registry::providers`].
    pub provider: usize,
    /// Whether it takes only the ids that it lists, and none by pattern.
    pub only_listed: bool,
    /// The ids that can be selected.
    pub models: Vec<ModelEntry>,
    /// The ids that can no longer be selected. They still belong to this arm.
    pub withdrawn_models: Vec<ModelEntry>,
    pub(crate) location: Location,
}

impl Arm {
    /// The pattern by which the arm takes ids that nobody lists.
    pub fn pattern<'a>(&self, registry: &'a Registry) -> Option<&'a Pattern> {
        registry.providers[self.provider].pattern.as_ref().filter(|_| !self.only_listed)
    }
}

/// An id in one of an arm's lists, with the vendor's announcement.
#[derive(Clone, Debug)]
pub struct ModelEntry {
    /// The id as the file writes it. Ids are compared byte for byte.
    pub id: String,
    /// The day on which the vendor retires an offered id (`retires`), or since which an id is withdrawn (`since`).
    pub date: Option<Date>,
    /// The id of the same runtime that replaces it.
    pub replacement: Option<Box<str>>,
    pub(crate) line: Option<NonZeroU32>,
}

impl ModelEntry {
    /// Whether the vendor announced anything about it.
    pub fn is_announced(&self) -> bool {
        self.date.is_some() || self.replacement.is_some()
    }

    /// The line of the id, from 1.
    pub(crate) fn line(&self) -> Option<usize> {
        self.line.map(|line| line.get() as usize)
    }
}

/// A warning that the file's author has seen and accepts.
#[derive(Clone, Debug)]
pub struct AllowedLint {
    /// The kind of the warning.
    pub lint: LintKind,
    /// What the warning is about, in the words of [`crate::Warning::at`].
    pub at: String,
    pub(crate) location: Location,
}
