# Finds what a build and a server need, and installs what is missing. To be sourced after common.sh.

. scripts/requirements.sh

# Tools and logs are outside of the repository, so that a clone stays clean.
mkdir -p "$cache"

# Installs packages, if any. Usage: install_missing [package...]
install_missing() {
    if [ $# = 0 ]; then return; fi
    # So that the server's package does not start a cluster.
    local settings=/etc/postgresql-common/createcluster.d/model_routable.conf
    if can_be_root && [ ! -e $settings ]; then
        as_root mkdir -p "$(dirname $settings)"
        echo 'create_main_cluster = false' | as_root tee $settings >/dev/null
        install_packages "$@"
        as_root rm -f $settings
    else
        install_packages "$@"
    fi
}

# Lists the packages of PostgreSQL that are missing.
missing_postgres() {
    missing_headers
    if [ -z "$pg_config" ]; then
        echo postgresql
    elif is_packaged && [ ! -x "$("$pg_config" --bindir)/postgres" ]; then
        echo "postgresql-$(major_of "$pg_config")"
    fi
}

# Lists the package that a virtual environment of Python needs, if it is missing.
missing_python() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

# Lists the packages that scripts/package.sh needs, and that are missing.
missing_packagers() {
    missing git
    missing dh debhelper
    missing dh_make_pgxs postgresql-server-dev-all
}

# Sets pg_config, major and bindir to those of a PostgreSQL with its headers. Usage: find_postgres [further missing packages]
find_postgres() {
    choose_pg_config
    # shellcheck disable=SC2046 # names of packages are words
    install_missing "$@" $(missing_postgres)
    if [ -z "$pg_config" ]; then choose_pg_config; fi
    settle_pg_config
    [ -x "$bindir/postgres" ] ||
        fail "There is no PostgreSQL server in $bindir." "Install one, or name another: make PG_CONFIG=/path/to/pg_config"
    require_headers
}

# Usage: find_toolchain [further missing packages]
find_toolchain() {
    find_rust
    # shellcheck disable=SC2046 # names of packages are words
    find_postgres "$@" $(missing_compilers)
    say "PostgreSQL $major ($pg_config), $(rustc --version)"
}

# Installs a Python package into an environment of its own in the cache, unless its program is there.
# Usage: provide_python_tool <package> <version> <program>
provide_python_tool() {
    if [ -x "$3" ]; then return; fi
    rm -rf "$cache/$1-$2"
    run_logged "Installing $1 $2" "$1" install_python_tool "$1" "$2"
}

# Without the cache of pip, because a wheel in it has the interpreter of the environment that it was built for.
install_python_tool() {
    python3 -m venv "$cache/$1-$2" &&
        "$cache/$1-$2/bin/pip" install --disable-pip-version-check --no-cache-dir "$1==$2"
}

# Installs the Python packages that a file pins into an environment of their own, unless they are there.
# Usage: provide_requirements <what, for people> <folder> <requirements>
provide_requirements() {
    if cmp -s "$3" "$2/requirements.txt"; then return; fi
    rm -rf "$2"
    run_logged "Installing $1" "requirements-${2##*/}" install_requirements "$2" "$3"
}

install_requirements() {
    python3 -m venv "$1" && "$1/bin/pip" install --disable-pip-version-check --require-hashes -r "$2" && cp "$2" "$1/requirements.txt"
}
