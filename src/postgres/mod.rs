//! PostgreSQL's C interface, as safe types. The only room of this crate with `unsafe` in it; it knows nothing of the
//! registry.

#![allow(unsafe_code)]

pub mod backend;
pub mod column_type;
pub mod encoding;
mod entry;
pub mod error;
pub mod expression;
pub mod interrupts;
pub mod privileges;
pub mod relation;
pub mod sql_text;
pub mod text;
pub mod trigger;
