#!/usr/bin/env bash
# Builds the extension and installs it into a PostgreSQL. Usage: [PG_CONFIG=...] scripts/install.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh

find_toolchain
build_extension
# The package mirrors the paths of the installation, so that it can be copied as it is, by whoever may write there.
for directory in "$("$pg_config" --pkglibdir)" "$("$pg_config" --sharedir)/extension"; do
    if [ -w "$directory" ]; then
        cp "$package$directory"/model_routable* "$directory/"
    elif [ "$(id -u)" != 0 ] && command -v sudo >/dev/null; then
        sudo cp "$package$directory"/model_routable* "$directory/"
    else
        fail "$directory cannot be written." "Run make install as root, or as the owner of that PostgreSQL."
    fi
done
say "Installed into PostgreSQL $major. In a database, as a superuser: CREATE EXTENSION model_routable;"
