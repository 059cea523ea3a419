# The miniature of docs/testing.md: somebody's own schema, tested with the extension in pg_regress and in pgTAP. To be
# sourced after suites.sh and unpack.sh.

schema_tests_suite() {
    local folder=tests/schema_tests description result
    say "A schema's own tests, in pg_regress"
    regress regress/pg_regress $folder schema workspaces_are_guarded
    say "A schema's own tests, in pgTAP"
    if ! unpack "postgresql-$major-pgtap"; then
        skipped=$((skipped + 1))
        say "not run: there is no pgTAP for PostgreSQL $major to be had"
        return
    fi
    cp "$(places "usr/share/postgresql/$major/extension" | cut -d : -f 1)"/pgtap* \
        "$work/install$("$pg_config" --sharedir)/extension/"
    "$bindir/createdb" pgtap
    psql -d pgtap -q -c 'CREATE EXTENSION pgtap' -f $folder/sql/schema.sql >/dev/null
    while read -r result description; do
        count "$result" "$description"
    done < <(psql -d pgtap -f $folder/pgtap/workspaces_are_guarded.sql 2>&1 |
        sed -nE -e 's/^ok [0-9]+ - /ok pgTAP: /p' -e 's/^not ok [0-9]+ - /FAILED pgTAP: /p' \
            -e 's/^# Looks like/FAILED &/p' -e 's/^psql:.*ERROR/FAILED &/p')
}
