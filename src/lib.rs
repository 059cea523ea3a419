//! PostgreSQL refuses to store an agent workspace whose (runtime, model) pair cannot be routed.
//!
//! `crates/registry` reads, compiles and looks up the registry; this crate is its way into SQL. All `unsafe` stands in
//! `crates/postgres`, but for one declaration in `in_force::stored`; that crate knows PostgreSQL's C interface and nothing of the
//! registry. `crates/reader` is a second library, which reads registry files for releases.

#![deny(unsafe_code)]

// An error of PostgreSQL's unwinds through this library as a panic; an abort would end every session.
#[cfg(panic = "abort")]
compile_error!("build with panic = \"unwind\": with \"abort\", an error of one statement would end every session");

mod audit;
mod catalogue;
mod enforcement;
mod entry;
mod explain;
mod former;
mod guard;
mod in_force;
mod inspect;
mod lookup;
mod quote;
mod releases;
mod wording;

pgrx::pg_module_magic!(name, version);

// Written by build.rs: the files of sql that sql/install_order lists, in that order.
include!(concat!(env!("OUT_DIR"), "/install_script.rs"));
install_script!();
