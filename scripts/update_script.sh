#!/usr/bin/env bash
# Writes the scripts that update the extension from its last release, and from the SQL edition. Each replaces all objects, then
# drops those that are gone.
# Usage: scripts/update_script.sh
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh

to=$(field version)

# The objects of this version, in place of those that are there.
objects() {
    grep -vxE '(schema|notice)\.sql' sql/install_order | sed 's,^,sql/,' |
        xargs sed -s -e 's/^CREATE FUNCTION/CREATE OR REPLACE FUNCTION/' -e 's/^CREATE VIEW/CREATE OR REPLACE VIEW/'
}

# Usage: update_script <from> [script that comes before the objects]
update_script() {
    printf '\\echo Use "ALTER EXTENSION model_routable UPDATE TO '"'%s'"'" to load this file. \\quit\n\n' "$to"
    printf -- "-- Written by scripts/update_script.sh, of the files in sql and of sql/updates/%s.sql.\n" "$1"
    printf 'SET LOCAL search_path = pg_catalog, pg_temp;\n\n'
    if [ -n "${2:-}" ]; then cat "$2"; fi
    objects
    printf '\n'
    cat "sql/updates/$1.sql"
}

from=$(sed -n '$s/ .*//p' sql/released/versions)
update_script "$from" >"sql/model_routable--$from--$to.sql"
update_script sql sql/updates/before_sql.sql >"sql/model_routable--sql--$to.sql"
