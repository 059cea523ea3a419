//! The registry as rows, for the views `routable.runtimes`, `providers`, `models` and `registry`.
//!
//! If the columns of a function change, its new name has the version that changed them. Under the former symbol, objects of
//! another version would read columns that do not exist (CONTRIBUTING, "A new version").

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::datum::{Date, TimestampWithTimeZone};
use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};
use registry::ListedId;

use crate::in_force::{self, InForce};
use postgres::interrupts;
use postgres::sql_text::SqlText;

/// A row for each runtime, in the registry's order.
#[pg_extern(sql = false)]
fn registry_runtimes_0_2() -> TableIterator<
    'static,
    (
        name!(runtime, SqlText),
        name!(display_name, Option<SqlText>),
        name!(default_model, Option<SqlText>),
        name!(models, i64),
        name!(providers, i64),
    ),
> {
    let registry = in_force::current();
    let count_of_runtimes = registry.image().runtimes().len();
    TableIterator::new((0..count_of_runtimes).inspect(|_| interrupts::check()).map(move |position| {
        let image = registry.image();
        let runtime = image.runtime(position);
        (
            SqlText::shown(runtime.name()),
            runtime.display_name().map(SqlText::shown),
            runtime.default_model().map(SqlText::shown),
            // Several providers can list the same id. It is one model to choose.
            count(runtime.distinct_models().inspect(|_| interrupts::check()).count()),
            count(runtime.arms().len()),
        )
    }))
}

/// A row for each provider of the catalogue, in the registry's order.
#[pg_extern(sql = false)]
fn registry_providers_0_2() -> TableIterator<
    'static,
    (
        name!(provider, SqlText),
        name!(display_name, SqlText),
        name!(billing, &'static str),
        name!(auth_env, Vec<SqlText>),
    ),
> {
    let registry = in_force::current();
    let count_of_providers = registry.image().providers().len();
    TableIterator::new((0..count_of_providers).inspect(|_| interrupts::check()).map(move |position| {
        let image = registry.image();
        let provider = image.provider(position);
        (
            SqlText::shown(provider.name()),
            SqlText::shown(provider.display_name()),
            provider.billing().as_str(),
            provider.auth_env().map(SqlText::shown).collect(),
        )
    }))
}

/// The rows for objects of former versions, without announcements.
#[pg_extern(sql = false)]
fn registry_models_0_2() -> TableIterator<
    'static,
    (
        name!(runtime, SqlText),
        name!(model, Option<SqlText>),
        name!(provider, SqlText),
        name!(billing, &'static str),
        name!(status, Option<&'static str>),
        name!(pattern, Option<SqlText>),
    ),
> {
    TableIterator::new(model_rows().map(|(runtime, model, provider, billing, status, pattern, ..)| {
        (runtime, model, provider, billing, status, pattern)
    }))
}

/// A row for each id that an arm lists, and one for each pattern by which an arm takes other ids, in the registry's order.
#[pg_extern(sql = false)]
fn registry_models_0_3() -> TableIterator<
    'static,
    (
        name!(runtime, SqlText),
        name!(model, Option<SqlText>),
        name!(provider, SqlText),
        name!(billing, &'static str),
        name!(status, Option<&'static str>),
        name!(pattern, Option<SqlText>),
        name!(retires, Option<Date>),
        name!(since, Option<Date>),
        name!(replacement, Option<SqlText>),
    ),
> {
    TableIterator::new(model_rows())
}

type ModelRow = (
    SqlText,
    Option<SqlText>,
    SqlText,
    &'static str,
    Option<&'static str>,
    Option<SqlText>,
    Option<Date>,
    Option<Date>,
    Option<SqlText>,
);

fn model_rows() -> impl Iterator<Item = ModelRow> {
    let registry = in_force::current();
    let image = registry.image();
    let arms = image.runtimes().enumerate().flat_map(|(runtime, record)| {
        (0..record.arms().len()).inspect(|_| interrupts::check()).map(move |arm| (runtime, arm))
    });
    // Collects the positions of the arms, because the borrow of the registry ends before the rows are fetched.
    let arms: Vec<_> = arms.collect();
    arms.into_iter().flat_map(move |(runtime, arm)| rows_of_arm(&registry, runtime, arm))
}

fn rows_of_arm(registry: &InForce, runtime: usize, arm: usize) -> Vec<ModelRow> {
    let image = registry.image();
    let runtime = image.runtime(runtime);
    let Some(arm) = runtime.arms().nth(arm) else { return Vec::new() };
    let names = || (SqlText::shown(runtime.name()), SqlText::shown(arm.provider().name()));
    let billing = arm.provider().billing().as_str();
    let row = |listed: ListedId, status: &'static str| {
        let (runtime_name, provider) = names();
        let date = listed.date.and_then(sql_date);
        let (retires, since) = if status == "withdrawn" { (None, date) } else { (date, None) };
        let (id, replacement) = (SqlText::shown(listed.id), listed.replacement.map(SqlText::shown));
        (runtime_name, Some(id), provider, billing, Some(status), None, retires, since, replacement)
    };
    let status = |id| if runtime.default_model() == Some(id) { "default" } else { "offered" };
    let offered = arm.offered().map(|listed| row(listed, status(listed.id)));
    let ids = offered.chain(arm.withdrawn().map(|listed| row(listed, "withdrawn")));
    let pattern = arm.pattern().map(|pattern| {
        let (runtime_name, provider) = names();
        (runtime_name, None, provider, billing, None, Some(SqlText::shown(pattern)), None, None, None)
    });
    ids.chain(pattern).inspect(|_| interrupts::check()).collect()
}

/// A day as PostgreSQL's type.
pub fn sql_date(date: registry::Date) -> Option<Date> {
    let (year, month, day) = date.parts();
    Date::new(year.into(), month, day).ok()
}

/// The row about the registry in force, for objects of former versions.
#[pg_extern(sql = false)]
fn registry_itself() -> TableIterator<
    'static,
    (
        name!(schema_version, i32),
        name!(sha256, String),
        name!(runtimes, i64),
        name!(providers, i64),
        name!(models, i64),
        name!(extension_version, &'static str),
    ),
> {
    TableIterator::once(described(&in_force::current()))
}

/// The row about the registry in force, with the number of its release if the database has one.
#[pg_extern(sql = false)]
fn registry_itself_0_3() -> TableIterator<
    'static,
    (
        name!(schema_version, i32),
        name!(sha256, String),
        name!(runtimes, i64),
        name!(providers, i64),
        name!(models, i64),
        name!(extension_version, &'static str),
        name!(source, &'static str),
        name!(release, Option<i32>),
        name!(released_at, Option<TimestampWithTimeZone>),
        name!(released_by, Option<SqlText>),
        name!(note, Option<SqlText>),
        name!(built_in_sha256, String),
        name!(external_runtimes, Vec<SqlText>),
    ),
> {
    let registry = in_force::current();
    let (schema_version, sha256, runtimes, providers, models, version) = described(&registry);
    let release = registry.release();
    let text = |text: Option<&Vec<u8>>| text.map(|text| SqlText::of_database(text));
    TableIterator::once((
        schema_version,
        sha256,
        runtimes,
        providers,
        models,
        version,
        if registry.is_built_in() { "built in" } else { "release" },
        release.map(|release| release.number),
        release.and_then(|release| TimestampWithTimeZone::try_from(release.released_at?).ok()),
        text(release.and_then(|release| release.released_by.as_ref())),
        text(release.and_then(|release| release.note.as_ref())),
        hexadecimal(in_force::BUILT_IN.sha256()),
        registry.image().external_runtimes().map(SqlText::shown).collect(),
    ))
}

fn described(registry: &InForce) -> (i32, String, i64, i64, i64, &'static str) {
    let image = registry.image();
    let models = image.runtimes().inspect(|_| interrupts::check()).map(|runtime| runtime.models().count()).sum();
    (
        i32::try_from(image.schema_version()).unwrap_or(i32::MAX),
        hexadecimal(image.sha256()),
        count(image.runtimes().len()),
        count(image.providers().len()),
        count(models),
        env!("CARGO_PKG_VERSION"),
    )
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
