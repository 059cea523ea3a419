#!/usr/bin/env bash
# Copies what scripts/build.sh built into its PostgreSQL, or below DESTDIR. Usage: [DESTDIR=...] [PG_CONFIG=...] scripts/install.sh
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh
. scripts/installation.sh
. scripts/built.sh

find_build
if [ -z "${DESTDIR:-}" ]; then require_writable "make install PG_CONFIG=$pg_config"; fi
install_files "$built" "${DESTDIR:-}"
say "Installed for PostgreSQL $major${DESTDIR:+ below $DESTDIR}, with the registry $(built_with registry)"
say "In a database, as a superuser:  CREATE EXTENSION model_routable;"
