#!/usr/bin/env bash
# Makes the files of a release: the Debian packages for a PostgreSQL, the source archives, the bill of materials and checksums. Says
# what a person has to do.
# Usage: [PG_CONFIG=...] scripts/release.sh
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh
. scripts/compile.sh

# Lists the addresses of the project that are not set. PGXN and Debian show them to users.
missing_addresses() {
    local key file
    for key in homepage bugtracker repository; do
        grep -q "\"$key\":" META.json || echo "       META.json: resources.$key"
    done
    grep -q '"maintainer": .*<.*@.*>' META.json || echo '       META.json: maintainer, as "name <address>"'
    for file in debian/control.in debian/control debian/changelog; do
        if grep -q '@[^ ]*\.invalid>' $file; then echo "       $file: the address of the maintainer"; fi
    done
}

version=$(field version)
[ -z "$(git status --porcelain)" ] || fail "There are changes that are not committed." "Commit them, or put them aside: git stash"
release=$(target_directory)/packages/release
rm -rf "$release" "$(target_directory)"/packages/*
scripts/package.sh
mkdir "$release"
mv "$(target_directory)"/packages/*.{deb,zip} "$release"
TZ=UTC git archive --format=tar --prefix="model_routable-$version/" HEAD | gzip -9n >"$release/model_routable-$version.tar.gz"
packaging/sbom.py >"$release/model_routable-$version.cdx.json"
(cd "$release" && sha256sum -- * >SHA256SUMS)
say "The files of the release are in $release. What is left to do:"
addresses=$(missing_addresses)
if [ -n "$addresses" ]; then
    printf '  0. Set these addresses, commit them, and run make release again:\n%s\n' "$addresses"
fi
cat <<END
  1. Check that CI passed for commit $(git rev-parse --short HEAD), and that CHANGELOG.md has the date of the release.
  2. Tag the commit, if git tag --points-at HEAD does not show v$version:  git tag -s v$version
     Then run make release again: without the tag, the Debian packages have a version that sorts before $version.
  3. Sign the checksums:  gpg --detach-sign --armor $release/SHA256SUMS
  4. Upload the zip archive to PGXN, and publish the other files with the signature and the tag.
  5. For distributions with rpm, build packaging/model_routable.spec there, with their pg_config.
  6. For CloudNativePG, run make image, and copy the image to a registry: docs/containers.md.
END
