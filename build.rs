//! Compiles the registry file into the image that the extension embeds.

use std::path::PathBuf;
use std::process::ExitCode;

/// Names another registry file than the repository's own.
const VARIABLE: &str = "MODEL_ROUTABLE_PROVIDERS";

fn main() -> ExitCode {
    println!("cargo:rerun-if-env-changed={VARIABLE}");
    println!("cargo:rerun-if-changed=build.rs");
    let own = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("providers.yaml");
    let path = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map_or(own, PathBuf::from);
    println!("cargo:rerun-if-changed={}", path.display());
    let image = std::fs::read(&path)
        .map_err(|error| error.to_string())
        .and_then(|file| registry::compile(&file).map_err(|faults| faults.to_string()));
    match image {
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

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|error| panic!("cargo sets {name}: {error}"))
}
