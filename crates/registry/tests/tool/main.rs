//! The command-line tool: what it prints and the status that it exits with.

mod check;
mod diff;
mod explain;
mod list;
mod page;
mod program;
mod stored_pairs;
