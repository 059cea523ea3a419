//! The functions behind releases (sql/releases.sql).

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};
use registry::{Announcement, Change, Date, EffectKind, Faults, Image, Registry, Standing, Subject};

use crate::file;
use postgres::bytea::Bytea;
use postgres::error::{Level, Report, SqlState};
use postgres::interrupts;
use postgres::sql_text::{SqlText, TextArgument};

/// The most warnings that are sent. routable.check lists all.
const MOST_TOLD: usize = 100;

const LIST: &str = "To list them: SELECT * FROM routable.check(registry);";

/// The columns that are stored with the text of a release. Without a text, they are those of the built-in registry.
#[pg_extern(sql = false)]
fn compile(
    source: Option<TextArgument>,
) -> TableIterator<
    'static,
    (
        name!(sha256, String),
        name!(runtimes, i64),
        name!(providers, i64),
        name!(models, i64),
        name!(image, Option<Bytea>),
    ),
> {
    let file = source.map(|source| file::of_text(source.bytes()));
    let file = file.as_deref().unwrap_or(registry::BUILT_IN);
    let registry = file::read(file).unwrap_or_else(|faults| refuse(&faults));
    let image = registry::write(&registry, file);
    match Image::open(&image) {
        // The built-in registry needs no image.
        Ok(opened) => TableIterator::once(summary(opened, source.is_some().then_some(&image))),
        Err(error) => unreachable!("what the writer writes, the reader opens: {error}"),
    }
}

/// Compiles the image of a release again, if the stored one has the layout of another version or was damaged.
#[pg_extern(sql = false)]
fn compile_anew(source: TextArgument, number: i32) -> Bytea {
    let file = file::of_text(source.bytes());
    let registry = file::read(&file).unwrap_or_else(|faults| {
        Report {
            detail: Some(faults.to_string()),
            hint: Some(
                "Release a registry that this version reads, or the built-in one: SELECT routable.revert(0);"
                    .to_owned(),
            ),
            ..Report::new(
                SqlState::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, // 55000
                format!("release {number} of the registry cannot be read by this version of the library"),
            )
        }
        .throw()
    });
    Bytea::of(&registry::write(&registry, &file))
}

fn summary(image: Image, bytes: Option<&Vec<u8>>) -> (String, i64, i64, i64, Option<Bytea>) {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let models = image.runtimes().inspect(|_| interrupts::check()).map(|runtime| runtime.models().count()).sum();
    (
        image.sha256().iter().map(|byte| format!("{byte:02x}")).collect(),
        count(image.runtimes().len()),
        count(image.providers().len()),
        count(models),
        bytes.map(|bytes| Bytea::of(bytes)),
    )
}

/// Raises the error of a file with faults.
fn refuse(faults: &Faults) -> ! {
    let all = faults.iter().count();
    Report {
        detail: Some(faults.to_string()),
        hint: Some(LIST.to_owned()),
        ..Report::new(
            SqlState::ERRCODE_INVALID_PARAMETER_VALUE, // 22023
            if all == 1 { "the registry has a fault".to_owned() } else { format!("the registry has {all} faults") },
        )
    }
    .throw()
}

/// Reports what a release changes, before it is stored: lints as WARNINGs, and the counts of changed pairs in a NOTICE.
/// Raises the faults of the file as an error.
#[pg_extern(sql = false)]
fn review(source: Option<TextArgument>, former: Option<TextArgument>) {
    let new = read_or_refuse(source);
    warn(&new);
    let mut notice = Report::new(SqlState::ERRCODE_SUCCESSFUL_COMPLETION, "");
    // This version may be unable to read a former release.
    match read(former) {
        Ok(old) => {
            notice.message = totals(&registry::diff(&old, &new));
            notice.hint = Some("To find stored pairs that it refuses: SELECT * FROM routable.audit(table);".to_owned());
        }
        Err(_) => notice.message = "the former release cannot be read, so that nothing is compared with it".to_owned(),
    }
    notice.emit(Level::Notice);
}

/// Reads the text of a file. Without a text, reads the built-in file.
fn read(source: Option<TextArgument>) -> Result<Registry, Faults> {
    match source {
        Some(source) => file::read(&file::of_text(source.bytes())),
        None => file::read(registry::BUILT_IN),
    }
}

fn read_or_refuse(source: Option<TextArgument>) -> Registry {
    read(source).unwrap_or_else(|faults| refuse(&faults))
}

fn warn(registry: &Registry) {
    let warnings = registry::lint(registry, Date::today());
    for warning in warnings.iter().take(MOST_TOLD) {
        Report::new(SqlState::ERRCODE_WARNING, warning.to_string()).emit(Level::Warning);
    }
    if warnings.len() > MOST_TOLD {
        let message = format!("{} more warnings of the registry are not shown", warnings.len() - MOST_TOLD);
        let mut report = Report::new(SqlState::ERRCODE_WARNING, message);
        report.hint = Some(LIST.to_owned());
        report.emit(Level::Warning);
    }
}

/// The number of ids, patterns and runtimes that change in a way that writers notice.
fn totals(changes: &[Change]) -> String {
    let number = |kinds: &[EffectKind]| {
        changes.iter().filter(|change| change.effects.iter().any(|effect| kinds.contains(&effect.kind))).count()
    };
    let runtimes = |is: fn(Standing, Standing) -> bool| {
        let is = |change: &&Change| matches!(change.subject, Subject::Runtime { was, will_be, .. } if is(was, will_be));
        changes.iter().filter(is).count()
    };
    let stops = number(&[EffectKind::StopsBeingRoutable, EffectKind::BecomesAmbiguous]);
    let becomes = number(&[EffectKind::BecomesRoutable]);
    let provider = number(&[EffectKind::ChangesProvider, EffectKind::MayChangeProvider]);
    let undecided = number(&[EffectKind::Undecided]);
    let judged = runtimes(|_, will_be| will_be == Standing::Judged);
    let unjudged = runtimes(|was, _| was == Standing::Judged);
    let external = runtimes(|was, will_be| (was, will_be) == (Standing::Unknown, Standing::External));
    let unknown = runtimes(|was, will_be| (was, will_be) == (Standing::External, Standing::Unknown));
    let mut text = format!(
        "ids and patterns: {stops} no longer routable, {becomes} newly routable, {provider} with another provider"
    );
    for (number, what) in [
        (judged, "runtimes judged from now on"),
        (unjudged, "runtimes no longer judged"),
        (external, "unknown runtimes that become external"),
        (unknown, "external runtimes that become unknown"),
        (undecided, "patterns too large to compare"),
    ] {
        if number > 0 {
            text += &format!("; {what}: {number}");
        }
    }
    text
}

/// `routable.check`: the faults and lints of a file.
#[pg_extern(sql = false)]
fn check(
    source: TextArgument,
) -> TableIterator<
    'static,
    (
        name!(severity, &'static str),
        name!(line, Option<i32>),
        name!(place, Option<SqlText>),
        name!(message, SqlText),
        name!(hint, Option<SqlText>),
    ),
> {
    let line = |line: Option<usize>| line.and_then(|line| i32::try_from(line).ok());
    let place = |path: &str| (!path.is_empty()).then(|| SqlText::shown(path));
    let rows: Vec<_> = match read(Some(source)) {
        Ok(registry) => registry::lint(&registry, Date::today())
            .iter()
            .map(|warning| {
                let (message, advice) = warning.parts();
                let allow = format!("to keep it, allow the lint {} at {:?}", warning.kind(), warning.at());
                let hint = advice.map_or_else(|| allow.clone(), |advice| format!("{advice}; {allow}"));
                let hint = Some(SqlText::shown(&hint));
                ("warning", line(warning.line()), place(warning.path()), SqlText::shown(message), hint)
            })
            .collect(),
        Err(faults) => faults
            .iter()
            .map(|fault| {
                let (message, advice) = fault.parts();
                let hint = advice.as_deref().map(SqlText::shown);
                ("error", line(fault.line()), place(fault.path()), SqlText::shown(&message), hint)
            })
            .collect(),
    };
    TableIterator::new(rows)
}

/// `routable.diff`: what changes for pairs if one file replaces another. A file without a text is the built-in one.
#[pg_extern(sql = false)]
fn compare(
    former: Option<TextArgument>,
    source: Option<TextArgument>,
) -> TableIterator<
    'static,
    (
        name!(runtime, Option<SqlText>),
        name!(what, &'static str),
        name!(example, Option<SqlText>),
        name!(was, Option<SqlText>),
        name!(will_be, Option<SqlText>),
    ),
> {
    let changes = registry::diff(&read_or_refuse(former), &read_or_refuse(source));
    TableIterator::new(changes.into_iter().flat_map(rows))
}

type Row = (Option<SqlText>, &'static str, Option<SqlText>, Option<SqlText>, Option<SqlText>);

fn rows(change: Change) -> Vec<Row> {
    let shown = |text: &str| Some(SqlText::shown(text));
    let what = match &change.subject {
        Subject::Runtime { runtime, was, will_be } => {
            return vec![(shown(runtime), "runtime", None, shown(was.as_str()), shown(will_be.as_str()))];
        }
        Subject::Announcement { runtime, id, was, will_be, .. } => {
            let said = |announcement: &Option<Announcement>| shown(&announcement.as_ref()?.to_string());
            return vec![(shown(runtime), "announcement", shown(id), said(was), said(will_be))];
        }
        Subject::Id { .. } => "id",
        Subject::Pattern { .. } | Subject::ArmAdded { .. } | Subject::ArmRemoved { .. } => "pattern",
        Subject::Variables { .. } => "auth_env",
    };
    let row = |effect: &registry::Effect| {
        let (was, will_be) = match &effect.outcomes {
            Some((was, will_be)) => (Some(was.to_string()), Some(will_be.to_string())),
            None => (None, None),
        };
        let example = effect.example.clone();
        effect.runtimes.clone().into_iter().map(move |runtime| {
            let shown = |text: &Option<String>| text.as_deref().map(SqlText::shown);
            (shown(&Some(runtime)), what, shown(&example), shown(&was), shown(&will_be))
        })
    };
    change.effects.iter().flat_map(row).collect()
}
