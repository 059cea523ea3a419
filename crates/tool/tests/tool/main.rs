//! The command-line tool: its output and its exit status.

mod check;
mod diff;
mod explain;
mod generate;
mod list;
mod page;
mod program;
mod sql;
mod stored_pairs;
