# The source archive, with the client of PGXN. To be sourced after server.sh and suites.sh.

pgxnclient_version=1.3.2

# Sets pgxn, and installs it if this version is not there.
find_pgxn() {
    pgxn=$cache/pgxnclient-$pgxnclient_version/bin/pgxn
    provide_python_tool pgxnclient "$pgxnclient_version" "$pgxn"
}

# Installs the archive below a root of its own, and starts a server with that. Usage: pgxn_suite <archive>
pgxn_suite() {
    find_pgxn
    package=$cache/pgxn
    rm -rf "$package"
    run_logged "Installing ${1##*/} with the client of PGXN" pgxn \
        env DESTDIR="$package" "$pgxn" install --pg_config "$pg_config" --sudo env "$1"
    start_server
    if psql -d postgres -qAt -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION model_routable' \
        -c "SELECT NOT model_routable('hermes', 'anthropic/claude-opus-4-7')" >"$work/answer" && [ "$(cat "$work/answer")" = t ]; then
        count ok "pgxn install puts an extension there that PostgreSQL creates and asks"
    else
        count FAILED "pgxn install puts an extension there that PostgreSQL creates and asks"
    fi
    stop_server
    run_logged "Removing it with the client of PGXN" pgxn-uninstall \
        env DESTDIR="$package" "$pgxn" uninstall --pg_config "$pg_config" --sudo env "$1"
    count "$([ -z "$(find "$package" -type f)" ] && echo ok || echo FAILED)" "pgxn uninstall leaves no file"
}
