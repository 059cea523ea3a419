//! `model-routable`: checks, explains and compares registry files, without PostgreSQL.

#![forbid(unsafe_code)]

mod check;
mod diff;
mod explain;
mod generate;
mod list;
mod man;
mod markdown;
mod pairs;
mod sections;
mod source;
mod sql;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Which runtime can route which model: answers from a registry file, as the database gives them
///
/// A registry file says which models each runtime can route. The program needs no PostgreSQL.
#[derive(Parser)]
#[command(name = "model-routable", version, after_help = exit_status())]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Print JSON for programs instead of text for people
    #[arg(long, global = true)]
    json: bool,
}

/// What each exit status means, from 0 on.
const EXIT_STATUS: [&str; 3] = [
    "routable, or no change, or a file that loads",
    "not routable, or a change, or no such runtime",
    "a file that does not load or cannot be read, or wrong arguments",
];

fn exit_status() -> String {
    let lines = EXIT_STATUS.iter().enumerate().map(|(status, meaning)| format!("\n  {status}  {meaning}"));
    format!("Exit status:{}", lines.collect::<String>())
}

#[derive(Subcommand)]
enum Command {
    /// Load a registry file and print every fault or warning in it
    Check {
        /// The registry file
        file: PathBuf,
    },
    /// Judge a pair and say why
    Explain {
        /// As stored in the runtime column
        runtime: String,
        /// As stored in the model column; white space around it does not count
        model: String,
        /// The environment variables that the workspace has, which choose among several providers
        #[arg(long, value_name = "NAMES", value_delimiter = ',')]
        auth_env: Vec<String>,
        /// The registry file instead of the one built in
        #[arg(long, value_name = "FILE")]
        registry: Option<PathBuf>,
    },
    /// Show what an edit of a registry file changes for pairs
    Diff {
        /// The registry file as it was
        old: PathBuf,
        /// The registry file as it will be
        new: PathBuf,
        /// Stored pairs, to name those that the new file would strand: CSV with the columns runtime, model and count
        #[arg(long, value_name = "FILE")]
        pairs: Option<PathBuf>,
    },
    /// List the runtimes with their models and patterns
    List {
        /// Only this runtime
        runtime: Option<String>,
        /// The registry file instead of the one built in
        #[arg(long, value_name = "FILE")]
        registry: Option<PathBuf>,
        /// Write all of it as a page of Markdown
        #[arg(long, conflicts_with_all = ["runtime", "json"])]
        markdown: bool,
    },
    /// Print the script that gives a database the extension's objects in SQL and PL/pgSQL, with a registry in force
    ///
    /// It is for servers on which the extension cannot be installed. Run it as a role that may create schemas in the database:
    /// psql -X -v ON_ERROR_STOP=1 -f SCRIPT. It is one transaction, and running a newer one updates what is there.
    #[command(
        after_help = "Exit status: 0 printed; 1 a registry that SQL cannot say; 2 a file that does not load or cannot be read."
    )]
    Sql {
        /// The registry file
        file: PathBuf,
        /// Print only the release of the registry, for a database that has the objects
        #[arg(long)]
        registry_only: bool,
        /// Make the objects an extension of pg_tle, which the script creates or updates
        #[arg(long, conflicts_with = "registry_only")]
        pg_tle: bool,
    },
    /// Print the completions of a shell, or the man page
    Generate {
        /// bash, zsh or fish for the completions of that shell, man for the man page
        #[arg(value_name = "WHAT", hide_possible_values = true)]
        kind: generate::Kind,
    },
}

/// What a command came to, each with its exit status.
enum Answer {
    /// Routable, unchanged, or loaded.
    Yes,
    /// Not routable, or changed.
    No,
}

/// Why a command has no answer. A registry that does not load must never answer "routable".
struct Failure(String);

fn main() -> ExitCode {
    let Arguments { command, json } = Arguments::parse();
    let answer = match command {
        Command::Check { file } => check::run(&file, json),
        Command::Explain { runtime, model, auth_env, registry } => {
            explain::run(registry.as_deref(), &runtime, &model, &auth_env, json)
        }
        Command::Diff { old, new, pairs } => diff::run(&old, &new, pairs.as_deref(), json),
        Command::List { registry, markdown: true, .. } => list::run_markdown(registry.as_deref()),
        Command::Sql { file, registry_only: true, .. } => sql::run(&file, sql::Form::RegistryOnly),
        Command::Sql { file, pg_tle: true, .. } => sql::run(&file, sql::Form::PgTle),
        Command::Sql { file, .. } => sql::run(&file, sql::Form::Script),
        Command::Generate { kind } => generate::run(kind),
        Command::List { runtime, registry, .. } => list::run(registry.as_deref(), runtime.as_deref(), json),
    };
    match answer {
        Ok(Answer::Yes) => ExitCode::from(0),
        Ok(Answer::No) => ExitCode::from(1),
        Err(Failure(reason)) => {
            eprintln!("{reason}");
            ExitCode::from(2)
        }
    }
}

/// Prints what a command found. A reader that has seen enough, as `head` has, is no failure.
fn print(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{}", text.trim_end());
}
