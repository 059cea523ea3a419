# The listeners of docs/schemas.md, with the trigger that it shows. To be sourced after clients.sh.

notifications_suite() {
    "$bindir/createdb" notifications
    psql -d notifications -q -v ON_ERROR_STOP=1 -f $client_files/tables.sql >/dev/null
    sed -n '/-- docs begin$/,/-- docs end$/p' tests/pg_regress/sql/a_notification_of_each_change_never_refuses_it.sql |
        psql -d notifications -q -v ON_ERROR_STOP=1
    say "Listeners (results: $results)"
    listener "psycopg" "$python" $client_files/python/listen.py
    listener "tokio-postgres" "$cache/clients/target/debug/listen"
}

# Starts a listener, makes changes when it listens, and compares what it was told. Usage: listener <name> <command>...
listener() {
    local name=$1 file=$results/listen.$1 pid
    local expected='workspaces	2
restart	1, claude-code moonshot/kimi-k2.6, hermes moonshot/kimi-k2.6
restart	2, claude-code anthropic/claude-opus-4-7, claude-code opus
restart	2, claude-code opus, claude-code sonnet
restart	2, claude-code sonnet, claude-code opus
restart	2, claude-code sonnet, elsewhere sonnet'
    shift
    psql -d notifications -q -f $client_files/rows.sql
    DATABASE_URL=$(url_of notifications) POOLED=no timeout 60 "$@" >"$file" 2>"$file.err" </dev/null &
    pid=$!
    for _ in $(seq 200); do
        if grep -q '^workspaces' "$file"; then break; fi
        sleep 0.05
    done
    psql -d notifications -q -f $client_files/changes.sql >/dev/null 2>&1
    wait "$pid" || true
    if [ "$(cat "$file")" = "$expected" ]; then
        count ok "$name is told of each change that is committed, and of nothing else"
    else
        cat "$file" "$file.err" >&2
        count FAILED "$name is told of each change that is committed, and of nothing else"
    fi
}
