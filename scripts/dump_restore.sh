# What pg_dump and pg_restore make of a guarded table, in which a row from before the guard is. docs/operations.md has to
# say the same. To be sourced after suites.sh.

dump_restore_suite() {
    local guard
    local dumps=$work/dumps results=$cache/results/dump_restore document=docs/operations.md
    say "Dump and restore on PostgreSQL $major, by kind of guard (results: $results)"
    rm -rf "$results"
    mkdir -p "$dumps" "$results"
    psql -d postgres -q -c 'CREATE DATABASE restored_template TEMPLATE template0'
    psql -d restored_template -q -c 'CREATE EXTENSION model_routable'
    for guard in default always check; do
        dumped_database "$guard"
        restores_of "$guard" >"$results/$guard"
    done
    paste -d '|' "$results/default" <(cut -d '|' -f 2 "$results/always") <(cut -d '|' -f 2 "$results/check") |
        sed 's/|/ | /g; s/^/| /; s/$/ |/' >"$results/table"
    documented_rows "$document" "Dump and restore" "$results/table"
}

# Makes a database with a table that is guarded, and the dumps of it.
dumped_database() {
    local settings=
    case $1 in
        always) settings=", replicas => true" ;;
        check) settings=", mechanism => 'check'" ;;
    esac
    "$bindir/createdb" "dumped_$1"
    psql -d "dumped_$1" -q -v ON_ERROR_STOP=1 >/dev/null <<END
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7'), (2, 'hermes', 'moonshot/kimi-k2.6');
SELECT routable.attach('workspaces'$settings);
END
    "$bindir/pg_dump" -d "dumped_$1" -f "$dumps/$1.sql"
    "$bindir/pg_dump" -d "dumped_$1" -Fc -f "$dumps/$1.custom"
}

# Restores in every way, and prints a line for each: what was done, and what came of it.
restores_of() {
    local guard=$1
    restored "whole, by psql" template0 "psql -q -f $dumps/$guard.sql"
    restored "whole, by pg_restore, in parallel" template0 "$bindir/pg_restore -j 2 $dumps/$guard.custom"
    restored '`--schema-only`' template0 "$bindir/pg_restore --schema-only $dumps/$guard.custom"
    restored '`--schema-only`, then `--data-only`' template0 \
        "$bindir/pg_restore --schema-only $dumps/$guard.custom" "$bindir/pg_restore --data-only $dumps/$guard.custom"
    restored '`--schema-only`, then `--data-only --disable-triggers`' template0 \
        "$bindir/pg_restore --schema-only $dumps/$guard.custom" \
        "$bindir/pg_restore --data-only --disable-triggers $dumps/$guard.custom"
    restored '`-t workspaces`, into a database with the extension' restored_template \
        "dump_of_one_table" "psql -q -f $dumps/one_table.sql"
    restored '`-t workspaces`, into a database without it' template0 \
        "dump_of_one_table" "psql -q -f $dumps/one_table.sql"
}

# pg_restore -t would leave out the triggers; pg_dump -t takes them along.
dump_of_one_table() {
    PGDATABASE='' "$bindir/pg_dump" -d "dumped_$guard" -t workspaces -f "$dumps/one_table.sql"
}

# Usage: restored <what, for people> <template> <command>... Each command finds the database by PGDATABASE, or by -d.
restored() {
    local what=$1 rows step problems='' enforced is_guarded
    "$bindir/dropdb" --if-exists restored 2>/dev/null
    "$bindir/createdb" -T "$2" restored
    shift 2
    for step in "$@"; do
        if [[ $step == *pg_restore* ]]; then step+=" -d restored"; fi
        # shellcheck disable=SC2086 # a command and its arguments
        PGDATABASE=restored $step >>"$results/log" 2>"$results/errors" || problems=", with errors"
        if grep -q 'ERROR:' "$results/errors"; then problems=", with errors"; fi
        cat "$results/errors" >>"$results/log"
    done
    rows=$(psql -d restored -Atc 'SELECT count(*) FROM workspaces' 2>/dev/null || echo none)
    case $rows in
        none) echo "$what|no table$problems"; return ;;
        0) rows="no rows" ;;
        2) rows="all rows" ;;
        *) rows="$rows rows" ;;
    esac
    # Asked by doing it; where the extension is there, its own answer has to be the same.
    enforced="not guarded"
    psql -d restored -qc "INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7')" \
        >"$results/errors" 2>&1 || true
    if grep -q '_model_routable"$' "$results/errors"; then enforced=guarded; fi
    is_guarded=$(psql -d restored -At 2>/dev/null \
        -c "SELECT routable.is_guarded('workspaces'), issues::text ~ 'no longer ENABLE ALWAYS' FROM routable.guards" || true)
    case $is_guarded in
        't|f') if [ "$enforced" != guarded ]; then enforced="not guarded, but is_guarded says so"; fi ;;
        't|t') enforced+=", no longer ENABLE ALWAYS" ;;
        *) if [ "$enforced" = guarded ]; then enforced="guarded, but is_guarded says otherwise"; fi ;;
    esac
    echo "$what|$rows, $enforced$problems"
}

# Compares a table with the one under a heading of a document, row by row.
# Usage: documented_rows <document> <heading> <file of rows>
documented_rows() {
    local row
    while read -r row; do
        if sed -n "/^## $2\$/,/^## /p" "$1" | grep -qxF "$row"; then
            count ok "$2: $(sed 's/^| //; s/ |$//' <<<"$row")"
        else
            count FAILED "$2: $(sed 's/^| //; s/ |$//' <<<"$row"), which is not what $1 says"
        fi
    done <"$3"
    if [ "$(sed -n "/^## $2\$/,/^## /p" "$1" | grep -c '^| ')" != $(($(wc -l <"$3") + 1)) ]; then
        count FAILED "$2: the table of $1 has a row for each of these tests, and no other"
    fi
}
