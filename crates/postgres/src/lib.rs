//! PostgreSQL's C interface as safe types. All `unsafe` code of the extension is here. The crate does not depend on the
//! registry.

mod allocator;
pub mod backend;
pub mod bytea;
pub mod call;
pub mod column_type;
pub mod encoding;
pub mod error;
pub mod expression;
mod extension_table;
pub mod function;
pub mod interrupts;
pub mod invalidation;
mod kept_plans;
pub mod last_word;
pub mod library;
mod list;
pub mod memory;
pub mod own_table;
pub mod parameter;
pub mod privileges;
pub mod relation;
pub mod row;
pub mod row_call;
mod row_version;
pub mod sql_text;
pub mod statement;
mod storage;
pub mod text;
pub mod trigger;
