//! What `routable.guards`, attach and audit need beyond PostgreSQL's catalogs.

use pgrx::pg_extern;

use crate::guard::READABLE_TYPES;
use postgres::column_type;
use postgres::error::{Report, SqlState};
use postgres::relation;
use postgres::sql_text::{AnyArgument, NodeTreeArgument, SqlText, TextArgument};

/// In bytes: an expression of a guard takes about 1,500.
const LONGEST: usize = 16384;

/// `routable.expression_outline`: see [`NodeTree::outline`](postgres::expression::NodeTree::outline).
#[pg_extern(sql = false)]
fn expression_outline(tree: NodeTreeArgument) -> Option<SqlText> {
    // An expression that is longer is not a guard's, and a caller would choose the size of its copy.
    let outline = tree.read(LONGEST)?.outline()?;
    Some(SqlText::shown(&outline))
}

/// `routable.column_text`: a value as text, read as a guard reads it, so that no cast of the type's owner runs.
#[pg_extern(sql = false)]
fn column_text<'a>(value: AnyArgument<'a>) -> TextArgument<'a> {
    match column_type::text_of(value) {
        Ok(text) => TextArgument::new(text),
        Err(type_name) => Report {
            detail: Some(READABLE_TYPES.to_owned()),
            ..Report::new(
                SqlState::ERRCODE_DATATYPE_MISMATCH, // 42804
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

/// `routable.has_pending_events`: see [`relation::has_pending_events`].
#[pg_extern(sql = false)]
fn has_pending_events(table: pgrx::pg_sys::Oid) -> bool {
    relation::has_pending_events(table)
}
