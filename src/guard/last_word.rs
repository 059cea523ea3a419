//! Whether an AFTER trigger judges the same row again, so that the BEFORE trigger does not need to warn.

use super::Plan;
use super::strictness::{NearMiss, Strictness, UnknownRuntime};
use crate::entry::{model_routable_lookup, model_routable_passes};
use postgres::expression::NodeTree;
use postgres::function::is_entry;
use postgres::row_call::RowCall;

/// Whether a trigger with the last word will still judge the row.
pub fn is_to_come(call: &RowCall, plan: &Plan) -> bool {
    call.has_last_word(|condition| covers(condition, plan))
}

/// Whether the condition is true for every pair that the guard refuses or warns of. It can be the lookup, alone or with
/// alternatives, if the guard is no stricter; `routable.passes` with settings that are as strict; or the condition of 0.2.0
/// for a guard that denies unknown runtimes.
fn covers(condition: &NodeTree, plan: &Plan) -> bool {
    let Some(outline) = condition.outline() else { return false };
    let (text, has_alternatives) = match outline.strip_prefix("or(") {
        Some(text) => (text, true),
        None => (outline.as_str(), false),
    };
    let Some((function, rest)) = text.strip_prefix("not(").and_then(|call| call.split_once('(')) else { return false };
    let Ok(function) = function.parse::<u32>() else { return false };
    let columns = format!("2.{},2.{}", plan.columns.runtime.number(), plan.columns.model.number());
    let Some(rest) = rest.strip_prefix(&columns) else { return false };
    if let Some(rest) = rest.strip_prefix("))") {
        let is_strict = plan.settings.strictness.near_miss != NearMiss::Allow
            || plan.settings.strictness.unknown_runtime == UnknownRuntime::Deny && !has_alternatives;
        return !is_strict && (rest.is_empty() || has_alternatives) && is_entry(function.into(), model_routable_lookup);
    }
    let settings = rest.strip_suffix("'))").and_then(|rest| rest.strip_prefix(",'")?.split_once("','"));
    !has_alternatives
        && settings.is_some_and(|settings| are_as_strict(settings, plan.settings.strictness))
        && is_entry(function.into(), model_routable_passes)
}

/// Whether `routable.passes` with these settings is false for every pair that a guard of this strictness refuses or warns of.
fn are_as_strict((unknown_runtime, near_miss): (&str, &str), strictness: Strictness) -> bool {
    let unknown = UnknownRuntime::named(unknown_runtime.as_bytes());
    let near = NearMiss::named(near_miss.as_bytes());
    let denies_unknown = unknown == Some(UnknownRuntime::Deny);
    let speaks_of_near = matches!(near, Some(NearMiss::Warn | NearMiss::Deny));
    unknown.is_some()
        && near.is_some()
        && (denies_unknown || strictness.unknown_runtime == UnknownRuntime::Allow)
        && (speaks_of_near || strictness.near_miss == NearMiss::Allow)
}
