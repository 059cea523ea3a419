# Finds what a build needs: a PostgreSQL with its headers, Rust, a C compiler, libclang. Installs nothing. To be sourced after
# common.sh.

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

# Sets pg_config to the one that PG_CONFIG names, else the first on the PATH, else the newest of the distribution, else nothing.
choose_pg_config() {
    local path='make PG_CONFIG=/path/to/pg_config'
    if [ -n "${PG_CONFIG:-}" ]; then
        pg_config=$(command -v "$PG_CONFIG") || fail "PG_CONFIG is $PG_CONFIG, which is not a program." "Give the path of one: $path"
        [ -n "$(major_of "$pg_config")" ] || fail "$pg_config does not answer as a pg_config." "Give the path of one: $path"
        is_supported "$pg_config" ||
            fail "$pg_config is of PostgreSQL $(major_of "$pg_config"), and versions $oldest to $newest are supported." \
                "Give the path of another: $path"
        return
    fi
    pg_config=$(command -v pg_config || true)
    if [ -n "$pg_config" ] && is_supported "$pg_config"; then return; fi
    pg_config=
    local version
    for version in $(seq $newest -1 $oldest); do
        pg_config=$(packaged "$version")
        if [ -x "$pg_config" ]; then return; fi
    done
    pg_config=
}

# Where the distribution has the pg_config of a major version.
packaged() {
    sed -n "s/^pg$1 = \"\(.*\)\"\$/\1/p" pgrx-config.toml
}

# Prints the package that has a program, if the program is missing. Usage: missing <program> [package]
missing() {
    command -v "$1" >/dev/null || echo "${2:-$1}"
}

# Lists the packages that a build needs besides PostgreSQL's, and that are missing.
missing_compilers() {
    missing cc build-essential
    if [ -z "${LIBCLANG_PATH:-}" ] && ! ldconfig -p 2>/dev/null | grep -q 'libclang[-.0-9]*\.so' &&
        ! compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' >/dev/null; then
        echo libclang-dev
    fi
}

# Lists the package with the headers of PostgreSQL, if it is missing.
missing_headers() {
    if [ -z "$pg_config" ]; then
        echo postgresql-server-dev-all
    elif is_packaged && [ ! -f "$("$pg_config" --includedir-server)/postgres.h" ]; then
        echo "postgresql-server-dev-$(major_of "$pg_config")"
    fi
}

# Whether pg_config belongs to the distribution's PostgreSQL. Debian's client library has one too, which prints the paths of a server
# and of headers that may be missing.
is_packaged() {
    [[ $("$pg_config" --bindir) == /usr/lib/postgresql/* ]]
}

# Sets major and bindir, and pg_config to the one in bindir: that on the PATH can be a wrapper, which prints other paths once another
# version is installed.
settle_pg_config() {
    major=$(major_of "$pg_config")
    bindir=$("$pg_config" --bindir)
    if [ -x "$bindir/pg_config" ]; then pg_config=$bindir/pg_config; fi
}

require_headers() {
    [ -f "$("$pg_config" --includedir-server)/postgres.h" ] ||
        fail "The headers of PostgreSQL $major are not in $("$pg_config" --includedir-server)." \
            "Install them, or name another: make PG_CONFIG=/path/to/pg_config"
}

# The value of a key of Cargo.toml that is there once, in quotes. Usage: field <key>
field() {
    sed -n "s/^$1 = \"\\(.*\\)\"\$/\\1/p" Cargo.toml | head -n 1
}

# Usage: is_older <version> <than version>
is_older() {
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

# Sets ignore_rust_version to an option of cargo if rustc is older than pgrx declares. pgrx builds with the rust-version of
# Cargo.toml all the same.
find_rust() {
    local rustc needed
    needed=$(field rust-version)
    command -v cargo >/dev/null ||
        fail "There is no cargo, which builds the extension." \
            "Install Rust $needed or later from https://rustup.rs, then run this again."
    rustc=$(rustc --version | cut -d ' ' -f 2)
    if is_older "$rustc" "$needed"; then
        fail "Rust is version $rustc ($(command -v rustc)), and the extension needs $needed or later." \
            "Update it (rustup update stable), or install it from https://rustup.rs, then run this again."
    fi
    ignore_rust_version=
    # shellcheck disable=SC2034 # scripts that compile read it
    if is_older "$rustc" "$(field pgrx-rust-version)"; then ignore_rust_version=--ignore-rust-version; fi
}
