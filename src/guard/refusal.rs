//! The refusal: what the writer of an unroutable pair gets to read (README, "The error").

use registry::Verdict;

use super::Changed;
use super::arguments::{self, Arguments};
use super::columns::{Column, Columns};
use super::quote::quoted;
use crate::compiled::REGISTRY;
use crate::lookup::{Pair, suggestion};
use crate::postgres::encoding::Encoding;
use crate::postgres::error::{Report, SqlState};
use crate::postgres::relation::to_utf8;
use crate::postgres::trigger::TriggerCall;

/// As many ids as a HINT lists.
const LISTED_IDS: usize = 3;

/// Raises the error for a pair that is not routable.
#[cold]
pub fn refuse(
    call: &TriggerCall,
    columns: &Columns,
    changed: Changed,
    verdict: &Verdict,
    runtime: Option<&[u8]>,
    model: Option<&[u8]>,
) -> ! {
    let Arguments { constraint, .. } = arguments::parse(call).unwrap_or_else(|fault| fault.throw());
    let pair = Pair::converted(Encoding::of_database(), runtime, model);
    let visible = Visible::to_role(call, columns);
    let relation = call.relation();
    let constraint = to_utf8(&constraint);
    let subject = subject(&pair, &visible);
    let message =
        format!("{subject}: new row for relation \"{}\" violates check constraint \"{constraint}\"", relation.name());
    let column = if changed.runtime { columns.runtime } else { columns.model };
    let mut report = Report::new(SqlState::ERRCODE_CHECK_VIOLATION, message);
    report.detail = Some(format!("{}: {}", verdict.code.as_str(), verdict.code.reason()));
    report.hint = Some(hint(&pair, &visible, verdict));
    report.schema = relation.schema();
    report.table = Some(relation.name());
    report.column = relation.column_name(column.number);
    report.constraint = Some(constraint);
    report.throw()
}

/// Which values the message may show: none where row-level security applies to the role, else those of columns that
/// the role may read or has set in this statement, as PostgreSQL does it for its own constraints
/// (`ExecBuildSlotValueDescription`). What an INSERT sets cannot be seen from a trigger, and counts as not set.
struct Visible {
    runtime: bool,
    model: bool,
}

impl Visible {
    fn to_role(call: &TriggerCall, columns: &Columns) -> Visible {
        let relation = call.relation();
        let open = !relation.has_row_security();
        let may_show = |column: Column| open && (relation.may_select(column.number) || call.sets(column.number));
        Visible { runtime: may_show(columns.runtime), model: may_show(columns.model) }
    }
}

fn subject(pair: &Pair, visible: &Visible) -> String {
    let model = pair.model().filter(|_| visible.model).map(|model| quoted(model.as_bytes()));
    let runtime = pair.runtime().filter(|_| visible.runtime).map(quoted);
    let model = model.map_or_else(|| "model".to_owned(), |model| format!("model {model}"));
    let runtime = runtime.map_or_else(|| "its runtime".to_owned(), |runtime| format!("runtime {runtime}"));
    format!("{model} is not routable on {runtime}")
}

fn hint(pair: &Pair, visible: &Visible, verdict: &Verdict) -> String {
    let Some(runtime) = verdict.runtime.filter(|_| visible.runtime && visible.model) else {
        return "To see why, call routable.explain(runtime, model) with the values of the row.".to_owned();
    };
    let runtime = REGISTRY.runtime(runtime);
    let mut hint = String::new();
    if let Some(id) = suggestion(verdict, pair.model()) {
        hint += &format!("Did you mean {}? ", known(id));
    }
    let name = known(runtime.name());
    let mut ids: Vec<&str> = Vec::new();
    runtime.models().for_each(|id| {
        if !ids.contains(&id) {
            ids.push(id)
        }
    });
    let listed: Vec<_> = ids.iter().take(LISTED_IDS).map(|id| known(id)).collect();
    match ids.len() - listed.len() {
        _ if ids.is_empty() => hint += &format!("Runtime {name} lists no ids and routes by pattern."),
        0 => hint += &format!("Runtime {name} takes {}, and what matches its patterns.", listed.join(", ")),
        more => {
            hint +=
                &format!("Runtime {name} takes {} and {more} more, and what matches its patterns.", listed.join(", "))
        }
    }
    hint += " To list them: SELECT * FROM routable.models WHERE runtime = ";
    hint + &format!("'{}';", runtime.name().replace('\'', "''"))
}

/// An id of the registry. A database whose encoding lacks its characters could not send the message as it is.
fn known(id: &str) -> String {
    match Encoding::of_database() {
        Encoding::Other if !id.is_ascii() => format!("\"{}\"", id.escape_default()),
        _ => quoted(id.as_bytes()),
    }
}
