#!/usr/bin/env bash
# Runs the tests of clients, migration tools, example services and documents (pytest) against a throw-away server.
# Usage: scripts/test_clients.sh [expression]   The expression selects tests by name, as pytest -k does.
# Prints a table of the clients; the last line reads: N passed, N failed, and how many were not run, if any
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_python)
export MODEL_ROUTABLE_CACHE=$cache
provide_requirements pytest "$cache/clients/pytest" tests/requirements.txt
build_extension

# Some clients cannot use Unix sockets.
server_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
server_settings=$cache/clients/server_settings
printf "listen_addresses = '127.0.0.1'\nport = %s\n" "$server_port" >"$server_settings"
start_server
export PGPORT=$server_port PG_CONFIG=$pg_config PG_MAJOR=$major SERVER_TREE=$tree PYTHONDONTWRITEBYTECODE=1
PATH=$bindir:$PATH "$cache/clients/pytest/bin/pytest" tests ${1:+-k "$1"}
