# What clients connect to: the throw-away server over TCP, as a role that does not own the table, and pgbouncer in
# transaction mode before it. To be sourced after server.sh and unpack.sh.

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Opens the server that start_server started to this machine's clients. Not all of them know sockets of Unix.
open_server() {
    server_port=$(free_port)
    cat >>"$work/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $server_port
END
    cat >"$work/data/pg_hba.conf" <<END
local all postgres trust
host all app 127.0.0.1/32 scram-sha-256
END
    as_server "$server_bin/pg_ctl" -D "$work/data" -l "$work/data/server.log" -w -s restart >>"$cache/server.log" 2>&1 </dev/null ||
        fail "The server could not be started again." "$(tail -n 5 "$work/data/server.log")"
    export PGPORT=$server_port
    psql -d postgres -q -c "SET password_encryption = 'scram-sha-256'" -c "CREATE ROLE app LOGIN PASSWORD 'app'"
}

# The address of a database for a client. Usage: url_of <database> [port]
url_of() {
    echo "postgresql://app:app@127.0.0.1:${2:-$server_port}/$1"
}

# Starts pgbouncer with a single connection to the server for each database, so that every transaction gets one that
# others have used. Where there is no pgbouncer to be had, pooler stays empty.
start_pooler() {
    local user=()
    pooler=
    unpack pgbouncer || return 0
    pooler_port=$(free_port)
    mkdir "$work/pooler"
    echo '"app" "app"' >"$work/pooler/users"
    cat >"$work/pooler/pgbouncer.ini" <<END
[databases]
* = host=127.0.0.1 port=$server_port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $pooler_port
unix_socket_dir =
auth_type = plain
auth_file = $work/pooler/users
pool_mode = transaction
default_pool_size = 1
ignore_startup_parameters = extra_float_digits
logfile = $work/pooler/log
END
    if [ "$(id -u)" = 0 ]; then
        chown -R "$server_user" "$work/pooler"
        user=(-u "$server_user")
    fi
    "${with_unpacked[@]}" pgbouncer -q "${user[@]}" "$work/pooler/pgbouncer.ini" >"$work/pooler/output" 2>&1 </dev/null &
    pooler=$!
    for _ in $(seq 100); do
        if grep -q 'process up' "$work/pooler/log" 2>/dev/null; then return; fi
        sleep 0.05
    done
    fail "pgbouncer does not start." "$(tail -n 5 "$work/pooler/output" "$work/pooler/log")"
}

stop_pooler() {
    if [ -n "${pooler:-}" ]; then
        kill "$pooler" 2>/dev/null || true
        wait "$pooler" 2>/dev/null || true
        pooler=
    fi
}

stop_service() {
    if [ -n "${service:-}" ]; then
        kill "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
        service=
    fi
}

# Ends what was started beside the server, and then the server, with the status that this script ends with.
stop_clients() {
    local status=$?
    set +e
    stop_pooler
    stop_service
    (exit "$status")
    stop_server
}
