# A throw-away cluster with the extension, on a private socket and without a TCP port. The server runs from a tree of links to the
# machine's own PostgreSQL, and the extension is put into that tree. To be sourced after toolchain.sh.

. scripts/compile.sh
. scripts/installation.sh

# Builds the extension and sets package to a folder into which it is installed. Usage: build_extension [name]
# The name is for a second package, such as one with another registry built in.
build_extension() {
    local built=$cache/built-$major${1:+-$1}
    package=$cache/package-$major${1:+-$1}
    rm -rf "$built" "$package"
    run_logged "Building the extension for PostgreSQL $major${1:+ with $1}" "build-$major${1:+-$1}" compile_extension "$built"
    install_files "$built" "$package"
}

# Makes a folder for clusters. When the script ends, they are stopped and the folder is removed. Sets work, and PGHOST and PGUSER
# for clients.
make_work() {
    # Before anything is made, so that nothing is left behind whenever this ends.
    trap stop_server EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    work=$(mktemp -d "${TMPDIR:-/tmp}/model_routable.XXXXXX")
    server_user=$(id -un)
    if [ "$(id -u)" = 0 ]; then
        server_user=$(id -un postgres 2>/dev/null || echo nobody)
    fi
    chmod 755 "$work"
    make_folders socket home
    export PGHOST=$work/socket PGUSER=postgres PGPORT=5432
    unset PGDATABASE PGOPTIONS PGSERVICE PGPASSWORD
}

# Makes folders of work for the server to write to. Usage: make_folders <name>...
make_folders() {
    local name
    for name in "$@"; do
        mkdir "$work/$name"
        if [ "$(id -u)" = 0 ]; then chown "$server_user" "$work/$name"; fi
    done
}

# Starts a cluster with the extension. The file that server_settings names is added to its settings.
start_server() {
    local log=$cache/server.log
    make_work
    tree=$work/install
    install_tree "$pg_config" "$package" "$tree"
    server_bin=$tree$bindir
    make_folders data
    : >"$log"
    as_server "$server_bin/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >>"$log" 2>&1 ||
        fail "The cluster could not be made." "$(tail -n 5 "$log")" "The whole output is in $log"
    cat >>"$work/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$work/socket'
fsync = off
max_prepared_transactions = 10
max_connections = 60
wal_level = logical
max_wal_senders = 30
max_replication_slots = 30
max_worker_processes = 40
max_logical_replication_workers = 30
wal_retrieve_retry_interval = 500ms
END
    # Before 18, max_replication_slots limited origins too.
    if [ "$major" -ge 18 ]; then echo 'max_active_replication_origins = 30' >>"$work/data/postgresql.conf"; fi
    if [ -n "${server_settings:-}" ]; then cat "$server_settings" >>"$work/data/postgresql.conf"; fi
    as_server "$server_bin/pg_ctl" -D "$work/data" -l "$work/data/server.log" -w -s start >>"$log" 2>&1 </dev/null ||
        fail "The server could not be started." "$(tail -n 5 "$work/data/server.log")"
    say "PostgreSQL $major runs on the socket folder $work/socket"
}

# Puts a PostgreSQL and a package of the extension into a folder, at the paths that they have in the machine's root.
# Usage: install_tree <pg_config> <package> <folder>
install_tree() {
    local directory program programs
    programs=$("$1" --bindir)
    for directory in "$(dirname "$programs")" "$("$1" --sharedir)" "$("$1" --pkglibdir)"; do
        mkdir -p "$3$directory"
        cp -rsn "$directory/." "$3$directory/" 2>/dev/null || true
    done
    # The server finds its files from the path of its program, after following links.
    for program in postgres initdb pg_ctl; do
        cp --remove-destination "$programs/$program" "$3$programs/$program"
    done
    cp -r --remove-destination "$2/." "$3/"
}

as_server() {
    if [ "$(id -u)" = 0 ]; then
        # The server's user cannot enter root's home.
        (cd / && HOME=$work/home exec setpriv --reuid "$server_user" --regid "$(id -g "$server_user")" --clear-groups "$@")
    else
        "$@"
    fi
}

# Stops what start_server started, by the process id in each data folder, and removes it.
stop_server() {
    local status=$?
    if [ -n "${work:-}" ] && [ -d "$work" ]; then
        # A suite may have started further clusters beside the first.
        local running
        for running in "$work"/*/postmaster.pid; do
            if [ ! -f "$running" ]; then continue; fi
            as_server "$server_bin/pg_ctl" -D "$(dirname "$running")" -m immediate -w -s stop >/dev/null 2>&1 || true
        done
        if [ "$status" != 0 ] && [ -f "$work/data/server.log" ]; then cp "$work/data/server.log" "$cache/server.log"; fi
        rm -rf "$work"
        work=
    fi
    return "$status"
}

# psql of the chosen version, with no settings of the user's.
psql() {
    command "$bindir/psql" -X "$@"
}
