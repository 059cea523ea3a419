# Finds what a build needs, and installs what is missing: a PostgreSQL with its headers, a C compiler, libclang, and
# cargo-pgrx at the version that Cargo.toml pins. To be sourced after common.sh.

oldest=13
newest=19

# The major version of a pg_config, or nothing.
major_of() {
    "$1" --version 2>/dev/null | sed -n 's/^PostgreSQL \([0-9]*\).*/\1/p'
}

is_supported() {
    local major
    major=$(major_of "$1")
    [ -n "$major" ] && [ "$major" -ge $oldest ] && [ "$major" -le $newest ]
}

# Sets pg_config and major.
find_postgres() {
    if [ -n "${PG_CONFIG:-}" ]; then
        pg_config=$(command -v "$PG_CONFIG") ||
            fail "PG_CONFIG is $PG_CONFIG, which is no program." "Give the path of a pg_config: make PG_CONFIG=/path/to/pg_config"
        [ -n "$(major_of "$pg_config")" ] ||
            fail "PG_CONFIG is $PG_CONFIG, which does not answer as a pg_config." "Give the path of a pg_config: make PG_CONFIG=/path/to/pg_config"
        is_supported "$pg_config" ||
            fail "$pg_config is of PostgreSQL $(major_of "$pg_config"), and versions $oldest to $newest are supported." \
                "Give the pg_config of another: make PG_CONFIG=/path/to/pg_config"
    else
        pg_config=$(command -v pg_config || true)
        if [ -z "$pg_config" ] || ! is_supported "$pg_config"; then
            pg_config=$(newest_packaged)
        fi
        if [ -z "$pg_config" ]; then
            install_postgres
            pg_config=$(newest_packaged)
        fi
    fi
    major=$(major_of "$pg_config")
    bindir=$("$pg_config" --bindir)
    # Debian has a pg_config of clients on the PATH, which answers for a server that need not be installed.
    if [ ! -x "$bindir/postgres" ] && [[ $bindir == /usr/lib/postgresql/* ]]; then
        install_postgres "$major"
    fi
    [ -x "$bindir/postgres" ] || fail "There is no PostgreSQL server in $bindir." "Install one, or name another: make PG_CONFIG=/path/to/pg_config"
    if [ ! -f "$("$pg_config" --includedir-server)/postgres.h" ]; then
        [[ $bindir == /usr/lib/postgresql/* ]] ||
            fail "The headers of PostgreSQL $major are not in $("$pg_config" --includedir-server)." "Install them, or name another: make PG_CONFIG=/path/to/pg_config"
        install_packages "postgresql-server-dev-$major"
    fi
    if [ -x "$bindir/pg_config" ]; then pg_config=$bindir/pg_config; fi
}

# The newest supported version among the distribution's packages, or nothing.
newest_packaged() {
    local version
    for version in $(seq $newest -1 $oldest); do
        if [ -x "/usr/lib/postgresql/$version/bin/pg_config" ]; then
            echo "/usr/lib/postgresql/$version/bin/pg_config"
            return
        fi
    done
}

# Installs the distribution's server, of a version or of the one that it prefers.
install_postgres() {
    # The package starts a cluster of its own when it is installed, which nobody asked for here.
    local settings=/etc/postgresql-common/createcluster.d/model_routable.conf
    if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
        as_root mkdir -p "$(dirname $settings)"
        echo 'create_main_cluster = false' | as_root tee $settings >/dev/null
    fi
    install_packages "postgresql${1:+-$1}"
    as_root rm -f $settings
    local installed
    installed=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
    install_packages "postgresql-server-dev-${1:-$installed}"
}

find_compilers() {
    command -v cargo >/dev/null || fail "There is no cargo, which builds the extension." \
        "Install Rust $(field rust-version) or later from https://rustup.rs, then run this again."
    command -v cc >/dev/null || install_packages build-essential
    if [ -z "${LIBCLANG_PATH:-}" ] && ! ldconfig -p 2>/dev/null | grep -q 'libclang[-.0-9]*\.so' &&
        ! compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' >/dev/null; then
        install_packages libclang-dev
    fi
}

# The value of a key of Cargo.toml that stands there once, in quotes.
field() {
    sed -n "s/^$1 = \"\\(.*\\)\"\$/\\1/p" Cargo.toml | head -n 1
}

# Sets ignore_rust_version where rustc is older than what pgrx declares. It builds with the one of Cargo.toml, too.
find_cargo_pgrx() {
    pgrx_version=$(sed -n 's/^pgrx = .*version = "=\([0-9.]*\)".*/\1/p' Cargo.toml)
    local rustc declared
    rustc=$(rustc --version | cut -d ' ' -f 2)
    declared=$(field pgrx-rust-version)
    ignore_rust_version=
    if [ "$(printf '%s\n%s\n' "$declared" "$rustc" | sort -V | head -n 1)" != "$declared" ]; then
        ignore_rust_version=--ignore-rust-version
        export PGRX_BUILD_FLAGS=--ignore-rust-version
    fi
    export PATH=$cache/tools/bin:$PATH
    if [ "$(cargo-pgrx pgrx --version 2>/dev/null)" != "cargo-pgrx $pgrx_version" ]; then
        command -v pkg-config >/dev/null && pkg-config --exists openssl || install_packages pkg-config libssl-dev
        # shellcheck disable=SC2086 # empty is no argument
        run_logged "Installing cargo-pgrx $pgrx_version into $cache/tools, which takes some minutes" cargo-pgrx \
            cargo install cargo-pgrx --version "$pgrx_version" --locked --root "$cache/tools" $ignore_rust_version
    fi
    # pgrx refuses a file that names a version which is not there.
    export PGRX_HOME=$cache/pgrx
    mkdir -p "$PGRX_HOME"
    {
        echo '[configs]'
        sed -n 's/^\(pg[0-9]*\) = "\(.*\)"$/\1 \2/p' pgrx-config.toml | while read -r label path; do
            if [ "$label" != "pg$major" ] && [ -x "$path" ]; then echo "$label = \"$path\""; fi
        done
        echo "pg$major = \"$pg_config\""
    } >"$PGRX_HOME/config.toml.new"
    # A file that did not change keeps its time, and cargo its work.
    if ! cmp -s "$PGRX_HOME/config.toml.new" "$PGRX_HOME/config.toml"; then
        mv "$PGRX_HOME/config.toml.new" "$PGRX_HOME/config.toml"
    fi
    rm -f "$PGRX_HOME/config.toml.new"
}

find_toolchain() {
    find_compilers
    find_postgres
    find_cargo_pgrx
    say "PostgreSQL $major ($pg_config), $(rustc --version), cargo-pgrx $pgrx_version"
}
