#!/usr/bin/env bash
# Builds the extension. Usage: [PG_CONFIG=...] scripts/build.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh

find_toolchain
build_extension
