#!/usr/bin/env bash
# Builds the extension and installs it into a PostgreSQL. Usage: [PG_CONFIG=...] scripts/install.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh

find_toolchain
build_extension
# The package mirrors the paths of the installation, so that it can be copied as it is, by whoever may write there.
libraries=$("$pg_config" --pkglibdir)
scripts=$("$pg_config" --sharedir)/extension
sudo=
if [ ! -w "$libraries" ] || [ ! -w "$scripts" ]; then
    [ "$(id -u)" != 0 ] && command -v sudo >/dev/null ||
        fail "$libraries and $scripts cannot be written." "Run make install as root, or as the owner of that PostgreSQL."
    sudo=sudo
fi
# install(1) makes new files: to write into a library that running backends have mapped would crash them.
$sudo install -m 755 "$package$libraries"/model_routable*.so "$libraries/"
$sudo install -m 644 "$package$scripts"/model_routable* "$scripts/"
say "Installed into PostgreSQL $major. In a database, as a superuser: CREATE EXTENSION model_routable;"
