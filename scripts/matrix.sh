#!/usr/bin/env bash
# Runs the tests on every supported PostgreSQL, two versions at a time, and prints a line for each with its counts. Then makes
# the Debian packages for each, and upgrades clusters from one to another with pg_upgrade.
# Usage: scripts/matrix.sh [sql] [major...]   "sql" runs only the tests that scripts/test.sh sql runs. Without a major, all versions.
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/postgresql.sh
. scripts/server.sh
. scripts/suites.sh

at_once=2

# Runs the tests on one version, with logs of its own, and writes its line to a file. Usage: test_major <major> <pg_config>
test_major() {
    local log=$cache/matrix-$1.log version answer
    version=$("$2" --version)
    MODEL_ROUTABLE_CACHE=$cache/matrix-$1 PG_CONFIG=$2 scripts/test.sh $suites >"$log" 2>&1 </dev/null || true
    answer=$(tail -n 1 "$log")
    [[ $answer =~ ^[0-9]+\ passed,\ [0-9]+\ failed$ ]] || answer="0 passed, 1 failed: it did not run to the end"
    echo "${version% (*}: $answer" | tee "$cache/matrix-$1.line"
    [[ $answer == *" 0 failed" ]] || say "PostgreSQL $1 failed; its log is $log"
}

# Makes the Debian packages for a version. lintian must find no error. Usage: package_major <major> <pg_config>
package_major() {
    MODEL_ROUTABLE_CACHE=$cache/matrix-$1 PG_CONFIG=$2 scripts/package.sh &&
        lintian --fail-on error "$(target_directory)/packages/postgresql-$1-model-routable_"*.deb
}

# Upgrades a cluster from one version to another, in a process of its own, which prints its totals. If a suite of Debian is named,
# the earlier version is that suite's, without updates. Usage: test_pg_upgrade <major> <later major> [suite]
test_pg_upgrade() (
    local old_config old_package script
    passed=0 failed=0
    say "pg_upgrade from PostgreSQL $1 to $2"
    if [ $# = 3 ]; then find_first "$1" "$3"; else find_major "$1" || fail "There is no PostgreSQL $1."; fi
    find_toolchain
    build_extension
    old_config=$pg_config old_package=$package
    find_major "$2" || fail "There is no PostgreSQL $2."
    find_toolchain
    build_extension
    start_server
    install_tree "$old_config" "$old_package" "$work/old-install"
    # Up to 0.2.0, functions named the library with its folder.
    for script in sql/released/*.sql; do
        # shellcheck disable=SC2016 # $libdir is PostgreSQL's
        sed 's,MODULE_PATHNAME,$libdir/model_routable,' "$script" \
            >"$work/old-install$("$old_config" --sharedir)/extension/${script##*/}"
    done
    oldinstall=$work/old-install$(dirname "$("$old_config" --bindir)") \
        tap_suite tests/t/pg_upgrade_to_a_later_version_takes_guards_along.pl
    stop_server
    print_totals
)

suites=
if [ "${1:-}" = sql ]; then suites=sql; shift; fi
wanted=${*:-$(seq $oldest $newest)}
tested='' passed=0 failed=0
# Here, because otherwise the versions that run at once would each install this.
# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_tap) $(if [ -z "$suites" ]; then missing_packagers; missing lintian; fi)
for version in $wanted; do
    rm -f "$cache/matrix-$version.line"
    if find_major "$version"; then
        while [ "$(jobs -r | wc -l)" -ge $at_once ]; do sleep 1; done
        test_major "$version" "$PG_CONFIG" &
        tested+=" $version"
    elif [ $# = 0 ]; then
        say "PostgreSQL $version: no suite of Debian has it, so not tested"
    else
        say "There is no PostgreSQL $version"
        failed=$((failed + 1))
    fi
done
wait
say "PostgreSQL by version"
for version in $tested; do
    cat "$cache/matrix-$version.line"
    read -r ok bad < <(sed 's/.*: \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/' "$cache/matrix-$version.line")
    passed=$((passed + ok)) failed=$((failed + bad))
done
if [ -z "$suites" ]; then
    say "Debian packages"
    for version in $tested; do
        find_major "$version"
        # One that was built from source does not have the paths of a package.
        if [[ $("$PG_CONFIG" --bindir) != */usr/lib/postgresql/* ]]; then continue; fi
        package_major "$version" "$PG_CONFIG" >"$cache/package-$version.log" 2>&1 && answer=ok || answer=FAILED
        count "$answer" "PostgreSQL $version: the packages are made, and lintian finds no error ($cache/package-$version.log)"
    done
    # 15 without updates, because 15.20 dumps something for each column that 19rc1, which is older, does not know.
    for pair in "13 18" "15 19 bookworm"; do
        # shellcheck disable=SC2086 # two or three words
        test_pg_upgrade $pair | tee "$cache/pg_upgrade.out" || true
        read -r ok bad < <(sed -n '$s/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$cache/pg_upgrade.out" | grep . || echo 0 1)
        passed=$((passed + ok)) failed=$((failed + bad))
    done
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
