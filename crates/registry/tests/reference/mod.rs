//! The lookup as its rules read, with lists and the regex library, and without any thought of speed.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::bytes::{Regex, RegexBuilder};

#[derive(Clone, Debug, Default)]
pub struct Reference {
    pub providers: Vec<Provider>,
    pub runtimes: Vec<(String, Vec<Arm>)>,
}

#[derive(Clone, Debug)]
pub struct Provider {
    pub name: String,
    pub pattern: String,
    pub auth_env: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Arm {
    pub provider: usize,
    pub models: Vec<String>,
    pub withdrawn: Vec<String>,
}

impl Reference {
    /// The code and the provider for a pair as it is stored.
    pub fn answer(
        &self,
        runtime: Option<&[u8]>,
        model: Option<&[u8]>,
        auth_env: &[&str],
    ) -> (&'static str, Option<&str>) {
        let id = model.map(trim).unwrap_or_default();
        if id.is_empty() {
            return ("NO_MODEL", None);
        }
        let Some((_, arms)) = self.runtimes.iter().find(|(name, _)| Some(name.as_bytes()) == runtime) else {
            return ("UNKNOWN_RUNTIME", None);
        };
        let lists = |ids: &[String]| ids.iter().any(|listed| listed.as_bytes() == id);
        let first_or_met = |owners: &[usize]| self.by_variables(owners, auth_env).or(owners.first().copied());
        let offering: Vec<_> = arms.iter().filter(|arm| lists(&arm.models)).map(|arm| arm.provider).collect();
        if !offering.is_empty() {
            return ("REGISTERED", first_or_met(&offering).map(|provider| self.name(provider)));
        }
        let withdrawing: Vec<_> = arms.iter().filter(|arm| lists(&arm.withdrawn)).map(|arm| arm.provider).collect();
        if !withdrawing.is_empty() {
            return ("MODEL_WITHDRAWN", first_or_met(&withdrawing).map(|provider| self.name(provider)));
        }
        let matches = |provider: usize| pattern(&self.providers[provider].pattern).is_match(id);
        let matching: Vec<_> = arms.iter().map(|arm| arm.provider).filter(|&provider| matches(provider)).collect();
        match matching[..] {
            [] => ("UNREGISTERED_MODEL_FOR_RUNTIME", None),
            [only] => ("ROUTABLE_BY_PREFIX", Some(self.name(only))),
            _ => ("AMBIGUOUS_PROVIDER", self.by_variables(&matching, auth_env).map(|provider| self.name(provider))),
        }
    }

    /// The provider whose variables meet the caller's, if that leaves exactly one.
    fn by_variables(&self, providers: &[usize], auth_env: &[&str]) -> Option<usize> {
        let meets =
            |provider: usize| self.providers[provider].auth_env.iter().any(|name| auth_env.contains(&name.as_str()));
        match providers.iter().copied().filter(|&provider| meets(provider)).collect::<Vec<_>>()[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    fn name(&self, provider: usize) -> &str {
        &self.providers[provider].name
    }

    /// The registry file.
    pub fn yaml(&self) -> String {
        let mut text = String::from("schema_version: 1\nproviders:\n");
        for Provider { name, pattern, auth_env } in &self.providers {
            text += &format!(
                "  - {{name: {name}, display_name: {name}, protocol: openai, auth_mode: key, auth_env: {auth_env:?}, \
                 model_prefix_match: '{pattern}'}}\n"
            );
        }
        text += "runtimes:\n";
        for (name, arms) in &self.runtimes {
            text += &format!("  {name:?}:\n    providers:\n");
            for Arm { provider, models, withdrawn } in arms {
                let name = self.name(*provider);
                text += &format!("      - {{name: {name}, models: {models:?}, withdrawn_models: {withdrawn:?}}}\n");
            }
        }
        text
    }
}

thread_local! {
    static PATTERNS: RefCell<HashMap<String, Regex>> = RefCell::default();
}

/// The pattern with the classes of Perl in ASCII, and RE2's white space, which has no vertical tab.
pub fn pattern(source: &str) -> Regex {
    let source = source.replace(r"[\W]", r"[^0-9A-Za-z_]").replace(r"\w", "[0-9A-Za-z_]");
    PATTERNS.with_borrow_mut(|known| {
        let compiled = known.entry(source.clone()).or_insert_with(|| RegexBuilder::new(&source).build().unwrap());
        compiled.clone()
    })
}

/// Without the white space of Unicode at either end, as far as the bytes are text.
fn trim(mut bytes: &[u8]) -> &[u8] {
    let blank =
        |part: &[u8]| std::str::from_utf8(part).is_ok_and(|text| text.chars().count() == 1 && text.trim().is_empty());
    loop {
        let length = bytes.len();
        for width in 1..=4 {
            if bytes.len() >= width && blank(&bytes[..width]) {
                bytes = &bytes[width..];
            }
            if bytes.len() >= width && blank(&bytes[bytes.len() - width..]) {
                bytes = &bytes[..bytes.len() - width];
            }
        }
        if bytes.len() == length {
            return bytes;
        }
    }
}
