//! The catalogue as version 0.1.0 of the extension declares it, for databases that have not been updated since: they ask
//! this library for these functions, whose columns the views of later versions no longer have.

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};

use crate::compiled::REGISTRY;
use crate::postgres::sql_text::SqlText;

/// A row for each runtime, with the names of its providers.
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

/// A row for each provider of the catalogue, with its pattern.
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

/// A row for each id that an arm lists, and one with the pattern for each arm.
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
