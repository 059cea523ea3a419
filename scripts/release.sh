#!/usr/bin/env bash
# Makes the files of a release: the Debian packages for a PostgreSQL, the source archives, the bill of materials and checksums. Says
# what a person has to do.
# Usage: [PG_CONFIG=...] scripts/release.sh
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh
. scripts/compile.sh

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
cat <<END
  1. Check that CI passed for commit $(git rev-parse --short HEAD), and that CHANGELOG.md has the date of the release.
  2. Tag the commit, if git tag --points-at HEAD does not show v$version:  git tag -s v$version
     Then run make release again: without the tag, the Debian packages have a version that sorts before $version.
  3. Sign the checksums:  gpg --detach-sign --armor $release/SHA256SUMS
  4. Upload the zip archive to PGXN, and publish the other files with the signature and the tag.
  5. For distributions with rpm, build packaging/model_routable.spec there, with their pg_config.
END
