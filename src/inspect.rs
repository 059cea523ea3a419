//! What `routable.guards`, attach and audit ask of PostgreSQL beyond its catalogues.

use std::ffi::CStr;

use pgrx::{AnyElement, pg_extern};

use crate::guard::READABLE_TYPES;
use crate::postgres::column_type;
use crate::postgres::error::{Report, SqlState};
use crate::postgres::expression;
use crate::postgres::sql_text::SqlText;

/// `routable.expression_outline`: see [`expression::outline`].
#[pg_extern(sql = false)]
fn expression_outline(tree: SqlText) -> Option<SqlText> {
    let tree = [tree.bytes(), b"\0"].concat();
    let outline = expression::outline(CStr::from_bytes_until_nul(&tree).ok()?)?;
    Some(SqlText::from_utf8(&outline))
}

/// `routable.column_text`: a value as a guard reads it, so that no cast of the type's owner runs.
#[pg_extern(sql = false)]
fn column_text(value: AnyElement) -> SqlText {
    match column_type::text_of(value) {
        Ok(text) => SqlText::of_database(text),
        Err(type_name) => Report {
            detail: Some(READABLE_TYPES.to_owned()),
            ..Report::new(
                SqlState::ERRCODE_DATATYPE_MISMATCH,
                format!("values of type {type_name} cannot be read as ids"),
            )
        }
        .throw(),
    }
}
