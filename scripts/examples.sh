# The example services, asked over HTTP. To be sourced after clients.sh.

install_examples() {
    install_once "the example in Python" "$cache/clients/example" examples/python/requirements.txt \
        virtual_environment "$cache/clients/example" examples/python/requirements.txt
    # In the folder of the other clients of Rust, with which it shares most crates.
    run_logged "Building the example in Rust" example-rust \
        cargo build --locked --manifest-path examples/rust/Cargo.toml --target-dir "$cache/clients/target"
}

examples_suite() {
    example python
    example rust
}

# Makes the database and starts a service by the commands of the README, but for where things were installed, and asks it.
example() {
    local name=$1 readme=examples/README.md start port result proof asked=0
    say "The example in $name (log: $cache/example-$name.log)"
    "$bindir/dropdb" --if-exists examples 2>/dev/null
    PATH=$bindir:$PATH bash -ec "$(sed -nE 's/^\$ ((createdb|psql) .*)/\1/p' $readme)" >"$cache/example-$name.log" 2>&1
    port=$(free_port)
    start=$(sed -n 's/^\$ DATABASE_URL=/export &/p' $readme | grep "examples/$name/" | sed -e 's/\$ //' \
        -e "s#venv/bin/#; exec $cache/clients/example/bin/#" -e 's/cargo run/; exec cargo run/')
    PORT=$port CARGO_TARGET_DIR=$cache/clients/target bash -c "$start" >>"$cache/example-$name.log" 2>&1 </dev/null &
    service=$!
    for _ in $(seq 400); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
        sleep 0.05
    done
    while IFS=$'\t' read -r result proof; do
        asked=$((asked + 1))
        count "$result" "$name: $proof"
    done < <("$cache/clients/example/bin/python" tests/examples/requests.py "http://127.0.0.1:$port" dbname=examples \
        2>>"$cache/example-$name.log")
    count "$([ $asked = 26 ] && echo ok || echo FAILED)" "$name: everything was asked"
    stop_service
}
