//! PostgreSQL refuses to store an agent workspace whose (runtime, model) pair cannot be routed.
//!
//! `crates/registry` reads, compiles and looks up the registry; this crate is its way into SQL. All `unsafe` stands in
//! [`postgres`], which knows PostgreSQL's C interface and nothing of the registry.

#![deny(unsafe_code)]

mod catalogue;
mod compiled;
mod enforcement;
mod explain;
mod former;
mod guard;
mod lookup;
mod postgres;
mod quote;
mod wording;

pgrx::pg_module_magic!(name, version);

pgrx::extension_sql_file!("../sql/schema.sql", name = "schema", bootstrap);
pgrx::extension_sql_file!("../sql/lookup.sql", name = "lookup", requires = ["schema"]);
pgrx::extension_sql_file!("../sql/catalogue.sql", name = "catalogue", requires = ["lookup"]);
pgrx::extension_sql_file!("../sql/guard.sql", name = "guard", requires = ["catalogue"]);
pgrx::extension_sql_file!("../sql/settings.sql", name = "settings", requires = ["guard"]);
pgrx::extension_sql_file!("../sql/check_attachable.sql", name = "check_attachable", requires = ["settings"]);
pgrx::extension_sql_file!("../sql/detach.sql", name = "detach", requires = ["check_attachable"]);
pgrx::extension_sql_file!("../sql/attach.sql", name = "attach", requires = ["detach"]);
pgrx::extension_sql_file!("../sql/guards.sql", name = "guards", requires = ["attach"]);
pgrx::extension_sql_file!("../sql/audit.sql", name = "audit", requires = ["guards"]);
pgrx::extension_sql_file!("../sql/notice.sql", name = "notice", finalize);
