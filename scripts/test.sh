#!/usr/bin/env bash
# Runs every test on a throw-away server, or only the named SQL tests, races and tests of whole servers.
# Usage: scripts/test.sh [sql | test...]
# "sql" runs only the SQL tests, the races and the tests of whole servers that depend on the version of PostgreSQL.
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/suites.sh
. scripts/builds.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_tap)
passed=0 failed=0

if [ "${1:-}" = sql ]; then
    # The SQL edition is what the tool prints.
    build_others tool
    build_extension
    start_server
    pg_regress_suite
    isolation_suite
    # Without those that do not depend on PostgreSQL's version.
    # shellcheck disable=SC2046 # names of files are words
    tap_suite $(printf '%s\n' tests/t/*.pl | grep -v -e /make_ -e /no_registry_file_harms_ -e /a_check_in_the_application_ -e /the_demo_ -e /the_sql_edition_matches_ -e /the_sql_edition_answers_)
elif [ $# != 0 ]; then
    sort_tests "$@"
    # shellcheck disable=SC2046 # names are words
    if [ ${#servers[@]} != 0 ]; then build_others $(builds_of "${servers[@]}"); fi
    build_extension
    start_server
    if [ ${#sql_tests[@]} != 0 ]; then pg_regress_suite "${sql_tests[@]}"; fi
    if [ ${#races[@]} != 0 ]; then isolation_suite "${races[@]}"; fi
    if [ ${#servers[@]} != 0 ]; then tap_suite "${servers[@]}"; fi
else
    rust_suite
    # shellcheck disable=SC2046 # names are words
    build_others $(builds_of tests/t/*.pl)
    build_extension
    start_server
    pg_regress_suite
    isolation_suite
    tap_suite
fi
stop_server

if [ "$failed" != 0 ]; then say "Logs and differences are in $cache"; fi
print_totals
[ "$failed" = 0 ]
