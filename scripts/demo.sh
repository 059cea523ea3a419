#!/usr/bin/env bash
# Shows PostgreSQL refusing the incident, on a throw-away server. Usage: scripts/demo.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. demo/story.sh

find_toolchain
build_extension
start_server
tell_story
stop_server
say "The server is stopped and its files are removed. To look around yourself: make psql"
