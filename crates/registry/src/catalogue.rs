//! The validated registry: what `providers.yaml` says, with every rule of the format already held.

use crate::lint::LintKind;
use crate::pattern::Pattern;
use crate::place::Location;

/// A registry in which every arm names a provider of the catalogue.
#[derive(Clone, Debug)]
pub struct Registry {
    pub schema_version: u32,
    pub providers: Vec<Provider>,
    pub runtimes: Vec<Runtime>,
    pub allowed_lints: Vec<AllowedLint>,
}

/// An entry of the catalogue.
#[derive(Clone, Debug)]
pub struct Provider {
    pub name: String,
    pub display_name: String,
    pub protocol: Protocol,
    pub auth_mode: String,
    /// Names of environment variables, at least one.
    pub auth_env: Vec<String>,
    pub pattern: Pattern,
    pub upstream_vendor: Option<String>,
    /// Ids that stand for another one at the vendor's; the lookup knows those that an arm lists.
    pub model_aliases: Vec<String>,
    pub deprecated: bool,
    pub(crate) alias_lines: Vec<Option<usize>>,
    pub(crate) location: Location,
    pub(crate) pattern_location: Location,
}

/// The wire protocol that a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    OpenAi,
    Anthropic,
}

/// A runtime and its arms, in the order of the file.
#[derive(Clone, Debug)]
pub struct Runtime {
    pub name: String,
    pub display_name: Option<String>,
    /// As the file says; without one, the first id that the runtime lists is the default.
    pub default_model: Option<String>,
    pub arms: Vec<Arm>,
    pub(crate) location: Location,
}

impl Runtime {
    /// The ids that any arm offers or withdraws, each as often as it is listed.
    pub fn listed_ids(&self) -> impl Iterator<Item = &str> {
        self.arms.iter().flat_map(|arm| arm.models.iter().chain(&arm.withdrawn_models)).map(String::as_str)
    }

    /// The model that a workspace starts with: the declared default, else the first id listed.
    pub fn default_model(&self) -> Option<&str> {
        let first = || self.arms.iter().find_map(|arm| arm.models.first());
        self.default_model.as_ref().or_else(first).map(String::as_str)
    }
}

/// A runtime's use of a provider: the ids it lists, and the provider's pattern for all others.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Position in [`Registry::providers`].
    pub provider: usize,
    pub models: Vec<String>,
    pub withdrawn_models: Vec<String>,
    pub(crate) lines: ArmLines,
    pub(crate) location: Location,
}

/// The lines of an arm's ids.
#[derive(Clone, Debug)]
pub(crate) struct ArmLines {
    pub(crate) models: Vec<Option<usize>>,
    pub(crate) withdrawn: Vec<Option<usize>>,
}

/// A warning that the file's author has seen and wants to hear no more of.
#[derive(Clone, Debug)]
pub struct AllowedLint {
    pub lint: LintKind,
    /// What the warning is about, in the words of [`crate::Warning::at`].
    pub at: String,
    pub reason: String,
    pub(crate) location: Location,
}
