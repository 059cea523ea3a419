//! Compiles the registry file into the image that the extension embeds, and gives pgrx the files of the install script.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The variable that names a registry file in place of the repository's. A relative path counts from the repository's root.
const VARIABLE: &str = "MODEL_ROUTABLE_PROVIDERS";

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    output("install_script.rs", install_script(&root.join("sql")));
    let chosen = std::env::var_os(VARIABLE).filter(|path| !path.is_empty());
    let path = root.join(chosen.unwrap_or_else(|| "providers.yaml".into()));
    println!("cargo::rerun-if-changed={}", path.display());
    match compile(&path) {
        Ok(image) => {
            output("registry.image", image);
            ExitCode::SUCCESS
        }
        Err(report) => {
            eprintln!("The registry {} cannot be compiled:", path.display());
            report.lines().for_each(|line| eprintln!("  {line}"));
            ExitCode::FAILURE
        }
    }
}

/// Compiles a registry file into its image and prints lints as warnings of the build. Errors: every fault of the file.
fn compile(path: &Path) -> Result<Vec<u8>, String> {
    let file = std::fs::read(path).map_err(|error| error.to_string())?;
    let registry = registry::read(&file).map_err(|faults| faults.to_string())?;
    for warning in registry::lint(&registry, registry::Date::today()) {
        println!("cargo::warning={}: {warning}", path.display());
    }
    Ok(registry::write(&registry, &file))
}

/// A macro that gives the SQL files to pgrx, which needs their paths as literals. src/lib.rs calls it, so that the place in
/// the code is src/lib.rs and not a path of the machine that builds.
fn install_script(folder: &Path) -> String {
    let order = folder.join("install_order");
    println!("cargo::rerun-if-changed={}", order.display());
    let names = std::fs::read_to_string(&order).unwrap_or_else(|error| panic!("{}: {error}", order.display()));
    let mut body = String::new();
    let mut position = "bootstrap".to_owned();
    for name in names.lines() {
        let stem = name.trim_end_matches(".sql");
        writeln!(body, "pgrx::extension_sql_file!({:?}, name = {stem:?}, {position});", folder.join(name))
            .expect("a String takes it");
        position = format!("requires = [{stem:?}]");
    }
    format!("macro_rules! install_script {{ () => {{\n{body}}} }}\n")
}

fn output(name: &str, contents: impl AsRef<[u8]>) {
    let path = PathBuf::from(variable("OUT_DIR")).join(name);
    std::fs::write(&path, contents).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|error| panic!("cargo sets {name}: {error}"))
}
