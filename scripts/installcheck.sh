#!/usr/bin/env bash
# Runs the SQL tests and the races against a running server that has the extension installed. PGHOST, PGPORT and PGUSER name the
# server, as for every client of PostgreSQL. Usage: scripts/installcheck.sh [test...]
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/suites.sh

sort_tests "$@"
[ ${#servers[@]} = 0 ] || fail "These tests start servers of their own: ${servers[*]}" "Run them so: make test TESTS='${servers[*]}'"
find_postgres
passed=0 failed=0
"$bindir/psql" -X -d postgres -Atqc 'SELECT 1' >/dev/null ||
    fail "No server answers." "Start one, and say where it is: make installcheck PGHOST=... PGPORT=... PGUSER=..."
[ "$("$bindir/psql" -X -d postgres -Atqc "SELECT count(*) FROM pg_available_extensions WHERE name = 'model_routable'")" = 1 ] ||
    fail "The extension is not installed in this server." "Install it: make PG_CONFIG=/path/to/its/pg_config, then make install"
[ "$("$bindir/psql" -X -d postgres -Atqc "SELECT usesuper FROM pg_user WHERE usename = current_user")" = t ] ||
    fail "The tests need a superuser, who may create the extension." "Name one: make installcheck PGUSER=postgres"

if [ $# = 0 ]; then
    pg_regress_suite
    isolation_suite
else
    if [ ${#sql_tests[@]} != 0 ]; then pg_regress_suite "${sql_tests[@]}"; fi
    if [ ${#races[@]} != 0 ]; then isolation_suite "${races[@]}"; fi
fi
if [ "$failed" != 0 ]; then say "Logs and differences are in $cache"; fi
print_totals
[ "$failed" = 0 ]
