#!/usr/bin/env bash
# Counts the instructions of a lookup and of the guard's function in a backend (valgrind's callgrind), and fails if there are more
# than bench/instructions.txt allows. Unlike a time, a count is the same on a busy machine.
# Usage: scripts/instructions.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/suites.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing valgrind)
rows=10000
build_extension
start_server
psql -d postgres -qv ON_ERROR_STOP=1 -v rows=$rows -f bench/instructions.sql
as_server "$server_bin/pg_ctl" -D "$work/data" -m fast -w -s stop

# How many instructions a statement spends in a function and in what it calls. Usage: instructions <function> <statement>
instructions() {
    local function=$1 log=$work/callgrind.log
    # callgrind follows one process, so this is a backend without a server.
    printf '%s\n' "$2" | (cd / && as_server valgrind --tool=callgrind --toggle-collect="$function" --callgrind-out-file=/dev/null \
        "$server_bin/postgres" --single -j -D "$work/data" postgres) >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
    awk '/Collected *:/ { print $NF }' "$log"
}

passed=0 failed=0
say "Instructions a row, without the first lookup of the backend, on PostgreSQL $major, and the most that are allowed"
# The first lookup of a backend belongs to no row. make bench measures its time.
first=$(instructions model_routable_lookup "SELECT model_routable('hermes', 'sonnet')")
while read -r most function statement; do
    count=$((($(instructions "$function" "$statement") - first) / rows))
    # A function that was never called costs nothing. That is a failure, not a pass.
    verdict=$(awk -v count="$count" -v most="$most" 'BEGIN { print (count > 10 && count <= most) ? "ok" : "FAILED" }')
    count "$verdict" "$count of $most  $statement"
done < <(grep -v '^#' bench/instructions.txt)
say "The first lookup of a backend: $first instructions"
print_totals
[ "$failed" = 0 ]
