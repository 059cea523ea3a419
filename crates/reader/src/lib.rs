//! Reads registry files within the server, for releases (sql/releases.sql). A library of its own, which only they load: what
//! reads YAML and compiles patterns would have every new backend pay for its size.

#![deny(unsafe_code)]

mod file;
mod release;

pgrx::pg_module_magic!(name, version);
