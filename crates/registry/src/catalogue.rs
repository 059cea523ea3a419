//! The validated registry: what `providers.yaml` says, with every rule of the format already held.

use crate::pattern::Pattern;

/// A registry in which every arm names a provider of the catalogue.
#[derive(Clone, Debug)]
pub struct Registry {
    pub schema_version: u32,
    pub providers: Vec<Provider>,
    pub runtimes: Vec<Runtime>,
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
    pub deprecated: bool,
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
}

impl Runtime {
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
}
