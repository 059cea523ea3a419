//! The registry as rows: what the views `routable.runtimes`, `providers`, `models` and `registry` select from.

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};

use crate::compiled::REGISTRY;
use crate::postgres::sql_text::SqlText;

/// A row for each runtime, in the registry's order.
#[pg_extern(sql = false)]
fn registry_runtimes() -> TableIterator<
    'static,
    (
        name!(runtime, SqlText),
        name!(display_name, Option<SqlText>),
        name!(default_model, Option<SqlText>),
        name!(providers, Vec<SqlText>),
    ),
> {
    TableIterator::new(REGISTRY.runtimes().map(|runtime| {
        (
            SqlText::from_utf8(runtime.name()),
            runtime.display_name().map(SqlText::from_utf8),
            runtime.default_model().map(SqlText::from_utf8),
            runtime.arms().map(|arm| SqlText::from_utf8(arm.provider().name())).collect(),
        )
    }))
}

/// A row for each provider of the catalogue, in the registry's order.
#[pg_extern(sql = false)]
fn registry_providers() -> TableIterator<
    'static,
    (
        name!(provider, SqlText),
        name!(display_name, SqlText),
        name!(billing, &'static str),
        name!(auth_env, Vec<SqlText>),
        name!(pattern, SqlText),
    ),
> {
    TableIterator::new(REGISTRY.providers().map(|provider| {
        (
            SqlText::from_utf8(provider.name()),
            SqlText::from_utf8(provider.display_name()),
            provider.billing().as_str(),
            provider.auth_env().map(SqlText::from_utf8).collect(),
            SqlText::from_utf8(provider.pattern()),
        )
    }))
}

/// A row for each id that an arm lists, and one with the pattern for each arm, in the registry's order.
#[pg_extern(sql = false)]
fn registry_models() -> TableIterator<
    'static,
    (
        name!(runtime, SqlText),
        name!(model, Option<SqlText>),
        name!(pattern, Option<SqlText>),
        name!(provider, SqlText),
        name!(billing, &'static str),
        name!(withdrawn, bool),
        name!(is_default, bool),
    ),
> {
    TableIterator::new(REGISTRY.runtimes().flat_map(|runtime| {
        runtime.arms().flat_map(move |arm| {
            let provider = arm.provider();
            let row = move |model: Option<&'static str>, pattern: Option<&'static str>, withdrawn: bool| {
                (
                    SqlText::from_utf8(runtime.name()),
                    model.map(SqlText::from_utf8),
                    pattern.map(SqlText::from_utf8),
                    SqlText::from_utf8(provider.name()),
                    provider.billing().as_str(),
                    withdrawn,
                    !withdrawn && model.is_some() && model == runtime.default_model(),
                )
            };
            let offered = arm.models().map(move |id| row(Some(id), None, false));
            let withdrawn = arm.withdrawn_models().map(move |id| row(Some(id), None, true));
            offered.chain(withdrawn).chain(std::iter::once_with(move || row(None, Some(provider.pattern()), false)))
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
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    TableIterator::once((
        i32::try_from(REGISTRY.schema_version()).unwrap_or(i32::MAX),
        REGISTRY.sha256().iter().map(|byte| format!("{byte:02x}")).collect(),
        count(REGISTRY.runtimes().len()),
        count(REGISTRY.providers().len()),
        count(REGISTRY.runtimes().map(|runtime| runtime.models().count()).sum()),
        env!("CARGO_PKG_VERSION"),
    ))
}
