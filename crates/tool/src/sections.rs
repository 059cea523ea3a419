//! The changes between two registries for people: how many there are of each kind, then what breaks writers, then the
//! rest.

use std::collections::HashMap;

use registry::{Announcement, Change, Effect, EffectKind, Standing, Subject};

use crate::text::{count, list, wrap};

/// Ids of one line of a section of which a person need not see all.
const MOST_IDS: usize = 20;

/// Runtimes that are named where a pattern changes.
const MOST_RUNTIMES: usize = 10;

/// One kind of change, in the order in which they are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Runtimes by what they become.
    Runtimes(Standing),
    Effect(EffectKind),
    Announcements,
}

impl Section {
    const ALL: [Section; 13] = [
        Section::Effect(EffectKind::StopsBeingRoutable),
        Section::Effect(EffectKind::BecomesAmbiguous),
        Section::Runtimes(Standing::Judged),
        Section::Effect(EffectKind::Undecided),
        Section::Runtimes(Standing::Unknown),
        Section::Runtimes(Standing::External),
        Section::Effect(EffectKind::BecomesRoutable),
        Section::Effect(EffectKind::ChangesProvider),
        Section::Effect(EffectKind::MayChangeProvider),
        Section::Effect(EffectKind::IsNoLongerListed),
        Section::Effect(EffectKind::IsNowListed),
        Section::Effect(EffectKind::ChangesCode),
        Section::Announcements,
    ];

    /// What programs call it.
    pub fn key(self) -> &'static str {
        match self {
            Section::Runtimes(Standing::Judged) => "runtime_added",
            Section::Runtimes(Standing::Unknown) => "runtime_removed",
            Section::Runtimes(Standing::External) => "runtime_external",
            Section::Effect(kind) => kind.as_str(),
            Section::Announcements => "announcement",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Section::Runtimes(Standing::Judged) => "Judged from now on, and passed unjudged before",
            Section::Runtimes(Standing::Unknown) => {
                "Unknown from now on: every pair passes, unless a guard denies unknown runtimes"
            }
            Section::Runtimes(Standing::External) => "External from now on: every pair passes",
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
            Section::Announcements => "Is announced, which changes no answer",
        }
    }

    /// Whether writers are refused that were not before: then nothing is left out.
    fn breaks(self) -> bool {
        matches!(self, Section::Effect(EffectKind::StopsBeingRoutable | EffectKind::BecomesAmbiguous))
    }

    /// What of a change belongs here.
    fn part(self, change: &Change) -> Option<Part<'_>> {
        let effect = match (self, &change.subject) {
            (Section::Runtimes(standing), Subject::Runtime { will_be, .. }) if *will_be == standing => None,
            (Section::Announcements, Subject::Announcement { .. }) => None,
            (Section::Effect(kind), _) => Some(change.effects.iter().find(|effect| effect.kind == kind)?),
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
                Subject::Id { .. } | Subject::Announcement { .. } => &mut total.ids,
                Subject::Pattern { .. } | Subject::ArmAdded { .. } | Subject::ArmRemoved { .. } => &mut total.patterns,
                Subject::Runtime { .. } => &mut total.runtimes,
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
        text += &announcements(parts);
        for part in parts {
            text += &other(part);
        }
    }
    text
}

/// The ids that are listed one by one, those of one runtime with the same answers together.
fn ids(parts: &[Part], most: usize) -> String {
    let ids = parts.iter().filter_map(|part| match (part.subject, part.effect) {
        (Subject::Id { runtime, id }, Some(effect)) => Some((format!("{runtime}{}", answers(effect)), &id[..])),
        _ => None,
    });
    let mut text = String::new();
    for (head, ids) in grouped(ids) {
        text += &format!("{}\n", wrap(&head, 2, 6));
        let more = ids.len().saturating_sub(most);
        let shown = ids[..ids.len() - more].join(" ") + &and_more(more);
        text += &format!("{}\n", wrap(&shown, 4, 4));
    }
    text
}

/// What is announced of ids, a line each, those of one arm together.
fn announcements(parts: &[Part]) -> String {
    let said = |announcement: &Option<Announcement>| {
        announcement.as_ref().map_or_else(|| "nothing".to_owned(), Announcement::to_string)
    };
    let lines = parts.iter().filter_map(|part| match part.subject {
        Subject::Announcement { runtime, provider, id, was, will_be } => {
            let line = format!("{id}: was {}, will be {}", said(was), said(will_be));
            Some((format!("{runtime}, listed by {provider}"), line))
        }
        _ => None,
    });
    let mut text = String::new();
    for (head, lines) in grouped(lines) {
        text += &format!("{}\n", wrap(&head, 2, 6));
        let more = lines.len().saturating_sub(MOST_IDS);
        for line in &lines[..lines.len() - more] {
            text += &format!("{}\n", wrap(line, 4, 6));
        }
        if more > 0 {
            text += &format!("   {}\n", and_more(more));
        }
    }
    text
}

/// The items below their heads, both in the order in which they come first.
fn grouped<T>(items: impl Iterator<Item = (String, T)>) -> Vec<(String, Vec<T>)> {
    let mut groups: Vec<(String, Vec<T>)> = Vec::new();
    let mut positions = HashMap::new();
    for (head, item) in items {
        let position = *positions.entry(head.clone()).or_insert(groups.len());
        if position == groups.len() {
            groups.push((head, Vec::new()));
        }
        groups[position].1.push(item);
    }
    groups
}

/// What stands behind a list that is cut short.
fn and_more(number: usize) -> String {
    if number == 0 { String::new() } else { format!(" and {number} more, which --json lists") }
}

/// A change that is not of one id.
fn other(Part { subject, effect }: &Part) -> String {
    let head = match subject {
        Subject::Id { .. } | Subject::Announcement { .. } => return String::new(),
        Subject::Runtime { runtime, was, will_be } => {
            format!("{runtime}: was {}, will be {}", was.as_str(), will_be.as_str())
        }
        Subject::Pattern { provider, old, new } => match (old, new) {
            (Some(old), Some(new)) => format!("pattern of {provider}: {old} becomes {new}"),
            (None, Some(new)) => format!("pattern of {provider}: {new} is added"),
            (Some(old), None) => format!("pattern of {provider}: {old} is removed"),
            (None, None) => format!("pattern of {provider}"),
        },
        Subject::ArmAdded { runtime, provider } => format!("{runtime}: the pattern of {provider} is used now"),
        Subject::ArmRemoved { runtime, provider } => format!("{runtime}: the pattern of {provider} is no longer used"),
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
