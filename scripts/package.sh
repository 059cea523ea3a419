#!/usr/bin/env bash
# Makes the Debian package for a PostgreSQL of the distribution's, and the source archive for PGXN.
# Usage: [PG_CONFIG=...] scripts/package.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/debian_package.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_packagers)
build_extension
packages=$(target_directory)/packages
mkdir -p "$packages"
rm -f "$packages/postgresql-$major-model-routable_"*.deb
debian_package "$packages"
source_archive "$packages"
