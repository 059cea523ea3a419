#!/usr/bin/env bash
# Builds the command-line tool, model-routable, and puts it, its man page and its completions below a folder. Distributions differ
# in where zsh looks for completions. Needs no PostgreSQL.
# Usage: scripts/build_tool.sh <folder> <folder of zsh's completions below it>
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh
. scripts/compile.sh

tool=$1/bin/model-routable

# Usage: generate <what> <file>
generate() {
    mkdir -p "$(dirname "$2")"
    "$tool" generate "$1" >"$2"
}

find_rust
lock_target
# shellcheck disable=SC2086 # empty is no argument
RUSTFLAGS="${RUSTFLAGS:-} $(path_prefixes)" cargo build --release --locked -p tool $ignore_rust_version
umask 022
install -D "$(target_directory)/release/model-routable" "$tool"
generate man "$1/share/man/man1/model-routable.1"
generate bash "$1/share/bash-completion/completions/model-routable"
generate zsh "$1/$2/_model-routable"
generate fish "$1/share/fish/vendor_completions.d/model-routable.fish"
