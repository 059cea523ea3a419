#!/bin/sh
# Builds the package for a PostgreSQL that is unpacked into a folder, where pg_buildext finds none. Usage: unpacked.sh <pg_config>
set -eu
export PG_CONFIG="$1"

bindir=$("$PG_CONFIG" --bindir)
folder=${bindir%/usr/lib/postgresql/*}
major=${bindir#"$folder/usr/lib/postgresql/"}
major=${major%%/*}
package=debian/postgresql-$major-model-routable
make
make install DESTDIR="$PWD/debian/tmp"
mkdir -p "$package"
mv "debian/tmp$folder/usr" "$package"
echo "postgresql:Depends=postgresql-$major" >>"$package.substvars"
