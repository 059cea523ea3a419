//! The functions of this library that releases need (sql/releases.sql).

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};
use postgres::own_table::AsOf;
use postgres::sql_text::SqlText;

use crate::in_force;

/// The number and text of the last release that is committed now, or that this transaction stored. The transaction's snapshot
/// can be older. No row if there is none.
#[pg_extern(sql = false)]
fn last_release() -> TableIterator<'static, (name!(number, i32), name!(source, Option<SqlText>))> {
    let row = in_force::table().and_then(|table| {
        table.with_last_row(AsOf::Now, |row| {
            let source = row.bytes(in_force::column::SOURCE).map(|source| SqlText::of_database(&source));
            (row.integer(in_force::column::NUMBER).unwrap_or_default(), source)
        })
    });
    TableIterator::new(row)
}

/// Reports to every session that a release was stored.
#[pg_extern(sql = false)]
fn tell_release() {
    if let Some(table) = in_force::table() {
        table.tell_change();
    }
    in_force::released_here();
}

/// Makes releases wait until this transaction ends, and waits for a release that is under way. A release cannot know of a
/// guard that is being attached or detached, so it could not wait for its writers.
#[pg_extern(sql = false)]
fn hold_releases() {
    if let Some(table) = in_force::table() {
        table.lock_as_writer();
    }
}
