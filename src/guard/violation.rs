//! A pair that the guard does not let pass, and the message about it (README, "The error").

use registry::{Code, UNSUPPORTED_RUNTIME, Verdict, literal, near_miss, quoted};

use super::columns::Columns;
use super::settings::Settings;
use super::strictness::NearMiss;
use super::{Changed, Plan};
use crate::in_force::InForce;
use crate::lookup::{Pair, suggestions};
use crate::wording::takes;
use postgres::encoding::Encoding;
use postgres::error::{Level, Report, SqlState};
use postgres::privileges::current_role;
use postgres::relation::to_utf8;
use postgres::row::Column;
use postgres::row_call::RowCall;

/// A row of a trigger call whose pair is not let pass, with the reason.
pub struct Violation<'a, 's> {
    call: &'a RowCall<'a, 's>,
    columns: &'a Columns<'s>,
    settings: &'a Settings,
    changed: Changed,
    verdict: Verdict<'a>,
    pair: Pair<'a>,
    visible: Visible,
}

/// Which values a message may show: none if row-level security applies to the role, else values of columns that the role may
/// read or has set in this statement. PostgreSQL does the same for its own constraints (`ExecBuildSlotValueDescription`). A
/// trigger cannot see what an INSERT sets, so an INSERT counts as setting no column.
struct Visible {
    runtime: bool,
    model: bool,
}

impl Visible {
    fn to_role<'s>(call: &RowCall<'_, 's>, columns: &Columns<'s>) -> Visible {
        let relation = call.relation();
        let open = !relation.has_row_security();
        let may_show = |column: Column<'s>| open && (relation.may_select(column.number()) || call.sets(column));
        Visible { runtime: may_show(columns.runtime), model: may_show(columns.model) }
    }
}

impl<'a, 's> Violation<'a, 's> {
    pub fn new(
        registry: &'a InForce,
        call: &'a RowCall<'a, 's>,
        plan: &'a Plan<'s>,
        changed: Changed,
        runtime: Option<&'a [u8]>,
        model: Option<&'a [u8]>,
    ) -> Violation<'a, 's> {
        let pair = Pair::of_database(runtime, model);
        let verdict = pair.judge(registry);
        let Plan { columns, settings, .. } = plan;
        Violation { call, columns, settings, changed, verdict, pair, visible: Visible::to_role(call, columns) }
    }

    /// Whether the pair is only a near miss.
    fn is_near_miss(&self) -> bool {
        self.settings.strictness.admits(self.verdict.code)
    }

    /// Whether the guard's settings only warn of it.
    pub fn is_only_warned_of(&self) -> bool {
        self.is_near_miss() && self.settings.strictness.near_miss != NearMiss::Deny
    }

    /// The model that a workspace of the row's runtime starts with. None if the database's encoding lacks a character of it.
    pub fn default_model(&self) -> Option<&'a str> {
        let model = self.verdict.runtime()?.default_model();
        model.filter(|model| Encoding::of_database().try_convert_utf8(model).is_some())
    }

    pub fn pair(&self) -> &Pair<'a> {
        &self.pair
    }

    /// Raises an error, which ends the statement.
    pub fn refuse(&self) -> ! {
        // 23514
        self.report(SqlState::ERRCODE_CHECK_VIOLATION, "violates").throw()
    }

    /// Sends a WARNING to the client that the row is stored all the same, and writes to the server's log which role stored
    /// it.
    pub fn warn(&self) {
        self.report(SqlState::ERRCODE_WARNING, "is stored in spite of").emit(Level::Warning);
        let value = |id: Option<&[u8]>| id.map_or_else(|| "NULL".to_owned(), quoted);
        self.log(&format!(
            "{} stored in relation {} by role \"{}\": runtime {}, model {}, {}",
            if self.is_near_miss() { "near miss" } else { "unroutable pair" },
            self.qualified_name(),
            current_role(),
            value(self.pair.runtime()),
            value(self.pair.model().map(|model| model.as_bytes())),
            self.code(),
        ));
    }

    /// The same as a count, for a statement that stores more distinct pairs than anybody would read.
    pub fn warn_of_count(&self, rows: u64) {
        let relation = self.qualified_name();
        let message = format!("{rows} rows are stored in relation {relation} in spite of the guard so far");
        let mut report = Report::new(SqlState::ERRCODE_WARNING, message);
        report.hint = Some("To list the pairs: SELECT * FROM routable.audit(table);".to_owned());
        report.emit(Level::Warning);
        self.log(&format!(
            "{rows} rows stored in relation {relation} by role \"{}\" in spite of the guard so far",
            current_role()
        ));
    }

    fn qualified_name(&self) -> String {
        let relation = self.call.relation();
        format!("\"{}.{}\"", relation.schema().unwrap_or_default(), relation.name())
    }

    fn log(&self, message: &str) {
        Report::new(SqlState::ERRCODE_SUCCESSFUL_COMPLETION, message).emit(Level::ServerLog);
    }

    /// Sends a NOTICE with the model that the row got instead.
    pub fn tell_reset(&self, model: &str) {
        let relation = self.call.relation().name();
        let message = match self.pair.runtime().filter(|_| self.visible.runtime) {
            Some(runtime) => format!(
                "model of relation \"{relation}\" is reset to {}, the default of runtime {}",
                quoted(model),
                quoted(runtime)
            ),
            None => format!("model of relation \"{relation}\" is reset to the default of its new runtime"),
        };
        let mut report = Report::new(SqlState::ERRCODE_SUCCESSFUL_COMPLETION, message);
        report.detail = Some(format!("{}: {}", self.code(), self.reason()));
        report.emit(Level::Notice);
    }

    /// The code of the refusal. A runtime that this guard denies, and the lookup passes, has its own code.
    fn code(&self) -> &'static str {
        match self.verdict.code {
            _ if self.is_near_miss() => "NEAR_MISS",
            Code::UnknownRuntime => "RUNTIME_UNSUPPORTED",
            code => code.as_str(),
        }
    }

    fn reason(&self) -> &'static str {
        match self.verdict.code {
            code if self.is_near_miss() => near_miss(code),
            Code::UnknownRuntime => UNSUPPORTED_RUNTIME,
            code => code.reason(),
        }
    }

    fn report(&self, sql_state: SqlState, verb: &str) -> Report {
        let relation = self.call.relation();
        let constraint = to_utf8(&self.settings.constraint);
        let message = format!(
            "{}: new row for relation \"{}\" {verb} check constraint \"{constraint}\"",
            self.subject(),
            relation.name()
        );
        let column = if self.changed.runtime { self.columns.runtime } else { self.columns.model };
        let mut report = Report::new(sql_state, message);
        report.detail = Some(format!("{}: {}", self.code(), self.reason()));
        report.hint = Some(self.hint());
        report.schema = relation.schema();
        report.table = Some(relation.name());
        report.column = relation.column_name(column.number());
        report.constraint = Some(constraint);
        report
    }

    fn subject(&self) -> String {
        let model = self.pair.model().filter(|_| self.visible.model).map(|model| quoted(model.as_bytes()));
        let runtime = self.pair.runtime().filter(|_| self.visible.runtime).map(quoted);
        let model = model.map_or_else(|| "model".to_owned(), |model| format!("model {model}"));
        let runtime = runtime.map_or_else(|| "its runtime".to_owned(), |runtime| format!("runtime {runtime}"));
        match self.verdict.code {
            Code::UnknownRuntime if self.is_near_miss() => format!("{runtime} is nearly a registered one"),
            _ if self.is_near_miss() => format!("{model} is nearly one that {runtime} lists"),
            _ => format!("{model} is not routable on {runtime}"),
        }
    }

    fn hint(&self) -> String {
        if !(self.visible.runtime && self.visible.model) {
            return "To see why, call routable.explain(runtime, model) with the values of the row.".to_owned();
        }
        let meant = match suggestions(&self.verdict, &self.pair).first() {
            Some(meant) if self.verdict.replacement() == Some(meant.name) => {
                format!("Its replacement is {}. ", quoted(meant.name))
            }
            Some(meant) => format!("Did you mean {}? ", quoted(meant.name)),
            None => String::new(),
        };
        let Some(runtime) = self.verdict.runtime() else {
            return meant + "To list the runtimes that are registered: SELECT * FROM routable.runtimes;";
        };
        let list = match literal(runtime.name()) {
            Some(name) => format!("To list them: SELECT * FROM routable.models WHERE runtime = {name};"),
            None => "To list those of every runtime: SELECT * FROM routable.models;".to_owned(),
        };
        format!("{meant}Runtime {}. {list}", takes(runtime))
    }
}
