#!/usr/bin/env bash
# Installs the Debian package on a clean root, comes from a build of the previous commit, tells the demo's story, and
# removes it. Before that, a second build elsewhere has to give the same bytes, and the client of PGXN installs the source
# archive. Takes root.
# Usage: [PG_CONFIG=...] scripts/packagecheck.sh
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/server.sh
. scripts/suites.sh
. scripts/pgxn.sh

can_be_root || fail "A clean root is made by debootstrap, which takes root."
# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_packagers) $(command -v debootstrap >/dev/null || echo debootstrap) \
    $(command -v lintian >/dev/null || echo lintian) $(missing_python)
passed=0 failed=0
packages=$cache/packagecheck
rm -rf "$packages"
mkdir -p "$packages/previous" "$packages/again"

# The package of a commit, made in a clone of it. Usage: package_of <commit> <folder>
package_of() {
    git clone -q --no-local . "$2/source"
    git -C "$2/source" checkout -q --detach "$1"
    run_logged "Making the package of $(git log -1 --format=%h "$1")" "package-${2##*/}" \
        env MODEL_ROUTABLE_CACHE="$2/cache" PG_CONFIG="$pg_config" make -C "$2/source" package
    mv "$CARGO_TARGET_DIR"/packages/{"postgresql-$major-model-routable_"*.deb,model_routable-*.zip} "$2"
}

export CARGO_TARGET_DIR
CARGO_TARGET_DIR=$(target_directory)
package_of HEAD "$packages"
package_of HEAD~1 "$packages/previous"
# Nothing of the first build is used again, and it is in another place.
CARGO_TARGET_DIR=$packages/again/target package_of HEAD "$packages/again"
for file in "$packages"/*.deb "$packages"/*.zip; do
    count "$(cmp -s "$file" "$packages/again/${file##*/}" && echo ok || echo FAILED)" \
        "a second build in another place gives the same bytes: ${file##*/}"
done
rm -rf "$packages/again"

pgxn_suite "$packages"/model_routable-*.zip

lintian --fail-on error "$packages"/*.deb >"$cache/lintian.log" 2>&1 && answer=ok || answer=FAILED
grep '^E:' "$cache/lintian.log" >&2 || true
count "$answer" "lintian finds no error ($(grep -c '^W:' "$cache/lintian.log" || true) warnings, in $cache/lintian.log)"

# Runs a command in the clean root, with processes of its own, none of which outlives it, and with no variable from here:
# a PGHOST would name a server of this machine.
in_root() {
    as_root env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin unshare --mount --pid --fork --kill-child chroot "$root" /bin/sh -ec "
        mount -t proc proc /proc
        export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
        server() { pg_ctlcluster $major main start; }
        sql() { su postgres -c \"psql -X -d demo \$1\"; }
        $1" </dev/null
}

# Keeps what a step printed if it failed. Usage: check <what is proved> <pattern of a line> <how often it has to come>, in what the last step printed
check() {
    if [ "$(grep -c "$2" "$step")" = "$3" ]; then
        count ok "$1"
    else
        tail -n 20 "$step" >&2
        count FAILED "$1"
    fi
}

root=$packages/root step=$packages/step
# shellcheck source=/dev/null # a file of the system
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
# shellcheck disable=SC2016 # a field of apt's
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $codename" | head -n 1)
run_logged "Making a clean root of Debian $codename" debootstrap as_root debootstrap --variant=minbase "$codename" "$root" "$mirror"
printf '#!/bin/sh\nexit 101\n' | as_root tee "$root/usr/sbin/policy-rc.d" >/dev/null
as_root chmod 755 "$root/usr/sbin/policy-rc.d"
as_root cp /etc/resolv.conf "$root/etc/resolv.conf"
as_root mkdir "$root/packages"
as_root cp "$packages/previous"/*.deb "$root/packages/previous.deb"
as_root cp "$packages"/*.deb "$root/packages/this.deb"
as_root cp -r demo "$root/packages/"
as_root tee "$root/packages/update.sql" >/dev/null <<'END'
ALTER EXTENSION model_routable UPDATE;
SELECT 'guarded by the version of this library'
    WHERE routable.is_guarded('workspaces')
        AND (SELECT extversion FROM pg_extension WHERE extname = 'model_routable') = (SELECT extension_version FROM routable.registry);
END

run_logged "Installing the package of the previous commit, with PostgreSQL" install-previous in_root "
    apt-get update
    apt-get install -y --no-install-recommends /packages/previous.deb
    echo \"listen_addresses = ''\" >>/etc/postgresql/$major/main/postgresql.conf
    server
    su postgres -c 'createdb demo'
    sql '-v ON_ERROR_STOP=1 -f /packages/demo/setup.sql'
    pg_ctlcluster $major main stop"
count ok "the package of the previous commit installs on a clean root, with all that it depends on"

in_root "
    server
    apt-get install -y /packages/this.deb
    sql '-At -f /packages/update.sql'
    sql '-a -v VERBOSITY=verbose' </packages/demo/story.sql
    pg_ctlcluster $major main stop" >"$step" 2>&1 || true
check "it is upgraded to this package while the server runs, and the table stays guarded" '^guarded by the version of this library$' 1
check "the demo's story goes as it is told" '^ERROR:  23514: model "anthropic/claude-opus-4-7" is not routable on runtime "hermes"' 2
check "the legitimate switch succeeds" '^UPDATE 1$' 1

in_root "apt-get purge -y postgresql-$major-model-routable; ls /usr/lib/postgresql/$major/bin/postgres" >"$step" 2>&1 || true
check "it is removed, and PostgreSQL stays" "^/usr/lib/postgresql/$major/bin/postgres\$" 1
left=$(as_root find "$root" -xdev '(' -name '*model_routable*' -o -name '*model-routable*' ')' -not -path "$root/packages/*" -not -path "$root/var/log/*")
count "$([ -z "$left" ] && echo ok || echo FAILED)" "nothing of it is left behind${left:+: $left}"
as_root rm -rf "$root"

print_totals
[ "$failed" = 0 ]
