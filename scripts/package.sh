#!/usr/bin/env bash
# Makes the Debian packages of the last commit for a PostgreSQL of the distribution, with debian/rules, and the source archive for
# PGXN. The same commit gives the same bytes: SOURCE_DATE_EPOCH is the time of the commit if it is not set.
# Usage: [PG_CONFIG=...] scripts/package.sh
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/compile.sh

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_packagers)
[[ $bindir == */usr/lib/postgresql/* ]] ||
    fail "$pg_config is none of Debian's, whose paths a package has to have." "Name another: make package PG_CONFIG=..."
git diff --quiet HEAD || say "What is not committed is not in the packages"
packages=$(target_directory)/packages
version=$(field version) debian=$(field version)
[ "$(grep -c "\"version\": \"$version\"" META.json)" = 2 ] || fail "META.json is of another version than Cargo.toml, $version."
[ "$(dpkg-parsechangelog -S Version)" = "$version-1" ] || fail "debian/changelog is of another version than Cargo.toml, $version."
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

# A copy of the commit, so that the build leaves nothing in the repository.
work=$cache/debian-$major
rm -rf "$work"
mkdir -p "$packages" "$work/source"
git archive HEAD | tar -x -C "$work/source"
# A build between two releases sorts before the next one, and after every earlier build.
[ -n "$(git tag --points-at HEAD --list "v$version")" ] || debian+=~$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S)
sed -i -e "1s/(.*)/($debian-1)/" -e "s/^\( -- .*>  \).*/\1$(LC_ALL=C date -u -R --date="@$SOURCE_DATE_EPOCH")/" \
    "$work/source/debian/changelog"

# cargo and rustup must not look for these in the home that debhelper gives to the build. The variables of this make are not those
# of debian/rules.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES DESTDIR PG_CONFIG
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export PG_SUPPORTED_VERSIONS=$major PG_UPDATECONTROL=yes
CARGO_TARGET_DIR=$(target_directory)
export CARGO_TARGET_DIR DEB_BUILD_OPTIONS=nocheck
if [ -n "${MODEL_ROUTABLE_PROVIDERS:-}" ]; then
    MODEL_ROUTABLE_PROVIDERS=$(realpath "$MODEL_ROUTABLE_PROVIDERS")
    export MODEL_ROUTABLE_PROVIDERS
fi
if [[ $bindir != /usr/lib/postgresql/* ]]; then export PG_CONFIG=$pg_config; fi
# The copy has the path of the last one. cargo would compare only the times of its files, so this makes it build again.
rm -f "$CARGO_TARGET_DIR/model_routable.variant"
run_logged "Making the Debian packages for PostgreSQL $major" "debian-$major" \
    env -C "$work/source" dpkg-buildpackage --build=binary --no-sign --no-check-builddeps
rm -f "$packages"/{"postgresql-$major-",}model-routable_*.deb
mv "$work"/*.deb "$packages"
rm -rf "$work"
archive=$packages/model_routable-$version.zip
TZ=UTC git archive --format=zip -9 --prefix="model_routable-$version/" --output="$archive" HEAD
for file in "$packages"/{"postgresql-$major-",}model-routable_*.deb "$archive"; do say "$file"; done
