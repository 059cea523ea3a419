//! Whether a trigger AFTER the write judges the same row again, so that the one BEFORE it need not speak.

use super::columns::Columns;
use crate::entry::model_routable_lookup;
use postgres::expression::NodeTree;
use postgres::function::is_entry;
use postgres::row_call::RowCall;

/// Whether the last word on the row is still to come.
pub fn is_to_come(call: &RowCall, columns: &Columns) -> bool {
    call.has_last_word(|condition| covers(condition, columns))
}

/// Whether a condition holds for every pair that is not routable: `NOT model_routable(NEW.runtime, NEW.model)`, alone or with
/// alternatives.
fn covers(condition: &NodeTree, columns: &Columns) -> bool {
    let Some(outline) = condition.outline() else { return false };
    let (text, has_alternatives) = match outline.strip_prefix("or(") {
        Some(text) => (text, true),
        None => (outline.as_str(), false),
    };
    let Some((function, rest)) = text.strip_prefix("not(").and_then(|call| call.split_once('(')) else { return false };
    let arguments = format!("2.{},2.{}))", columns.runtime.number(), columns.model.number());
    let is_whole = rest.strip_prefix(&arguments).is_some_and(|rest| rest.is_empty() || has_alternatives);
    is_whole && function.parse::<u32>().is_ok_and(|function| is_entry(function.into(), model_routable_lookup))
}
