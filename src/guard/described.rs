//! A guard's trigger as `routable.guards` describes it: its arguments, parsed by the guard's own code.

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use std::ffi::CStr;

use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};

use super::settings::Settings;
use postgres::sql_text::{SqlText, TextArgument};

/// The maximum length of a name of PostgreSQL, in bytes (`NAMEDATALEN`).
const LONGEST_NAME: usize = 63;

/// `routable.guard_settings`: the settings in `pg_trigger.tgargs`, or the fault that makes every call of the trigger an
/// error.
#[pg_extern(sql = false)]
fn guard_settings(
    trigger: TextArgument,
    arguments: TextArgument,
) -> TableIterator<
    'static,
    (
        name!(runtime_column, Option<SqlText>),
        name!(model_column, Option<SqlText>),
        name!(constraint_name, Option<SqlText>),
        name!(on_mismatch, Option<&'static str>),
        name!(unknown_runtime, Option<&'static str>),
        name!(near_miss, Option<&'static str>),
        name!(replicas, Option<bool>),
        name!(fault, Option<SqlText>),
    ),
> {
    let name = [&trigger.bytes()[..trigger.bytes().len().min(LONGEST_NAME)], b"\0"].concat();
    let name = CStr::from_bytes_until_nul(&name).unwrap_or_default();
    // PostgreSQL ends each argument with a NUL.
    let arguments = arguments.bytes().split_inclusive(|&byte| byte == 0);
    let text = |text: &CStr| Some(SqlText::of_database(text.to_bytes()));
    TableIterator::once(
        match Settings::parse(name, arguments.filter_map(|argument| CStr::from_bytes_with_nul(argument).ok())) {
            Ok(settings) => (
                text(&settings.runtime),
                text(&settings.model),
                text(&settings.constraint),
                Some(settings.on_mismatch.as_str()),
                Some(settings.strictness.unknown_runtime.as_str()),
                Some(settings.strictness.near_miss.as_str()),
                Some(settings.replicas),
                None,
            ),
            Err(fault) => (None, None, None, None, None, None, None, Some(SqlText::shown(&fault.to_string()))),
        },
    )
}
