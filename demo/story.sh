# The demo's story: setup, one session, two that race, then a release. To be sourced after server.sh, with a server running.

# Tells the story in a database of its own. What psql prints is what a person would see.
tell_story() {
    "$bindir/createdb" demo
    echo
    say "First the table and its guard."
    echo
    psql -d demo -a <demo/setup.sql 2>&1
    echo
    say "Then what an application, a person and a migration would do."
    echo
    psql -d demo -a -v VERBOSITY=verbose <demo/story.sql 2>&1
    echo
    say "Two sessions race: A changes the runtime and B the model of the same row."
    echo
    tell_race
    echo
    say "An id is withdrawn by SQL: A releases another registry, while B stays connected."
    echo
    tell_release
}

# Each change alone is legitimate. A holds the row's lock until B waits for it, so the outcome does not depend on timing.
tell_race() {
    local feed answer_a answer_b session_a session_b
    answer_a=$work/session_a.out
    answer_b=$work/session_b.out
    psql -d demo -q -c "UPDATE workspaces SET runtime = 'claude-code', model = 'moonshot/kimi-k2.6' WHERE id = 1"
    feed=$work/session_a.in
    mkfifo "$feed"
    psql -d demo -e <"$feed" >"$answer_a" 2>&1 &
    session_a=$!
    exec 9>"$feed"
    echo "BEGIN;" >&9
    echo "UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;" >&9
    wait_until "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = 'demo' AND state = 'idle in transaction' AND query LIKE 'UPDATE%'"
    psql -d demo -e -v VERBOSITY=verbose \
        -c "UPDATE workspaces SET model = 'anthropic/claude-opus-4-7' WHERE id = 1;" >"$answer_b" 2>&1 &
    session_b=$!
    wait_until "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = 'demo' AND wait_event_type = 'Lock'"
    echo "COMMIT;" >&9
    exec 9>&-
    wait $session_a
    wait $session_b || true
    echo "-- Session A, which gets the row's lock first:"
    cat "$answer_a"
    echo
    echo "-- Session B, which waited for the lock, and is judged on the row as A left it:"
    cat "$answer_b"
    echo
    psql -d demo -a -c "SELECT * FROM workspaces WHERE id = 1;"
}

# B connects and stores the id before A withdraws it. B is not notified, and the release judges its next statement.
tell_release() {
    local answer_b=$work/session_b.release session_b told
    mkfifo "$work/session_b.in"
    psql -d demo -e <"$work/session_b.in" >"$answer_b" 2>&1 &
    session_b=$!
    exec 9>"$work/session_b.in"
    echo "INSERT INTO workspaces VALUES (4, 'night shift', 'claude-code', 'kimi-k2');" >&9
    for _ in $(seq 200); do
        if grep -q '^INSERT 0 1$' "$answer_b"; then break; fi
        sleep 0.05
    done
    echo "-- Session B:"
    cat "$answer_b"
    told=$(wc -l <"$answer_b")
    echo
    echo "-- Session A:"
    psql -d demo -a <demo/release.sql 2>&1
    echo "INSERT INTO workspaces VALUES (5, 'night shift', 'claude-code', 'kimi-k2');" >&9
    echo "UPDATE workspaces SET name = 'day shift' WHERE id = 4;" >&9
    exec 9>&-
    wait $session_b
    echo "-- Session B, still on the same connection:"
    tail -n "+$((told + 1))" "$answer_b"
}

# Waits until a query answers true, for at most ten seconds.
wait_until() {
    for _ in $(seq 200); do
        if [ "$(psql -d demo -At -c "$1")" = t ]; then return; fi
        sleep 0.05
    done
    fail "A session did not get as far as the story needs." "Waited for: $1"
}
