#!/usr/bin/env bash
# Builds the extension into the folder build, from which scripts/install.sh installs it. Installs nothing that is missing.
# Usage: [PG_CONFIG=...] [MODEL_ROUTABLE_PROVIDERS=...] scripts/build.sh
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh
. scripts/compile.sh
. scripts/built.sh

find_rust
choose_pg_config
missing=$(missing_headers; missing_compilers)
[ -z "$missing" ] ||
    fail "The build needs packages that are not installed: ${missing//$'\n'/ }" \
        "On Debian or Ubuntu:  sudo apt-get install -y ${missing//$'\n'/ }" \
        "Elsewhere, install what your distribution calls them, and name a PostgreSQL: make PG_CONFIG=/path/to/pg_config"
settle_pg_config
require_headers
say "Building for PostgreSQL $major ($pg_config), with $(rustc --version)"
rm -rf "$built"
mkdir "$built"
# Written before the sources are read, so that a file that is edited during the build is later.
built_for >"$built/unfinished"
compile_extension "$built"
mv "$built/unfinished" "$built/built_for"
say "Built into $built. To install it:  sudo make install"
