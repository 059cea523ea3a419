#!/usr/bin/env bash
# Builds the command-line tool, model-routable, into a folder. Needs no PostgreSQL. Usage: scripts/build_tool.sh <folder>
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh
. scripts/compile.sh

find_rust
lock_target
# shellcheck disable=SC2086 # empty is no argument
RUSTFLAGS="${RUSTFLAGS:-} $(path_prefixes)" cargo build --release --locked -p tool $ignore_rust_version
install -D "$(target_directory)/release/model-routable" "$1/model-routable"
