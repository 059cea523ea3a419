#!/usr/bin/env bash
# Runs every test there is, on a throw-away server. Usage: scripts/test.sh [sql | file of tests/t...]
# "sql" leaves it at the SQL tests, the races and whole servers, which is where versions of PostgreSQL differ.
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/suites.sh
. scripts/upgrade.sh
. scripts/registry_change.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_tap)
passed=0 failed=0

if [ "${1:-}" = sql ]; then
    build_extension
    start_server
    pg_regress_suite
    isolation_suite
    # Two of them are not about PostgreSQL.
    # shellcheck disable=SC2046 # names of files are words
    tap_suite $(printf '%s\n' tests/t/*.pl | grep -v -e /make_tells_ -e /no_registry_file_harms_)
elif [ $# != 0 ]; then
    build_extension
    start_server
    tap_suite "$@"
else
    rust_suite
    # Before the build of the shipped registry, so that this is what the next command finds built.
    other_registries_suite 03 08
    unusual_ids_suite
    build_changed_registry
    build_extension
    start_server
    pg_regress_suite
    isolation_suite
    tap_suite
    registry_change_suite
    upgrade_suite
    conformance_suite shipped crates/registry/tests/conformance/shipped.jsonl
fi
stop_server

if [ "$failed" != 0 ]; then say "Logs and differences are in $cache"; fi
print_totals
[ "$failed" = 0 ]
