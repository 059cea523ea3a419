//! PostgreSQL's C interface, as safe types. The only room of this crate with `unsafe` in it; it knows nothing of the
//! registry.

#![allow(unsafe_code)]

mod allocator;
pub mod backend;
pub mod call;
pub mod column_type;
pub mod encoding;
pub mod error;
pub mod expression;
pub mod function;
pub mod interrupts;
mod memory;
pub mod parameter;
pub mod privileges;
pub mod relation;
pub mod row;
pub mod row_call;
pub mod sql_text;
pub mod text;
pub mod trigger;
