//! Tells which registry file is built in: the one that `MODEL_ROUTABLE_PROVIDERS` names, else the
//! repository's. A relative path counts from the repository's root.

use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_COMPILE").is_none() {
        return;
    }
    println!("cargo::rerun-if-env-changed=MODEL_ROUTABLE_PROVIDERS");
    let chosen = std::env::var("MODEL_ROUTABLE_PROVIDERS").ok().filter(|chosen| !chosen.is_empty());
    // Of the checkout that is being built, which need not be the one for which this program was compiled.
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let file = root.join(chosen.as_deref().unwrap_or("providers.yaml"));
    println!("cargo::rerun-if-changed={}", file.display());
    match file.canonicalize() {
        Ok(file) => println!("cargo::rustc-env=REGISTRY_FILE={}", file.display()),
        Err(error) => println!("cargo::error=the registry file {} cannot be read: {error}", file.display()),
    }
}
