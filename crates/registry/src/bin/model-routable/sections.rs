//! The changes between two registries for people: how many there are of each kind, then what breaks writers, then the
//! rest.

use std::collections::HashMap;

use registry::{Change, Effect, EffectKind, Subject};

use crate::words::{count, list, wrap};

/// Ids of one line of a section of which a person need not see all.
const MOST_IDS: usize = 20;

/// Runtimes that are named where a pattern changes.
const MOST_RUNTIMES: usize = 10;

/// One kind of change, in the order in which they are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Section {
    RuntimesAdded,
    RuntimesRemoved,
    Effect(EffectKind),
}

impl Section {
    const ALL: [Section; 11] = [
        Section::Effect(EffectKind::StopsBeingRoutable),
        Section::Effect(EffectKind::BecomesAmbiguous),
        Section::RuntimesAdded,
        Section::Effect(EffectKind::Undecided),
        Section::RuntimesRemoved,
        Section::Effect(EffectKind::BecomesRoutable),
        Section::Effect(EffectKind::ChangesProvider),
        Section::Effect(EffectKind::MayChangeProvider),
        Section::Effect(EffectKind::IsNoLongerListed),
        Section::Effect(EffectKind::IsNowListed),
        Section::Effect(EffectKind::ChangesCode),
    ];

    /// What programs call it.
    pub fn key(self) -> &'static str {
        match self {
            Section::RuntimesAdded => "runtime_added",
            Section::RuntimesRemoved => "runtime_removed",
            Section::Effect(kind) => kind.as_str(),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Section::RuntimesAdded => "Judged from now on, and passed unjudged before",
            Section::RuntimesRemoved => "No longer judged: every pair passes",
            Section::Effect(EffectKind::StopsBeingRoutable) => "Stops being routable",
            Section::Effect(EffectKind::BecomesAmbiguous) => "Becomes ambiguous, and is refused",
            Section::Effect(EffectKind::Undecided) => "May change: the patterns are too large to compare",
            Section::Effect(EffectKind::BecomesRoutable) => "Becomes routable",
            Section::Effect(EffectKind::ChangesProvider) => "Changes its provider",
            Section::Effect(EffectKind::MayChangeProvider) => {
                "May change its provider, if the workspace's variables choose it"
            }
            Section::Effect(EffectKind::IsNoLongerListed) => "Is no longer listed, and stays routable by pattern",
            Section::Effect(EffectKind::IsNowListed) => "Is listed now, and was routable by pattern",
            Section::Effect(EffectKind::ChangesCode) => "Stays refused, for another reason",
        }
    }

    /// Whether writers are refused that were not before: then nothing is left out.
    fn breaks(self) -> bool {
        matches!(self, Section::Effect(EffectKind::StopsBeingRoutable | EffectKind::BecomesAmbiguous))
    }

    /// What of a change belongs here.
    fn part(self, change: &Change) -> Option<Part<'_>> {
        let effect = match self {
            Section::RuntimesAdded if matches!(change.subject, Subject::RuntimeAdded { .. }) => None,
            Section::RuntimesRemoved if matches!(change.subject, Subject::RuntimeRemoved { .. }) => None,
            Section::Effect(kind) => Some(change.effects.iter().find(|effect| effect.kind == kind)?),
            _ => return None,
        };
        Some(Part { subject: &change.subject, effect })
    }
}

/// A change, and the one effect of it that a section tells.
struct Part<'a> {
    subject: &'a Subject,
    effect: Option<&'a Effect>,
}

/// How many things change in one way.
#[derive(Default)]
pub struct Total {
    pub ids: usize,
    pub patterns: usize,
    pub runtimes: usize,
    pub providers: usize,
}

impl Total {
    fn of(parts: &[Part]) -> Total {
        let mut total = Total::default();
        for part in parts {
            *match part.subject {
                Subject::Id { .. } => &mut total.ids,
                Subject::Pattern { .. } | Subject::ArmAdded { .. } | Subject::ArmRemoved { .. } => &mut total.patterns,
                Subject::RuntimeAdded { .. } | Subject::RuntimeRemoved { .. } => &mut total.runtimes,
                Subject::Variables { .. } => &mut total.providers,
            } += 1;
        }
        total
    }

    fn text(&self) -> String {
        let counts =
            [(self.ids, "id"), (self.patterns, "pattern"), (self.runtimes, "runtime"), (self.providers, "provider")];
        let counts = counts.into_iter().filter(|(number, _)| *number > 0);
        list(&counts.map(|(number, thing)| count(number, thing)).collect::<Vec<_>>())
    }
}

/// How many things change in which ways, without those in which nothing does.
pub fn totals(changes: &[Change]) -> impl Iterator<Item = (Section, Total)> {
    parts(changes).into_iter().map(|(section, parts)| (section, Total::of(&parts)))
}

fn parts(changes: &[Change]) -> Vec<(Section, Vec<Part<'_>>)> {
    let sections = Section::ALL.into_iter();
    let sections =
        sections.map(|section| (section, changes.iter().filter_map(|change| section.part(change)).collect()));
    sections.filter(|(_, parts): &(Section, Vec<Part>)| !parts.is_empty()).collect()
}

pub fn text(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "no change\n".to_owned();
    }
    let sections = parts(changes);
    let mut text = count(changes.len(), "change") + "\n";
    for (section, parts) in &sections {
        text += &format!("  {}: {}\n", section.title(), Total::of(parts).text());
    }
    for (section, parts) in &sections {
        text += &format!("\n{}\n", section.title());
        text += &ids(parts, if section.breaks() { usize::MAX } else { MOST_IDS });
        for part in parts {
            text += &other(part);
        }
    }
    text
}

/// The ids that are listed one by one, those of one runtime with the same answers together.
fn ids(parts: &[Part], most: usize) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut positions = HashMap::new();
    for part in parts {
        let (Subject::Id { runtime, id }, Some(effect)) = (part.subject, part.effect) else { continue };
        let head = format!("{runtime}{}", answers(effect));
        let position = *positions.entry(head.clone()).or_insert(groups.len());
        if position == groups.len() {
            groups.push((head, Vec::new()));
        }
        groups[position].1.push(id);
    }
    let mut text = String::new();
    for (head, ids) in groups {
        text += &format!("{}\n", wrap(&head, 2, 6));
        let more = ids.len().saturating_sub(most);
        let mut shown = ids[..ids.len() - more].join(" ");
        if more > 0 {
            shown += &format!(" and {more} more, which --json lists");
        }
        text += &format!("{}\n", wrap(&shown, 4, 4));
    }
    text
}

/// A change that is not of one id.
fn other(Part { subject, effect }: &Part) -> String {
    let head = match subject {
        Subject::Id { .. } => return String::new(),
        Subject::RuntimeAdded { runtime } | Subject::RuntimeRemoved { runtime } => runtime.clone(),
        Subject::Pattern { provider, old, new } => format!("pattern of {provider}: {old} becomes {new}"),
        Subject::ArmAdded { runtime, provider } => format!("{runtime}: the pattern of {provider} is added"),
        Subject::ArmRemoved { runtime, provider } => format!("{runtime}: the pattern of {provider} is removed"),
        Subject::Variables { provider } => format!("auth_env of {provider}"),
    };
    let mut text = format!("{}\n", wrap(&head, 2, 6));
    if let Some(effect) = effect {
        let more = effect.runtimes.len().saturating_sub(MOST_RUNTIMES);
        let mut runtimes = effect.runtimes[..effect.runtimes.len() - more].to_vec();
        if more > 0 {
            runtimes.push(count(more, "more runtime"));
        }
        let such = effect.example.as_ref().map_or_else(String::new, |id| format!(", an id such as {id:?}"));
        text += &format!("{}\n", wrap(&format!("on {}{such}{}", list(&runtimes), answers(effect)), 4, 6));
    }
    text
}

fn answers(effect: &Effect) -> String {
    let answers = effect.outcomes.as_ref().map(|(old, new)| format!(": was {old}, will be {new}"));
    answers.unwrap_or_default()
}
