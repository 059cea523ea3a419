#!/usr/bin/env bash
# Makes the packages of this commit, twice and in two places, and those of the previous commit, and runs tests/packages on them. Makes
# the image for PostgreSQL 18, and loads the extension from it.
# These tests need root: they install packages on a clean root.
# Usage: [PG_CONFIG=...] scripts/packagecheck.sh
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/compile.sh
. scripts/postgresql.sh
. scripts/server.sh
. scripts/suites.sh

can_be_root || fail "A clean root is made by debootstrap, which takes root."
# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_packagers; missing_tap; missing_python; missing debootstrap; missing lintian)
passed=0 failed=0
pgxn=$cache/pgxnclient-1.3.2/bin/pgxn
provide_python_tool pgxnclient 1.3.2 "$pgxn"
packages=$cache/packagecheck
as_root rm -rf "$packages"

# Makes the packages of a commit in a clone of it. Usage: packages_of <commit> <folder> <folder of targets> [target of make]
packages_of() {
    mkdir -p "$2"
    git clone -q --no-local . "$2/source"
    git -C "$2/source" checkout -q --detach "$1"
    run_logged "Making the ${4:-package} of $(git log -1 --format=%h "$1")" "package-${2##*/}" \
        env MODEL_ROUTABLE_CACHE="$2/cache" CARGO_TARGET_DIR="$3" PG_CONFIG="$pg_config" make -C "$2/source" "${4:-package}"
    (shopt -s nullglob && mv "$3"/packages/{"postgresql-$major-model-routable_"*,model-routable_*.deb,model_routable-*.zip} "$2")
    rm -rf "$2/source" "$2/cache"
}

# Commits that are made meanwhile change nothing.
commit=$(git rev-parse HEAD)
packages_of "$commit" "$packages/this" "$(target_directory)"
packages_of "$commit~1" "$packages/previous" "$(target_directory)"
# In another place, and without anything from the first build.
packages_of "$commit" "$packages/again" "$packages/target"
rm -rf "$packages/target"

mkdir -p "$cache/results/packages"
say "Packages for PostgreSQL $major (prove)"
export PACKAGES=$packages PGXN=$pgxn PG_CONFIG=$pg_config PG_MAJOR=$major PERL5LIB=$repository/tests/perl
CARGO_TARGET_DIR=$(target_directory)
export CARGO_TARGET_DIR
for file in tests/packages/*.pl; do
    prove_file "$file" "$cache/results/packages/$(basename "$file" .pl).out"
done
as_root rm -rf "$packages/base"

find_major 18 || fail "There is no PostgreSQL 18."
find_toolchain
packages_of "$commit" "$packages/image" "$(target_directory)" image
make_work
tree=$work/install
mkdir "$work/nothing"
install_tree "$pg_config" "$work/nothing" "$tree"
server_bin=$tree$bindir
cp "$packages"/image/*.oci.tar "$work/image.tar"
IMAGE=$work/image.tar tap_suite tests/t/postgresql_loads_the_extension_from_an_image.pl
stop_server

if [ "$failed" != 0 ]; then say "Logs are in $cache/results/packages"; fi
print_totals
[ "$failed" = 0 ]
