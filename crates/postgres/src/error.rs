//! Errors with every field that PostgreSQL has for them (manual: "Error and Notice Message Fields").

use std::ffi::{CString, c_char};

use pgrx::pg_sys;

use super::encoding::to_message;

pub use pgrx::PgSqlErrorCode as SqlState;

/// Where a report that is not an error is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// To the client.
    Notice,
    /// To the client. Up to PostgreSQL 13, also to the server's log.
    Warning,
    /// To the server's log only, without the statement and its context, which would be the same in each report.
    ServerLog,
}

/// What a client gets. Text is UTF-8; fields that are `None` are left out.
pub struct Report {
    pub sql_state: SqlState,
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
    pub schema: Option<String>,
    pub table: Option<String>,
    pub column: Option<String>,
    pub constraint: Option<String>,
}

impl Report {
    pub fn new(sql_state: SqlState, message: impl Into<String>) -> Report {
        Report {
            sql_state,
            message: message.into(),
            detail: None,
            hint: None,
            schema: None,
            table: None,
            column: None,
            constraint: None,
        }
    }

    /// Raises an ERROR, which ends the statement.
    pub fn throw(self) -> ! {
        self.send(pgrx::PgLogLevel::ERROR as i32);
        unreachable!("an ERROR does not return")
    }

    /// Reports something, and goes on.
    pub fn emit(self, level: Level) {
        self.send(match level {
            Level::Notice => pgrx::PgLogLevel::NOTICE as i32,
            #[cfg(feature = "pg13")]
            Level::Warning => pgrx::PgLogLevel::WARNING as i32,
            #[cfg(not(feature = "pg13"))]
            Level::Warning => pg_sys::WARNING_CLIENT_ONLY as i32,
            Level::ServerLog => pgrx::PgLogLevel::LOG_SERVER_ONLY as i32,
        });
    }

    fn send(self, level: i32) {
        let text = |text: &Option<String>| text.as_deref().map_or(std::ptr::null_mut(), palloc_text);
        let mut data = pg_sys::ErrorData {
            elevel: level,
            sqlerrcode: self.sql_state as i32,
            message: palloc_text(&self.message),
            detail: text(&self.detail),
            hint: text(&self.hint),
            schema_name: text(&self.schema),
            table_name: text(&self.table),
            column_name: text(&self.column),
            constraint_name: text(&self.constraint),
            ..Default::default()
        };
        // SAFETY: the data is complete, and its strings are palloc'd, so that they outlive this frame, which the error unwinds.
        // The callback stands on this frame, and is taken off before it ends; an error takes it off as well.
        unsafe {
            data.assoc_context = pg_sys::CurrentMemoryContext;
            let previous = pg_sys::error_context_stack;
            let mut hide =
                pg_sys::ErrorContextCallback { previous, callback: Some(hide_statement), arg: std::ptr::null_mut() };
            if level < pgrx::PgLogLevel::ERROR as i32 {
                pg_sys::error_context_stack = &mut hide;
            }
            pg_sys::ThrowErrorData(&mut data);
            pg_sys::error_context_stack = previous;
        }
    }
}

/// Called while a report is put together.
unsafe extern "C-unwind" fn hide_statement(_: *mut std::ffi::c_void) {
    // SAFETY: PostgreSQL calls this for the report that it is working on.
    unsafe {
        pg_sys::errhidestmt(true);
        pg_sys::errhidecontext(true);
    }
}

/// A copy in the current memory context, in the database's encoding.
fn palloc_text(text: &str) -> *mut c_char {
    let text: CString = to_message(text);
    // SAFETY: the source is a C string; pstrdup copies it.
    unsafe { pg_sys::pstrdup(text.as_ptr()) }
}
