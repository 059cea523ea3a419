//! Compiles the registry file into the image that the extension embeds.

use std::path::PathBuf;
use std::process::ExitCode;

/// Names another registry file than the repository's own; a relative path counts from the repository's root.
const VARIABLE: &str = "MODEL_ROUTABLE_PROVIDERS";

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rerun-if-changed=build.rs");
    let chosen = std::env::var_os(VARIABLE).filter(|path| !path.is_empty());
    let path = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join(chosen.unwrap_or_else(|| "providers.yaml".into()));
    println!("cargo::rerun-if-changed={}", path.display());
    match compile(&path) {
        Ok(image) => {
            let target = PathBuf::from(variable("OUT_DIR")).join("registry.image");
            std::fs::write(&target, image).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
            ExitCode::SUCCESS
        }
        Err(report) => {
            eprintln!("The registry {} cannot be compiled:", path.display());
            report.lines().for_each(|line| eprintln!("  {line}"));
            ExitCode::FAILURE
        }
    }
}

/// The image of a registry file, whose lint is shown as warnings of the build; or every fault of the file.
fn compile(path: &PathBuf) -> Result<Vec<u8>, String> {
    let file = std::fs::read(path).map_err(|error| error.to_string())?;
    let registry = registry::read(&file).map_err(|faults| faults.to_string())?;
    for warning in registry::lint(&registry, registry::Date::today()) {
        println!("cargo::warning={}: {warning}", path.display());
    }
    Ok(registry::write(&registry, &file))
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|error| panic!("cargo sets {name}: {error}"))
}
