# What comes to a guarded table by replication, and what guards a standby. docs/operations.md has to say the same. To be
# sourced after dump_restore.sh.

replication_suite() {
    logical_replication_suite
    standby_suite
}

subscriber_guards="none default always check"
replicated_events="copy edit insert"

# Each kind of guard on the subscriber meets each event in a table and a subscription of its own, all at the same time.
# The publisher is not guarded at first: what comes from a guarded one has been judged there.
logical_replication_suite() {
    local guard event title copied log_start=1 results=$cache/results/replication
    say "Logical replication on PostgreSQL $major, by kind of guard on the subscriber (results: $results)"
    rm -rf "$results"
    mkdir -p "$results"
    "$bindir/createdb" publisher
    "$bindir/createdb" subscriber
    psql -d subscriber -q -c 'CREATE EXTENSION model_routable'
    for guard in $subscriber_guards; do
        for event in $replicated_events; do echo "$guard $event"; done
    done >"$results/cases"
    {
        replicated_tables
        while read -r guard event; do
            echo "CREATE PUBLICATION ${guard}_$event FOR TABLE ${guard}_$event;"
            # A slot on the same server has to be there before the subscription.
            echo "SELECT FROM pg_create_logical_replication_slot('${guard}_$event', 'pgoutput');"
        done <"$results/cases"
    } | psql -d publisher -q -v ON_ERROR_STOP=1 >/dev/null
    {
        replicated_tables
        while read -r guard event; do
            # The initial copy comes to an empty table.
            if [ "$event" = copy ]; then echo "TRUNCATE ${guard}_$event;"; fi
            case $guard in
                default) echo "SELECT routable.attach('${guard}_$event');" ;;
                always) echo "SELECT routable.attach('${guard}_$event', replicas => true);" ;;
                check) echo "SELECT routable.attach('${guard}_$event', mechanism => 'check');" ;;
            esac
            echo "CREATE SUBSCRIPTION ${guard}_$event CONNECTION 'host=$PGHOST port=$PGPORT user=$PGUSER dbname=publisher'"
            copied=$([ "$event" = copy ] && echo true || echo false)
            echo "PUBLICATION ${guard}_$event WITH (create_slot = false, copy_data = $copied);"
        done <"$results/cases"
    } | psql -d subscriber -q -v ON_ERROR_STOP=1 >/dev/null
    for guard in $subscriber_guards; do
        echo "UPDATE ${guard}_edit SET note = 'arrived';"
        echo "INSERT INTO ${guard}_insert VALUES (2, 'hermes', 'anthropic/claude-opus-4-7', 'arrived');"
    done | psql -d publisher -q -v ON_ERROR_STOP=1
    for event in $replicated_events; do
        case $event in
            copy) title="the initial copy of a row from before the guard" ;;
            edit) title="an UPDATE of such a row that leaves its pair alone" ;;
            insert) title="a bad pair that the publisher accepted" ;;
        esac
        for guard in $subscriber_guards; do title+=" | $(replicated "$guard" "$event")"; done
        echo "| $title |"
    done >"$results/table"
    psql -d subscriber -q -c "ALTER DATABASE subscriber SET model_routable.enforcement = 'warn'"
    # A worker that began without the setting refuses once more.
    sleep 1
    log_start=$(($(wc -l <"$work/data/server.log") + 1))
    title="the same, where the subscriber's database has \`model_routable.enforcement = 'warn'\`"
    for guard in $subscriber_guards; do title+=" | $(replicated "$guard" insert)"; done
    echo "| $title |" >>"$results/table"
    title="a bad pair, where the publisher is guarded"
    psql -d publisher -q -c 'CREATE EXTENSION model_routable'
    for guard in $subscriber_guards; do title+=" | $(on_guarded_publisher "${guard}_insert")"; done
    echo "| $title |" >>"$results/table"
    documented_rows docs/operations.md "Logical replication" "$results/table"
    while read -r guard event; do
        echo "ALTER SUBSCRIPTION ${guard}_$event DISABLE;"
    done <"$results/cases" | psql -d subscriber -q
}

replicated_tables() {
    local guard event
    while read -r guard event; do
        echo "CREATE TABLE ${guard}_$event (id int PRIMARY KEY, runtime text, model text, note text);"
        echo "INSERT INTO ${guard}_$event VALUES (1, 'hermes', 'anthropic/claude-opus-4-7', '$event');"
    done <"$results/cases"
}

# Waits for what becomes of an event: it arrives, or the server's log says that the guard refuses it.
replicated() {
    local table=${1}_$2 arrived
    case $2 in
        copy) arrived="note = 'copy'" ;;
        *) arrived="note = 'arrived'" ;;
    esac
    for _ in $(seq 200); do
        if [ "$(psql -d subscriber -At -c "SELECT count(*) FROM $table WHERE $arrived")" = 1 ]; then
            echo stored
            return
        elif tail -n "+$log_start" "$work/data/server.log" |
            grep "violates check constraint \"${table}_model_routable\"" >/dev/null; then
            echo "replication stops"
            return
        fi
        sleep 0.1
    done
    echo "nothing within 20 seconds"
}

# Usage: on_guarded_publisher <table>
on_guarded_publisher() {
    local answer
    answer=$(psql -d publisher -Atq -v VERBOSITY=sqlstate -c "SELECT routable.attach('$1')" \
        -c "INSERT INTO $1 VALUES (3, 'hermes', 'anthropic/claude-opus-4-7')" 2>&1 || true)
    case $answer in
        *23514) echo "refused by the publisher" ;;
        *) echo "not refused" ;;
    esac
}

# A standby on a folder of sockets of its own, before and after it is promoted.
standby_suite() {
    local results=$cache/results/standby standby=$work/standby sockets=$work/standby_socket
    say "A physical standby on PostgreSQL $major (results: $results)"
    rm -rf "$results"
    mkdir -p "$results"
    make_folders standby standby_socket
    chmod 700 "$standby"
    "$bindir/createdb" primary
    psql -d primary -q -v ON_ERROR_STOP=1 >/dev/null <<END
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7', 'old'), (2, 'claude-code', 'opus', NULL);
SELECT routable.attach('workspaces');
END
    as_server "$server_bin/pg_basebackup" -h "$PGHOST" -U "$PGUSER" -D "$standby" -R -c fast -X stream --no-sync \
        >"$results/log" 2>&1
    echo "unix_socket_directories = '$sockets'" >>"$standby/postgresql.conf"
    as_server "$server_bin/pg_ctl" -D "$standby" -l "$standby/server.log" -w -s start >>"$results/log" 2>&1 </dev/null
    {
        echo "| a query with \`model_routable()\`, \`routable.guards\`, \`routable.audit()\` | $(on_standby answers \
            "SELECT count(*) = 1 FROM workspaces, routable.guards WHERE NOT model_routable(runtime, model) AND EXISTS (SELECT FROM routable.audit()) AND state = 'enforcing'") |"
        echo "| a write to the standby | $(on_standby written "UPDATE workspaces SET note = 'x' WHERE id = 1") |"
        as_server "$server_bin/pg_ctl" -D "$standby" -w -s promote >>"$results/log" 2>&1
        echo "| a bad pair, after it is promoted | $(on_standby stored \
            "UPDATE workspaces SET runtime = 'hermes' WHERE id = 2") |"
        echo "| a routable pair, after it is promoted | $(on_standby stored \
            "UPDATE workspaces SET model = 'sonnet' WHERE id = 2") |"
        echo "| an edit of a row from before the guard, after it is promoted | $(on_standby stored \
            "UPDATE workspaces SET note = 'x' WHERE id = 1") |"
    } >"$results/table"
    as_server "$server_bin/pg_ctl" -D "$standby" -m immediate -w -s stop
    documented_rows docs/operations.md "Physical standby" "$results/table"
}

# Usage: on_standby <word for success> <statement>
on_standby() {
    local answer
    answer=$(PGHOST=$sockets psql -d primary -Atq -v VERBOSITY=sqlstate -c "$2" 2>&1 || true)
    case $answer in
        '' | t) echo "$1" ;;
        *23514) echo "refused" ;;
        *25006) echo "refused: the standby is read-only" ;;
        *) echo "$answer" ;;
    esac
}
