//! Each message about a file says what the file has, on which line, and what to write instead.

mod characters;
#[path = "../common/mod.rs"]
mod common;
mod file;
mod keys;
mod lines;
mod runtimes;
mod secrets;
mod syntax;
mod types;
