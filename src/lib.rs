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

pgrx::extension_sql_file!("../sql/schema.sql", name = "schema", bootstrap);
pgrx::extension_sql_file!("../sql/lookup.sql", name = "lookup", requires = ["schema"]);
pgrx::extension_sql_file!("../sql/catalogue.sql", name = "catalogue", requires = ["lookup"]);
pgrx::extension_sql_file!("../sql/guard.sql", name = "guard", requires = ["catalogue"]);
pgrx::extension_sql_file!("../sql/naming.sql", name = "naming", requires = ["guard"]);
pgrx::extension_sql_file!("../sql/conditions.sql", name = "conditions", requires = ["naming"]);
pgrx::extension_sql_file!("../sql/triggers.sql", name = "triggers", requires = ["conditions"]);
pgrx::extension_sql_file!("../sql/constraints.sql", name = "constraints", requires = ["triggers"]);
pgrx::extension_sql_file!("../sql/parts.sql", name = "parts", requires = ["constraints"]);
pgrx::extension_sql_file!("../sql/lock.sql", name = "lock", requires = ["parts"]);
pgrx::extension_sql_file!("../sql/check_attachable.sql", name = "check_attachable", requires = ["lock"]);
pgrx::extension_sql_file!("../sql/detach.sql", name = "detach", requires = ["check_attachable"]);
pgrx::extension_sql_file!("../sql/attach.sql", name = "attach", requires = ["detach"]);
pgrx::extension_sql_file!("../sql/issues.sql", name = "issues", requires = ["attach"]);
pgrx::extension_sql_file!("../sql/renamed_columns.sql", name = "renamed_columns", requires = ["issues"]);
pgrx::extension_sql_file!("../sql/guards.sql", name = "guards", requires = ["renamed_columns"]);
pgrx::extension_sql_file!("../sql/audit.sql", name = "audit", requires = ["guards"]);
pgrx::extension_sql_file!("../sql/releases.sql", name = "releases", requires = ["audit"]);
pgrx::extension_sql_file!("../sql/registry.sql", name = "registry", requires = ["releases"]);
pgrx::extension_sql_file!("../sql/privileges.sql", name = "privileges", requires = ["registry"]);
pgrx::extension_sql_file!("../sql/notice.sql", name = "notice", finalize);
