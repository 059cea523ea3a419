#!/usr/bin/env bash
# Removes the files that scripts/install.sh installs. Usage: [DESTDIR=...] [PG_CONFIG=...] scripts/uninstall.sh
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh
. scripts/installation.sh
. scripts/built.sh

PG_CONFIG=${PG_CONFIG:-$(built_with pg_config)}
choose_pg_config
[ -n "$pg_config" ] || fail "There is no pg_config, which says where PostgreSQL is." "Name it: make uninstall PG_CONFIG=/path/to/pg_config"
settle_pg_config
if [ -z "${DESTDIR:-}" ]; then require_writable "make uninstall PG_CONFIG=$pg_config"; fi
remove_files "${DESTDIR:-}"
say "Removed from PostgreSQL $major${DESTDIR:+ below $DESTDIR}"
