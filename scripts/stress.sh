#!/usr/bin/env bash
# Runs many clients, altered tables and a killed server against the guard, the same load against a check in the application, random
# DDL within statements, from a seed that is printed, and writers beside releases.
# Usage: [STRESS_SECONDS=60] [FUZZ_SECONDS=60] [FUZZ_SEED=1] scripts/stress.sh
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/suites.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_tap)
passed=0 failed=0
build_extension
start_server
export STRESS_SECONDS=${STRESS_SECONDS:-60} FUZZ_SECONDS=${FUZZ_SECONDS:-60} FUZZ_SEED=${FUZZ_SEED:-$RANDOM}
export RELEASE_SECONDS=$STRESS_SECONDS RELEASE_WRITERS=32
say "32 clients against the guard, then against a check in the application, then beside releases: $STRESS_SECONDS seconds each;
    random DDL for $FUZZ_SECONDS seconds (FUZZ_SEED=$FUZZ_SEED)"
tap_suite tests/t/many_clients_store_no_bad_pair.pl tests/t/a_check_in_the_application_lets_bad_pairs_in.pl \
    tests/t/random_ddl_within_statements_does_no_harm.pl tests/t/no_row_slips_past_a_release.pl
# The totals of the load.
grep -hE '^# .*( bad pairs | changes | rows | times | is not guarded:)' "$cache"/results/tap/*.out || true
stop_server

print_totals
[ "$failed" = 0 ]
