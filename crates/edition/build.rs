//! Hands the files that the script consists of to the crate: those that sql/edition/install_order lists, in that order.

use std::fmt::Write;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Of the checkout that is being built, which need not be the one for which this program was compiled.
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../sql/edition");
    let order = root.join("install_order");
    println!("cargo::rerun-if-changed={}", order.display());
    let names = std::fs::read_to_string(&order).unwrap_or_else(|error| panic!("{}: {error}", order.display()));
    let mut body = String::new();
    for name in names.lines() {
        let file = root.join(name);
        println!("cargo::rerun-if-changed={}", file.display());
        writeln!(body, "    ({name:?}, include_str!({file:?})),").expect("a String takes it");
    }
    let output = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("files.rs");
    std::fs::write(&output, format!("&[\n{body}]\n")).unwrap_or_else(|error| panic!("{}: {error}", output.display()));
}
