#!/usr/bin/env bash
# Takes a cluster with guarded tables, and rows from before their guards, to a later PostgreSQL by pg_upgrade, and then
# the extension from its first release to this version. Usage: scripts/pg_upgrade.sh <major> <later major> [suite]
# With a suite of Debian, from the earlier version as that has it without its updates.
# The last line reads: N passed, N failed
. "$(dirname "$0")/common.sh"
. scripts/toolchain.sh
. scripts/postgresql.sh
. scripts/server.sh
. scripts/suites.sh
. scripts/upgrade.sh

# Sets PG_CONFIG to that of a side, old or new.
find_side() {
    if [ "$1" = old ] && [ -n "$suite" ]; then
        find_first "$old" "$suite"
    else
        find_major "${!1}" || fail "PostgreSQL ${!1} is neither installed nor to be had."
    fi
}

# Sets the variables by which everything else finds the programs of a side.
use() {
    find_side "$1"
    major=${!1}
    pg_config=$PG_CONFIG
    bindir=$("$pg_config" --bindir)
    tree=$work/$1-install
    server_bin=$tree$bindir
}

make_cluster() {
    local checksums=
    use "$1"
    install_tree "$pg_config" "$cache/package-$major" "$tree"
    make_folders "$1"
    # From 18 on they are the default, and the clusters have to be alike.
    if [ "$major" -ge 18 ]; then checksums=--no-data-checksums; fi
    as_server "$server_bin/initdb" -D "$work/$1" -U postgres -A trust -E UTF8 --locale=C --no-sync $checksums >>"$log"
    printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$work/socket'" 'fsync = off' >>"$work/$1/postgresql.conf"
}

# Usage: run_cluster <side> <what pg_ctl is to do>
run_cluster() {
    as_server "$server_bin/pg_ctl" -D "$work/$1" -l "$work/$1/server.log" -w -s "$2" >>"$log" 2>&1 </dev/null
}

upgrade_cluster() {
    local old_bin=$work/old-install$old_bindir
    (cd "$work/logs" && as_server env -C "$work/logs" "$server_bin/pg_upgrade" -b "$old_bin" -B "$server_bin" \
        -d "$work/old" -D "$work/new" -s "$work/socket" -U postgres --no-sync) >>"$log" 2>&1 </dev/null && return
    find "$work/new/pg_upgrade_output.d" -name '*.log' -exec grep -A 3 "error:" {} + >>"$log"
    return 1
}

guarded_tables() {
    psql -d guarded -At -c 'SELECT * FROM routable.guards ORDER BY relation::text' \
        -c 'TABLE workspaces ORDER BY id' -c 'TABLE parted ORDER BY id' -c 'TABLE checked' -c 'TABLE always ORDER BY id'
}

old=$1 new=$2 suite=${3:-} passed=0 failed=0
log=$cache/pg_upgrade-$old-$new.log
: >"$log"
release=$(grep -v '^#' sql/released/versions | head -n 1 | cut -d ' ' -f 1)
for side in old new; do
    find_side $side
    find_toolchain
    build_extension
done
make_work
make_folders logs

say "pg_upgrade from PostgreSQL $old to $new (log: $log)"
make_cluster old
old_bindir=$bindir
cp "sql/released/model_routable--$release.sql" "$(extension_scripts)"
run_cluster old start
extension_database guarded "$release"
psql -d guarded -q -v ON_ERROR_STOP=1 -f tests/upgrade/database.sql >>"$log"
psql -d guarded -q -c 'CREATE ROLE operators'
if [ "$old" -ge 15 ]; then psql -d guarded -q -c 'GRANT SET ON PARAMETER model_routable.enforcement TO operators'; fi
silent "on $old, the guards work" guards_work guarded
guarded_tables >"$work/before"
run_cluster old stop

make_cluster new
upgraded=ok
upgrade_cluster || upgraded=FAILED
count $upgraded "pg_upgrade takes a cluster with guarded tables from $old to $new"
run_cluster new start
guarded_tables >"$work/after"
silent "on $new, guards and rows are what they were on $old" diff -u "$work/before" "$work/after"
silent "on $new, the guards refuse the incident and leave rows from before them editable" guards_work guarded
library_and_objects "on $new, with the objects of $release" "$(every_function guarded)"
if [ "$old" -ge 15 ]; then
    silent "on $new, a role that was granted the enforcement parameter on $old sets it" \
        psql -d guarded -qAt -c 'SET ROLE operators' -c "SET model_routable.enforcement = 'warn'"
fi
silent "on $new, the extension is updated from $release" psql -d guarded -qAt -c 'ALTER EXTENSION model_routable UPDATE'
silent "on $new, after the update, the guards work" guards_work guarded
extension_database fresh ''
for database in fresh guarded; do psql -d $database -qAt -f tests/upgrade/catalogue.sql >"$work/$database"; done
silent "on $new, after the update, the extension is as a new installation has it" diff -u "$work/fresh" "$work/guarded"

print_totals
[ "$failed" = 0 ]
