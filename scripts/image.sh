#!/usr/bin/env bash
# Makes the Debian package of the last commit, and from it the image that a container of PostgreSQL mounts as a volume. It is an OCI
# archive beside the package. Usage: [PG_CONFIG=...] scripts/image.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/compile.sh
. scripts/postgresql.sh

# The first version that loads extensions from other folders than its own.
first=18
if [ -z "${PG_CONFIG:-}" ]; then
    find_major $first || fail "There is no PostgreSQL $first." "Name one, or a later one: make image PG_CONFIG=/path/to/pg_config"
    export PG_CONFIG
fi
# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing buildah)
[ "$major" -ge $first ] ||
    fail "PostgreSQL $major loads extensions only from its own folders." "Name a version from $first on: make image PG_CONFIG=/path/to/pg_config"
scripts/package.sh
package=$(compgen -G "$(target_directory)/packages/postgresql-$major-model-routable_*.deb")
image=${package%.deb}.oci.tar
time=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dpkg-deb -x "$package" "$work/package"
run_logged "Making the image of $(basename "$package")" "image-$major" \
    buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs bud --isolation chroot \
    --build-arg PG_MAJOR="$major" --timestamp "$time" -f packaging/Containerfile -t "oci:$work/image" "$work/package"
rm -f "$(target_directory)/packages/postgresql-$major-model-routable_"*.oci.tar
tar -c --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner -f "$image" -C "$work/image" .
say "$image"
