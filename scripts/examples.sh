# The example services, asked over HTTP. To be sourced after clients.sh.

install_examples() {
    install_once "the example in Python" "$cache/clients/example" examples/python/requirements.txt \
        virtual_environment "$cache/clients/example" examples/python/requirements.txt
    # In the folder of the other clients of Rust, with which it shares most crates.
    run_logged "Building the example in Rust" example-rust \
        cargo build --locked --manifest-path examples/rust/Cargo.toml --target-dir "$cache/clients/target"
}

examples_suite() {
    example python "$cache/clients/example/bin/python" examples/python/service.py
    example rust "$cache/clients/target/debug/service"
}

# Starts a service on a database of its own, and asks it. Usage: example <name> <command>...
example() {
    local name=$1 port result proof asked=0
    shift
    say "The example in $name (log: $cache/example-$name.log)"
    "$bindir/createdb" "example_$name"
    psql -d "example_$name" -q -f examples/schema.sql -c 'GRANT SELECT, UPDATE ON workspaces TO app' >/dev/null
    port=$(free_port)
    DATABASE_URL=$(url_of "example_$name") PORT=$port "$@" >"$cache/example-$name.log" 2>&1 </dev/null &
    service=$!
    for _ in $(seq 200); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
        sleep 0.05
    done
    while IFS=$'\t' read -r result proof; do
        asked=$((asked + 1))
        count "$result" "$name: $proof"
    done < <("$cache/clients/example/bin/python" tests/examples/requests.py "http://127.0.0.1:$port" \
        "dbname=example_$name" 2>>"$cache/example-$name.log")
    count "$([ $asked = 26 ] && echo ok || echo FAILED)" "$name: everything was asked"
    stop_service
}
