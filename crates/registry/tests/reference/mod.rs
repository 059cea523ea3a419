//! The lookup as its rules say, with lists and the regex library, and without optimizations.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};

#[derive(Clone, Debug, Default)]
pub struct Reference {
    pub providers: Vec<Provider>,
    pub runtimes: Vec<(String, Vec<Arm>)>,
    pub external: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Provider {
    pub name: String,
    pub pattern: Option<String>,
    pub auth_env: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Arm {
    pub provider: usize,
    pub only_listed: bool,
    pub models: Vec<Listed>,
    pub withdrawn: Vec<Listed>,
}

/// An id, and the vendor's announcement.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: String,
    pub date: Option<String>,
    pub replacement: Option<String>,
}

impl Listed {
    /// As an item of a list. The maps of that list have this key for the date.
    fn yaml(&self, date: &str) -> String {
        let Listed { id, date: day, replacement } = self;
        if day.is_none() && replacement.is_none() {
            return format!("{id:?}");
        }
        let day = day.as_ref().map_or_else(String::new, |day| format!(", {date}: {day}"));
        let replacement = replacement.as_ref().map_or_else(String::new, |id| format!(", replacement: {id:?}"));
        format!("{{id: {id:?}{day}{replacement}}}")
    }
}

impl Reference {
    /// The code and the provider for a stored pair.
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
        if self.external.iter().any(|name| Some(name.as_bytes()) == runtime) {
            return ("EXTERNAL_RUNTIME", None);
        }
        let Some((_, arms)) = self.runtimes.iter().find(|(name, _)| Some(name.as_bytes()) == runtime) else {
            return ("UNKNOWN_RUNTIME", None);
        };
        let lists = |ids: &[Listed]| ids.iter().any(|listed| listed.id.as_bytes() == id);
        let first_or_met = |owners: &[usize]| self.by_variables(owners, auth_env).or(owners.first().copied());
        let offering: Vec<_> = arms.iter().filter(|arm| lists(&arm.models)).map(|arm| arm.provider).collect();
        if !offering.is_empty() {
            return ("REGISTERED", first_or_met(&offering).map(|provider| self.name(provider)));
        }
        let withdrawing: Vec<_> = arms.iter().filter(|arm| lists(&arm.withdrawn)).map(|arm| arm.provider).collect();
        if !withdrawing.is_empty() {
            return ("MODEL_WITHDRAWN", first_or_met(&withdrawing).map(|provider| self.name(provider)));
        }
        let matches = |provider: usize| {
            let source = self.providers[provider].pattern.as_ref();
            source.is_some_and(|source| pattern(source).is_match(id))
        };
        let by_pattern = arms.iter().filter(|arm| !arm.only_listed).map(|arm| arm.provider);
        let matching: Vec<_> = by_pattern.filter(|&provider| matches(provider)).collect();
        match matching[..] {
            [] => ("UNREGISTERED_MODEL_FOR_RUNTIME", None),
            [only] => ("ROUTABLE_BY_PREFIX", Some(self.name(only))),
            _ => ("AMBIGUOUS_PROVIDER", self.by_variables(&matching, auth_env).map(|provider| self.name(provider))),
        }
    }

    /// Whether a pair with this code is a near miss.
    pub fn is_near_miss(&self, code: &str, runtime: Option<&[u8]>, model: Option<&[u8]>) -> bool {
        let (runtime, id) = (runtime.unwrap_or_default(), model.map(trim).unwrap_or_default());
        let is_same = |one: &[u8], other: &[u8]| !key(one).is_empty() && key(one) == key(other);
        match code {
            "UNKNOWN_RUNTIME" => self.runtimes.iter().any(|(name, _)| is_same(name.as_bytes(), runtime)),
            "ROUTABLE_BY_PREFIX" => {
                let arms =
                    self.runtimes.iter().filter(|(name, _)| name.as_bytes() == runtime).flat_map(|(_, arms)| arms);
                let mut offered = arms.flat_map(|arm| &arm.models).map(|listed| listed.id.as_bytes());
                offered.any(|listed| {
                    spellings(listed).iter().any(|one| spellings(id).iter().any(|other| is_same(one, other)))
                })
            }
            _ => false,
        }
    }

    /// The day by which all arms that list a registered pair retire it, and the replacement of that id or of a withdrawn one.
    pub fn announced(
        &self,
        code: &str,
        runtime: Option<&[u8]>,
        model: Option<&[u8]>,
    ) -> (Option<String>, Option<String>) {
        let id = model.map(trim).unwrap_or_default();
        let arms = self.runtimes.iter().find(|(name, _)| Some(name.as_bytes()) == runtime).map(|(_, arms)| arms);
        let list = |arm: &'_ Arm| match code {
            "REGISTERED" => arm.models.clone(),
            "MODEL_WITHDRAWN" => arm.withdrawn.clone(),
            _ => Vec::new(),
        };
        let listed: Vec<Listed> =
            arms.into_iter().flatten().flat_map(list).filter(|listed| listed.id.as_bytes() == id).collect();
        let replacement = listed.iter().find_map(|listed| listed.replacement.clone());
        let goes_on = code != "REGISTERED" || listed.iter().any(|listed| listed.date.is_none());
        let date = if goes_on { None } else { listed.iter().filter_map(|listed| listed.date.clone()).max() };
        (date, replacement)
    }

    /// The only provider that uses one of the caller's variables. None if there are none or several.
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
            let pattern =
                pattern.as_ref().map_or_else(String::new, |pattern| format!(", model_prefix_match: '{pattern}'"));
            text += &format!(
                "  - {{name: {name}, display_name: {name}, protocol: openai, auth_mode: key, auth_env: {auth_env:?}{pattern}}}\n"
            );
        }
        text += "runtimes:\n";
        for (name, arms) in &self.runtimes {
            text += &format!("  {name:?}:\n    providers:\n");
            for Arm { provider, only_listed, models, withdrawn } in arms {
                let name = self.name(*provider);
                let list =
                    |ids: &[Listed], date| ids.iter().map(|listed| listed.yaml(date)).collect::<Vec<_>>().join(", ");
                let (models, withdrawn) = (list(models, "retires"), list(withdrawn, "since"));
                text += &format!(
                    "      - {{name: {name}, only_listed: {only_listed}, models: [{models}], withdrawn_models: [{withdrawn}]}}\n"
                );
            }
        }
        text += &format!("external_runtimes: {:?}\n", self.external);
        text
    }
}

thread_local! {
    static PATTERNS: RefCell<HashMap<String, Regex>> = RefCell::default();
}

/// The pattern with ASCII classes, and with RE2's white space, which does not include the vertical tab.
pub fn pattern(source: &str) -> Regex {
    let source = source.replace(r"[\W]", r"[^0-9A-Za-z_]").replace(r"\w", "[0-9A-Za-z_]");
    PATTERNS.with_borrow_mut(|known| {
        let compiled = known.entry(source.clone()).or_insert_with(|| RegexBuilder::new(&source).build().unwrap());
        compiled.clone()
    })
}

/// A text as written, and without its vendor's prefix.
fn spellings(text: &[u8]) -> Vec<&[u8]> {
    static PREFIX: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?-u)[^0-9/:]*[/:]").unwrap());
    std::iter::once(text).chain(PREFIX.find(text).map(|found| &text[found.end()..])).collect()
}

/// Replaces punctuation and white space by a mark between two digits, and removes them elsewhere.
fn key(text: &[u8]) -> Vec<u8> {
    static PARTS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?-u)[[:punct:][:space:]]+").unwrap());
    let parted = PARTS.replace_all(text, &b" "[..]).to_ascii_lowercase();
    let is_digit = |position: Option<usize>| position.and_then(|at| parted.get(at)).is_some_and(u8::is_ascii_digit);
    let stays = |&(at, byte): &(usize, &u8)| *byte != b' ' || is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    parted.iter().enumerate().filter(stays).map(|(_, &byte)| byte).collect()
}

/// Without Unicode white space at both ends, as far as the bytes are text.
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
