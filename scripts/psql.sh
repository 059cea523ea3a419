#!/usr/bin/env bash
# Opens psql on the demo's database, and removes everything when psql ends. Usage: scripts/psql.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh

find_toolchain
build_extension
start_server
"$bindir/createdb" demo
psql -d demo -q -f demo/setup.sql
say "Try:  UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;"
psql -d demo
