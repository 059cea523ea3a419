//! A trigger that cannot guard. Each fault is an error of the statement, so that no row passes without being judged.

use std::borrow::Cow;

use postgres::error::{Report, SqlState};

/// The types of columns that a guard reads.
pub const READABLE_TYPES: &str =
    "The guard reads text, varchar, char(n), citext, name, enums without a cast to text, and domains over these.";

/// What is wrong with the trigger that called the guard. Arguments and values are already quoted.
#[derive(Debug, thiserror::Error)]
pub enum GuardFault {
    #[error("function routable.guard() must be called as a trigger")]
    NotATriggerCall,
    #[error("trigger \"{trigger}\" must be FOR EACH ROW to call routable.guard()")]
    NotForEachRow { trigger: String },
    #[error("trigger \"{trigger}\" must be BEFORE or AFTER to call routable.guard()")]
    InsteadOf { trigger: String },
    #[error("trigger \"{trigger}\" must be for INSERT or UPDATE to call routable.guard()")]
    WrongEvent { trigger: String },
    #[error("malformed argument {argument} of trigger \"{trigger}\"")]
    MalformedArgument { trigger: String, argument: String },
    #[error("unrecognized argument {argument} of trigger \"{trigger}\"")]
    UnknownArgument { trigger: String, argument: String },
    #[error("argument {argument} of trigger \"{trigger}\" repeats a setting")]
    RepeatedArgument { trigger: String, argument: String },
    #[error("trigger \"{trigger}\" lacks the argument \"{key}=...\"")]
    MissingArgument { trigger: String, key: &'static str },
    #[error("invalid value for argument \"{key}\" of trigger \"{trigger}\": {value}")]
    InvalidSetting { trigger: String, key: &'static str, value: String },
    #[error("column \"{column}\" of relation \"{relation}\", which trigger \"{trigger}\" guards, does not exist")]
    NoSuchColumn { trigger: String, column: String, relation: String },
    #[error("trigger \"{trigger}\" of relation \"{relation}\" names other columns than the guard's condition reads")]
    OtherColumns { trigger: String, relation: String, columns: Vec<String> },
    #[error("column \"{column}\" of relation \"{relation}\" is generated and cannot be guarded before it is computed")]
    GeneratedColumn { column: String, relation: String },
    #[error("column \"{column}\" of relation \"{relation}\" is a virtual generated column, which triggers cannot read")]
    VirtualColumn { column: String, relation: String },
    #[error("column \"{column}\" of relation \"{relation}\" has type {type_name}, which routable.guard() cannot read")]
    UnreadableType { column: String, relation: String, type_name: String },
}

impl GuardFault {
    fn sql_state(&self) -> SqlState {
        match self {
            GuardFault::NotATriggerCall
            | GuardFault::NotForEachRow { .. }
            | GuardFault::InsteadOf { .. }
            | GuardFault::WrongEvent { .. } => SqlState::ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED, // 39P01
            GuardFault::MalformedArgument { .. }
            | GuardFault::UnknownArgument { .. }
            | GuardFault::RepeatedArgument { .. }
            | GuardFault::MissingArgument { .. }
            | GuardFault::InvalidSetting { .. } => SqlState::ERRCODE_INVALID_PARAMETER_VALUE, // 22023
            GuardFault::NoSuchColumn { .. } => SqlState::ERRCODE_UNDEFINED_COLUMN, // 42703
            GuardFault::OtherColumns { .. } => SqlState::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, // 55000
            GuardFault::GeneratedColumn { .. } | GuardFault::VirtualColumn { .. } => {
                SqlState::ERRCODE_FEATURE_NOT_SUPPORTED // 0A000
            }
            GuardFault::UnreadableType { .. } => SqlState::ERRCODE_DATATYPE_MISMATCH, // 42804
        }
    }

    fn detail(&self) -> Option<Cow<'static, str>> {
        match self {
            GuardFault::MalformedArgument { .. }
            | GuardFault::UnknownArgument { .. }
            | GuardFault::RepeatedArgument { .. }
            | GuardFault::MissingArgument { .. }
            | GuardFault::InvalidSetting { .. } => Some(
                "The guard takes the arguments \"runtime=column\", \"model=column\" and \"constraint=name\", each once, \
                 and may take \"on_mismatch=raise|warn|reset\", \"unknown_runtime=allow|deny\", \"near_miss=allow|warn|deny\" \
                 and \"replicas=true\"."
                    .into(),
            ),
            GuardFault::UnreadableType { .. } => Some(READABLE_TYPES.into()),
            GuardFault::OtherColumns { columns, .. } => Some(
                format!(
                    "The condition reads \"{}\": columns were renamed, and a condition stays with its column.",
                    columns.join("\" and \"")
                )
                .into(),
            ),
            _ => None,
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            GuardFault::OtherColumns { .. } => "Attach the guard to the columns that it is meant for.",
            GuardFault::NoSuchColumn { .. } => {
                "If the column was renamed, attach the guard again: SELECT routable.attach(table, runtime_column => ..., \
                 model_column => ...). If it was dropped, detach the guard of the former columns: SELECT routable.detach(table, \
                 runtime_column => ..., model_column => ...)."
            }
            GuardFault::GeneratedColumn { .. } => {
                "Attach the guard with before_update => false, which judges the row after it is computed."
            }
            GuardFault::VirtualColumn { .. } => "Attach the guard with mechanism => 'check'.",
            GuardFault::UnreadableType { .. } => "Change the column's type, or detach the guard.",
            _ => "Let routable.attach() create the triggers.",
        }
    }

    /// Raises the fault as an error.
    #[cold]
    pub fn throw(self) -> ! {
        let mut report = Report::new(self.sql_state(), self.to_string());
        report.detail = self.detail().map(Cow::into_owned);
        report.hint = Some(self.hint().to_owned());
        report.throw()
    }
}
