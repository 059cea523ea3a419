#!/usr/bin/env bash
# Checks formatting, and lints with warnings as errors. Usage: scripts/lint.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh

find_toolchain
say "rustfmt"
cargo fmt --all --check
export PGRX_PG_CONFIG_PATH=$pg_config
# shellcheck disable=SC2086 # empty is no argument
run_logged "clippy, warnings as errors" clippy \
    cargo clippy --workspace --all-targets --features "pg$major" $ignore_rust_version -- -D warnings
say "No complaints"
