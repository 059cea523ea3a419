# Licences, sources and known vulnerabilities of the crates that are compiled in. To be sourced after toolchain.sh.

cargo_deny_version=0.20.2

find_cargo_deny() {
    cargo_deny=$cache/cargo-deny-$cargo_deny_version/bin/cargo-deny
    if [ -x "$cargo_deny" ]; then return; fi
    # Without optimization, the installation takes half the time, and cargo-deny still runs for only two seconds.
    run_logged "Installing cargo-deny $cargo_deny_version, for some minutes," cargo-deny \
        cargo install cargo-deny --version "$cargo_deny_version" --locked --debug --root "$cache/cargo-deny-$cargo_deny_version"
}

# The database of advisories is not in a registry of packages, so it can be out of reach although the registries are in reach.
check_supply_chain() {
    run_logged "cargo-deny: licences, bans, sources" deny "$cargo_deny" --workspace check licenses bans sources
    if "$cargo_deny" fetch db >"$cache/deny-fetch.log" 2>&1; then
        run_logged "cargo-deny: advisories" advisories "$cargo_deny" --workspace --offline check advisories
    else
        say "The database of advisories is out of reach ($cache/deny-fetch.log): not checked"
    fi
}
