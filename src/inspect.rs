//! What `routable.guards`, attach and audit ask of PostgreSQL beyond its catalogues.

use std::ffi::CStr;

use pgrx::{AnyElement, pg_extern};

use crate::guard::READABLE_TYPES;
use crate::postgres::column_type;
use crate::postgres::error::{Report, SqlState};
use crate::postgres::expression;
use crate::postgres::relation;
use crate::postgres::sql_text::{SqlText, TextArgument};

/// In bytes: an expression of a guard takes about 1,500.
const LONGEST: usize = 16384;

/// `routable.expression_outline`: see [`expression::outline`].
#[pg_extern(sql = false)]
fn expression_outline(tree: TextArgument) -> Option<SqlText> {
    // Longer than any that a guard has. A copy of more would be of a size that a caller chooses.
    if tree.bytes().len() > LONGEST {
        return None;
    }
    let tree = [tree.bytes(), b"\0"].concat();
    let outline = expression::outline(CStr::from_bytes_until_nul(&tree).ok()?)?;
    Some(SqlText::from_utf8(&outline))
}

/// `routable.column_text`: a value as a guard reads it, so that no cast of the type's owner runs.
#[pg_extern(sql = false)]
fn column_text<'a>(value: AnyElement) -> TextArgument<'a> {
    match column_type::text_of(value) {
        Ok(text) => TextArgument::new(text),
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

/// `routable.is_in_use`: see [`relation::is_in_use`].
#[pg_extern(sql = false)]
fn is_in_use(table: pgrx::pg_sys::Oid) -> bool {
    relation::is_in_use(table)
}
