//! Reads registry files in the server, for releases (sql/releases.sql). A library of its own, which only releases load:
//! otherwise every new backend would pay for the size of the YAML reader and the compiler of patterns.

#![deny(unsafe_code)]

mod file;
mod release;

pgrx::pg_module_magic!(name, version);
