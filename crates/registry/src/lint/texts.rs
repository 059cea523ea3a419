//! Ids, names and patterns with characters that are invisible or look like others, and aliases that no arm lists.

use std::collections::HashSet;

use super::Warning;
use super::characters::{is_invisible, plain, visible};
use super::findings::{Findings, at_id, location_of_id};
use crate::catalogue::{Arm, Provider, Registry, Runtime};
use crate::lint_kind::LintKind;
use crate::place::Location;

/// The warnings about the ids, names, aliases and patterns of a registry.
pub(super) fn check(registry: &Registry) -> Vec<Warning> {
    let listed = listed_ids(registry);
    let mut findings = Findings::new();
    for provider in &registry.providers {
        findings.name("provider", &provider.name, &provider.location);
        findings.pattern(provider);
        findings.aliases(provider, &listed);
    }
    for runtime in &registry.runtimes {
        findings.name("runtime", &runtime.name, &runtime.location);
        for arm in &runtime.arms {
            findings.ids(registry, runtime, arm);
        }
    }
    findings.into_warnings()
}

/// The ids of all arms, if there are aliases to compare with them.
fn listed_ids(registry: &Registry) -> HashSet<&str> {
    match registry.providers.iter().all(|provider| provider.model_aliases.is_empty()) {
        true => HashSet::new(),
        false => registry.runtimes.iter().flat_map(Runtime::listed_ids).collect(),
    }
}

impl Findings {
    fn ids(&mut self, registry: &Registry, runtime: &Runtime, arm: &Arm) {
        for (key, entries) in [("models", &arm.models), ("withdrawn_models", &arm.withdrawn_models)] {
            for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| is_odd(&entry.id)) {
                let id = &entry.id[..];
                let provider = &registry.providers[arm.provider].name;
                let at = || at_id(&runtime.name, provider, id);
                let location = || location_of_id(arm, key, index, entry);
                self.characters("id", id, at, location);
                self.separators(id, at, location);
            }
        }
    }

    fn aliases(&mut self, provider: &Provider, listed: &HashSet<&str>) {
        for (index, (alias, &line)) in provider.model_aliases.iter().zip(&provider.alias_lines).enumerate() {
            let at = || format!("{}/{}", visible(&provider.name), visible(alias));
            let location = || Location { path: format!("{}.model_aliases[{index}]", provider.location.path), line };
            self.characters("alias", alias, at, location);
            if !listed.contains(alias.as_str()) {
                self.add(LintKind::UnlistedAlias, &at, &location, || {
                    format!("no arm lists the alias \"{}\"; add it to the models of one, or remove it", visible(alias))
                });
            }
        }
    }

    fn name(&mut self, what: &str, name: &str, location: &Location) {
        self.characters(what, name, || visible(name), || location.clone());
    }

    fn pattern(&mut self, provider: &Provider) {
        let Some(pattern) = &provider.pattern else { return };
        let (at, location) = (|| visible(&provider.name), || provider.pattern_location.clone());
        self.characters("pattern", pattern.source(), at, location);
    }

    fn characters(&mut self, what: &str, text: &str, at: impl Fn() -> String, location: impl Fn() -> Location) {
        if text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) {
            return;
        }
        let is_id = what == "id";
        // White space within an id is a lint of its own.
        let unseen = |c: char| if c.is_whitespace() { !is_id && c != ' ' } else { is_invisible(c) };
        if let Some(character) = text.chars().find(|&c| unseen(c)) {
            self.add(LintKind::InvisibleCharacter, &at, &location, || {
                format!(
                    "the {what} \"{}\" holds U+{:04X}, which cannot be seen; remove it",
                    visible(text),
                    u32::from(character)
                )
            });
        }
        if let Some(character) = text.chars().find(|&c| plain(c) != c) {
            self.add(LintKind::TypographicCharacter, &at, &location, || {
                let meant: String = text.chars().map(plain).collect();
                format!(
                    "the {what} \"{}\" holds {character} (U+{:04X}), which is not what a keyboard types; write \"{}\"",
                    visible(text),
                    u32::from(character),
                    visible(&meant)
                )
            });
        }
    }

    fn separators(&mut self, id: &str, at: impl Fn() -> String, location: impl Fn() -> Location) {
        let Some(found) = id.chars().find(|&c| c == ',' || c.is_whitespace()) else { return };
        let what = if found == ',' { "a comma" } else { "white space" };
        self.add(LintKind::SeparatorInId, &at, &location, || {
            format!("the id \"{}\" holds {what}; write each id as an item of its own, or remove it", visible(id))
        });
    }
}

/// A fast check whether an id can have a warning. Nearly none has.
fn is_odd(id: &str) -> bool {
    !id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',')
}
