# Load of many clients, and what it leaves behind. To be sourced after server.sh and suites.sh.

# One client: psql, fed without end, and started anew where it loses the server. Its errors are kept by their SQLSTATE,
# and every notice too. Usage: client <program in tests/stress> <number> <second at which it ends>
client() {
    local program=$1 number=$2 deadline=$3 turn=0
    while [ $SECONDS -lt "$deadline" ]; do
        turn=$((turn + 1))
        awk -v seed="$number$turn" -f "tests/stress/$program.awk" 2>/dev/null |
            timeout $((deadline - SECONDS)) "$bindir/psql" -X -d stress -v VERBOSITY=sqlstate \
                >>"$load/$program-$number.out" 2>>"$load/$program-$number.err" || true
        sleep 0.2
    done
}

# Starts clients in the background, and adds their process ids to clients.
# Usage: start_clients <program in tests/stress> <how many> <seconds>
start_clients() {
    local number
    for number in $(seq "$2"); do
        client "$1" "$number" $((SECONDS + $3)) &
        clients+=($!)
    done
}

# Kills the server as it is, its processes all at once, so that nothing is written that was not written yet, and starts
# it again. What a crash of the process loses is in shared memory: the machine goes on, and with it what the server gave
# to the kernel, so this proves recovery from WAL and not that disks keep their promises.
kill_server() {
    local postmaster processes process
    postmaster=$(head -n 1 "$work/data/postmaster.pid")
    processes=$(sed -n "s/^\([0-9]*\) (.*) [A-Z] $postmaster .*/\1/p" /proc/[0-9]*/stat 2>/dev/null)
    # shellcheck disable=SC2086 # process ids are words; one that ended meanwhile is no error
    kill -9 "$postmaster" $processes 2>/dev/null || true
    for process in $postmaster $processes; do
        while kill -0 "$process" 2>/dev/null; do sleep 0.05; done
    done
    as_server "$server_bin/pg_ctl" -D "$work/data" -l "$work/data/server.log" -w -t 120 -s start >>"$cache/server.log" 2>&1 </dev/null
}

# How often each error, warning or notice came, one a line. SQLSTATEs stand for errors of the server.
# Usage: messages_of <program in tests/stress>
messages_of() {
    cat "$load/$1"-*.err | sed -E -e '/^[[:space:]]|^$|^(DETAIL|HINT):/d' -e 's/^psql:[^ ]*( error)?: //' -e 's/"[^"]*"/.../g' |
        sort | uniq -c | sort -rn
}

query() {
    psql -d stress -Atqc "$1"
}

# Counts the rows of a table whose pair is not routable.
bad_pairs_in() {
    query "SELECT count(*) FROM $1 WHERE NOT model_routable(runtime, model)"
}
