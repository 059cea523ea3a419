#!/usr/bin/env bash
# Checks formatting, lints Rust and the scripts with warnings as errors, checks the dependencies, and checks what a search_path
# could redirect in the scripts that CREATE and ALTER EXTENSION run.
# Usage: scripts/lint.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/pgspot.sh
. scripts/supply_chain.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_python) $(missing shellcheck)
find_cargo_deny
say "shellcheck"
# Sourced files are checked with each script that sources them, because that sets their variables.
# shellcheck disable=SC2046 # names of files are words
shellcheck --check-sourced $(grep -l '^#!' scripts/*.sh debian/*.sh debian/tests/* packaging/*.sh) .ci/run
say "rustfmt"
cargo fmt --all --check
for manifest in tests/clients/rust/Cargo.toml examples/rust/Cargo.toml; do
    cargo fmt --check --manifest-path $manifest
done
export PGRX_PG_CONFIG_PATH=$pg_config
# shellcheck disable=SC2086 # empty is no argument
run_logged "clippy, warnings as errors" clippy \
    cargo clippy --workspace --all-targets --no-default-features --features "pg$major,registry/compile" $ignore_rust_version -- -D warnings
build_extension
check_supply_chain
say "pgspot"
find_pgspot
check_edition_script
check_install_scripts
say "No complaints"
