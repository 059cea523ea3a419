#!/usr/bin/env bash
# Runs drivers, frameworks, migration tools and the example services against a throw-away server. What they need is
# installed into the cache. Usage: scripts/test_clients.sh
# Prints a table of the clients; the last line reads: N passed, N failed, and how many were not run, if any
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/suites.sh
. scripts/unpack.sh
. scripts/client_server.sh
. scripts/clients.sh
. scripts/notifications.sh
. scripts/migrations.sh
. scripts/schema_tests.sh
. scripts/examples.sh

find_toolchain
passed=0 failed=0 skipped=0
install_clients
install_examples
build_extension
start_server
trap stop_clients EXIT
open_server
start_pooler

snippets_suite
clients_suite
notifications_suite
migrations_suite
schema_tests_suite
examples_suite

echo
cat "$cache/results/clients/table"
echo
if [ "$failed" != 0 ]; then say "Logs, and what the clients saw, are in $cache"; fi
echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped not run")"
[ "$failed" = 0 ]
