//! Says what a build needs where cargo is called without it: pgrx would end with an error that names only a file of its own.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PGRX_PG_CONFIG_PATH");
    println!("cargo::rerun-if-env-changed=PGRX_HOME");
    if env::var_os("PGRX_PG_CONFIG_PATH").is_some() || pgrx_settings().is_some_and(|file| file.exists()) {
        return ExitCode::SUCCESS;
    }
    println!("cargo::error=cargo does not know where PostgreSQL is");
    println!("cargo::error=to build and install the extension: make, then sudo make install");
    println!("cargo::error=to call cargo: PGRX_PG_CONFIG_PATH=/path/to/pg_config cargo build, for PostgreSQL 15");
    println!("cargo::error=to call cargo pgrx: cargo pgrx init --pg15=/path/to/pg_config first");
    ExitCode::FAILURE
}

/// The file in which `cargo pgrx init` keeps the place of each version of PostgreSQL.
fn pgrx_settings() -> Option<PathBuf> {
    let home = env::var_os("PGRX_HOME").map(PathBuf::from);
    Some(home.or_else(|| env::home_dir().map(|home| home.join(".pgrx")))?.join("config.toml"))
}
