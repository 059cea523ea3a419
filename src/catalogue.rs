//! The registry as rows: what the views `routable.runtimes`, `providers`, `models` and `registry` select from.
//!
//! A function whose columns changed is named after the version that changed them: under the former symbol, objects of
//! another version would read columns that are not there (CONTRIBUTING, "Releases").

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};

use crate::compiled::REGISTRY;
use crate::postgres::interrupts;
use crate::postgres::sql_text::SqlText;

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
    TableIterator::new(REGISTRY.runtimes().inspect(|_| interrupts::check()).map(|runtime| {
        (
            SqlText::shown(runtime.name()),
            runtime.display_name().map(SqlText::shown),
            runtime.default_model().map(SqlText::shown),
            // Several providers can list the same id, which is one model to choose.
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
    TableIterator::new(REGISTRY.providers().inspect(|_| interrupts::check()).map(|provider| {
        (
            SqlText::shown(provider.name()),
            SqlText::shown(provider.display_name()),
            provider.billing().as_str(),
            provider.auth_env().map(SqlText::shown).collect(),
        )
    }))
}

/// A row for each id that an arm lists, and one with the pattern for each arm, in the registry's order.
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
    TableIterator::new(REGISTRY.runtimes().inspect(|_| interrupts::check()).flat_map(|runtime| {
        runtime.arms().flat_map(move |arm| {
            let provider = arm.provider();
            let row = move |model: Option<&str>, status: Option<&'static str>, pattern: Option<&str>| {
                let names = (SqlText::shown(runtime.name()), SqlText::shown(provider.name()));
                let (model, pattern) = (model.map(SqlText::shown), pattern.map(SqlText::shown));
                (names.0, model, names.1, provider.billing().as_str(), status, pattern)
            };
            let is_default = move |id| runtime.default_model() == Some(id);
            let offered = move |id| row(Some(id), Some(if is_default(id) { "default" } else { "offered" }), None);
            let withdrawn = move |id| row(Some(id), Some("withdrawn"), None);
            let ids = arm.models().map(offered).chain(arm.withdrawn_models().map(withdrawn));
            let pattern = std::iter::once_with(move || row(None, None, Some(provider.pattern())));
            ids.chain(pattern).inspect(|_| interrupts::check())
        })
    }))
}

/// The one row that tells which registry this library was built with.
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
    TableIterator::once((
        i32::try_from(REGISTRY.schema_version()).unwrap_or(i32::MAX),
        REGISTRY.sha256().iter().map(|byte| format!("{byte:02x}")).collect(),
        count(REGISTRY.runtimes().len()),
        count(REGISTRY.providers().len()),
        count(REGISTRY.runtimes().inspect(|_| interrupts::check()).map(|runtime| runtime.models().count()).sum()),
        env!("CARGO_PKG_VERSION"),
    ))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
