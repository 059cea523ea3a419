#!/usr/bin/env bash
# Writes the script that updates the extension from its last release. It replaces all objects, then drops those that are gone.
# Usage: scripts/update_script.sh
. "$(dirname "$0")/common.sh"
. scripts/requirements.sh

from=$(sed -n '$s/ .*//p' sql/released/versions)
to=$(field version)
{
    printf '\\echo Use "ALTER EXTENSION model_routable UPDATE TO '"'%s'"'" to load this file. \\quit\n\n' "$to"
    printf -- "-- Written by scripts/update_script.sh, of the files in sql and of sql/updates/%s.sql.\n" "$from"
    printf 'SET LOCAL search_path = pg_catalog, pg_temp;\n\n'
    grep -vxE '(schema|notice)\.sql' sql/install_order | sed 's,^,sql/,' |
        xargs sed -s -e 's/^CREATE FUNCTION/CREATE OR REPLACE FUNCTION/' -e 's/^CREATE VIEW/CREATE OR REPLACE VIEW/'
    printf '\n'
    cat "sql/updates/$from.sql"
} >"sql/model_routable--$from--$to.sql"
