#!/usr/bin/env bash
# Many clients change few rows at random, legally and illegally, while their tables are altered, the guard is attached
# anew and the server is killed: afterwards no bad pair may be stored. Beside it the same load on a table that only the
# application checks. Then random DDL within statements, from a seed that is told, and writers beside releases.
# Usage: [STRESS_SECONDS=60] [FUZZ_SECONDS=60] [FUZZ_SEED=1] scripts/stress.sh
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/suites.sh
. scripts/load.sh

seconds=${STRESS_SECONDS:-60}
writers=32

# What the clients may be told, and nothing else:
#   23514  a pair that is refused
#   23505  a row that is there already (COPY)
#   23503  a model for a runtime that its agent no longer has
#   40P01  a deadlock, and 25P02 the rest of an administrator's transaction after it
#   40001  a row that another client moved to another partition meanwhile
#   57P01, 57P02, 57P03, and psql's own words: the server ends, crashes, recovers, is gone
# Notices, as of attach and of reset, have no code.
expected='^(ERROR:  (23514|23505|23503|40P01|40001|25P02)|NOTICE:  00000|(WARNING|FATAL):  57P0[123])$'
expected="$expected|^connection to server .*(Connection refused|No such file or directory|FATAL:  the database system is .*)$"
expected="$expected|^(server closed the connection unexpectedly|connection to server was lost|no connection to the server)$"

stress() {
    local clients=() unexpected acknowledged refused program table
    say "$writers clients change few rows for $seconds seconds, beside two who alter the tables; the server is killed half way"
    start_clients writer $writers "$seconds"
    start_clients administrator 2 "$seconds"
    start_clients monitor 1 "$seconds"
    sleep $((seconds / 2))
    if kill_server && grep -q 'automatic recovery in progress' "$work/data/server.log"; then
        count ok "the server recovers from being killed"
    else
        count FAILED "the server recovers from being killed"
    fi
    wait "${clients[@]}"
    wait_for_silence

    for table in workspaces fleet documents agent_models; do
        count "$([ "$(bad_pairs_in $table)" = 0 ] && echo ok || echo FAILED)" "no bad pair is stored in $table"
        count "$([ "$(query "SELECT routable.is_guarded('$table')")" = t ] && echo ok || echo FAILED)" "$table is guarded at the end"
    done
    count "$([ "$(bad_pairs_in agents_with_models)" = 0 ] && echo ok || echo FAILED)" \
        "no agent has a model that its runtime does not route"
    acknowledged=$(cat "$load"/writer-*.out | grep -cE '^(UPDATE|INSERT 0|COPY) 1$' || true)
    refused=$(cat "$load"/writer-*.err | grep -c '^ERROR:  23514$' || true)
    say "$acknowledged changes of single rows were made, $refused statements were refused"
    # A load that is all legal, all refused or that stops at the kill would prove nothing.
    count "$([ "$acknowledged" -gt $((seconds * 20)) ] && [ "$refused" -gt $((seconds * 20)) ] && echo ok || echo FAILED)" \
        "enough was changed and refused to prove something"
    for program in writer administrator monitor; do
        messages_of $program >"$load/$program.messages"
        unexpected=$(sed 's/^ *[0-9]* //' "$load/$program.messages" | grep -vE "$expected" || true)
        count "$([ -z "$unexpected" ] && echo ok || echo FAILED)" "no error but the expected ones reaches a $program"
        cat "$load/$program.messages"
    done
    grep 'is not guarded:' "$work/data/server.log" | head || true
    count "$(grep -qE 'PANIC|TRAP|was terminated by signal (6|7|11)' "$work/data/server.log" && echo FAILED || echo ok)" \
        "no process of the server crashes by itself"
}

# The rows are few and a bad pair that is stored can be overwritten, so bad pairs are counted as they come in.
application_check() {
    local clients=() let_in checked
    say "The same clients for $seconds seconds, on a table that the application checks: read, validate, write"
    start_clients application $writers "$seconds"
    wait "${clients[@]}"
    wait_for_silence
    checked=$(cat "$load"/application-*.out | grep -c '^UPDATE 1$' || true)
    let_in=$(query "SELECT count(*) FROM let_in")
    say "The application's check let in $let_in bad pairs in $checked writes; $(bad_pairs_in checked_by_application) of 8 rows are bad at the end"
    count "$([ "$let_in" -gt 0 ] && echo ok || echo FAILED)" "the same load gets bad pairs past a check in the application"
}

# The last statements of clients that have gone end by themselves.
wait_for_silence() {
    for _ in $(seq 300); do
        if [ "$(query "SELECT count(*) FROM pg_stat_activity WHERE datname = 'stress' AND pid <> pg_backend_pid()")" = 0 ]; then
            return
        fi
        sleep 0.2
    done
    fail "Sessions of clients that have gone do not end."
}

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_tap)
passed=0 failed=0
build_extension
start_server
load=$work/load
mkdir "$load"
psql -d postgres -q -c "ALTER SYSTEM SET fsync = on" -c "ALTER SYSTEM SET deadlock_timeout = '200ms'" \
    -c "ALTER SYSTEM SET restart_after_crash = off" -c "SELECT pg_reload_conf()" >/dev/null
"$bindir/createdb" stress
psql -d stress -q -v ON_ERROR_STOP=1 -f tests/stress/tables.sql >/dev/null
stress
application_check
export FUZZ_SECONDS=${FUZZ_SECONDS:-60} FUZZ_SEED=${FUZZ_SEED:-$RANDOM} RELEASE_SECONDS=$seconds RELEASE_WRITERS=$writers
say "Random DDL within statements for $FUZZ_SECONDS seconds (FUZZ_SEED=$FUZZ_SEED); then $writers writers beside somebody who releases
    a registry ten times a second, for $seconds seconds, in which the server is killed half way"
tap_suite tests/t/random_ddl_within_statements_does_no_harm.pl tests/t/no_row_slips_past_a_release.pl
grep '^# .* rows' "$cache/results/tap/no_row_slips_past_a_release.out" || true
stop_server

print_totals
[ "$failed" = 0 ]
