# The guard and a release as migrations, with the tools that people use: up, down, once more, and squashed. Each tool works as the
# role that owns the database, in which a superuser has created the extension and granted what releases a registry. To be
# sourced after clients.sh.

migrations_suite() {
    local tool log registry=tests/migrations/alembic/versions/0003_registry.yaml
    psql_releases
    for tool in flyway alembic django knex; do
        log=$cache/migrations-$tool.log
        say "Migrations of $tool (log: $log)"
        : >"$log"
        migrated_database "$tool"
        step "$tool: up guards the table" up guarded
        dump_schema "$tool" >"$work/$tool.up"
        step "$tool: the same migration again is no error" again guarded
        dump_schema "$tool" >"$work/$tool.again"
        count "$(same "$work/$tool.up" "$work/$tool.again")" "$tool: the same migration again changes nothing"
        step "$tool: down leaves the table unguarded" down unguarded
        step "$tool: up after down guards it again" up guarded
        migrated_database squashed <"$work/$tool.up"
        count "$(state_of squashed | sed 's/^guarded$/ok/')" "$tool: a schema dumped after it, and restored, is guarded"
        release_step "$tool: the next migration puts its registry in force" release "$(released_from "$registry")"
        release_step "$tool: the same release again is no error" release-again "$(released_from "$registry")"
        release_step "$tool: the way back puts the built-in registry in force" release-down "$built_in"
        count "$(state_of "$tool" | sed 's/^guarded$/ok/')" "$tool: the table is guarded throughout"
    done
    squashed_django
}

# Makes a database for the role app, with the extension, and runs what is on the standard input in it.
migrated_database() {
    "$bindir/dropdb" --if-exists "$1" 2>/dev/null
    "$bindir/createdb" -O app "$1"
    psql -d "$1" -q -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION model_routable' -c "$grant"
    if [ "$1" = squashed ]; then psql -d "$1" -q -v ON_ERROR_STOP=1 >>"$log" 2>&1; fi
}

# What a superuser says for the role that migrates, as docs/releases.md shows it.
grant='GRANT EXECUTE ON FUNCTION routable.release(text, text, boolean), routable.revert(integer, text, boolean),
    routable.check(text), routable.diff(text, integer) TO app'

dump_schema() {
    "$bindir/pg_dump" -d "$1" --schema-only | grep -vE '^\\(un)?restrict'
}

same() {
    if cmp -s "$1" "$2"; then echo ok; else echo FAILED; fi
}

# Usage: step <what is proved> <up, again or down> <guarded or unguarded>
step() {
    local outcome=ok
    migrate "$tool" "$2" >>"$log" 2>&1 </dev/null || outcome=FAILED
    if [ "$(state_of "$tool")" != "$3" ]; then outcome=FAILED; fi
    count "$outcome" "$1"
    if [ $outcome = FAILED ]; then tail -n 5 "$log" >&2; fi
}

# Usage: release_step <what is proved> <release, release-again or release-down> <what registry_of has to answer>
release_step() {
    local outcome=ok
    migrate "$tool" "$2" >>"$log" 2>&1 </dev/null || outcome=FAILED
    if [ "$(registry_of "$tool")" != "$3" ]; then outcome=FAILED; fi
    count "$outcome" "$1"
    if [ $outcome = FAILED ]; then tail -n 5 "$log" >&2; fi
}

# Which registry a database has, whether another session stores what the release withdraws, and who released it.
registry_of() {
    psql -d "$1" -qAt -v VERBOSITY=sqlstate 2>&1 <<'END'
SELECT CASE source WHEN 'release' THEN sha256 ELSE source END FROM routable.registry;
BEGIN;
INSERT INTO workspaces VALUES (1, 'suspended', 'hermes', 'kimi-k2');
ROLLBACK;
SELECT DISTINCT released_by FROM routable.releases;
END
}

# What registry_of answers after a release of a file by the role that migrates, and once the built-in registry is in force again.
released_from() {
    printf '%s\nERROR:  23514\napp' "$(sha256sum "$1" | cut -d ' ' -f 1)"
}
built_in=$'built in\napp'

# A file that is released by psql, as docs/releases.md shows it.
psql_releases() {
    local tool=psql log=$cache/migrations-psql.log
    say "A release by psql (log: $log)"
    : >"$log"
    migrated_database psql
    psql -d "$(url_of psql)" -q -v ON_ERROR_STOP=1 -1 -f tests/migrations/flyway/V1__workspaces.sql \
        -f tests/migrations/flyway/V2__model_routable.sql >>"$log" 2>&1
    release_step "psql: a file is released as it is, byte by byte" release "$(released_from tests/migrations/psql/providers.yaml)"
}

# Whether the incident is refused in a database, asked by doing it; the extension has to say the same.
state_of() {
    local refused
    refused=$(psql -d "$1" -qAt -v VERBOSITY=sqlstate 2>&1 <<'END'
BEGIN;
INSERT INTO workspaces VALUES (1, 'incident', 'hermes', 'anthropic/claude-opus-4-7');
ROLLBACK;
SELECT routable.is_guarded('workspaces');
END
    )
    case $refused in
        $'ERROR:  23514\nt') echo guarded ;;
        f) echo unguarded ;;
        *) echo FAILED ;;
    esac
}

# Usage: migrate <tool> <up, again or down, release, release-again or release-down>. Again forgets that the migration was run,
# and runs it.
migrate() {
    local address files=tests/migrations/$1
    address=$(url_of "$1")
    case $1-$2 in
        # The files have Flyway's names; it runs each in a transaction.
        flyway-up)
            if [ -z "$(psql -d "$address" -Atc "SELECT to_regclass('workspaces')")" ]; then
                psql -d "$address" -v ON_ERROR_STOP=1 -1 -f "$files/V1__workspaces.sql"
            fi
            psql -d "$address" -v ON_ERROR_STOP=1 -1 -f "$files/V2__model_routable.sql" ;;
        flyway-again) psql -d "$address" -v ON_ERROR_STOP=1 -1 -f "$files/V2__model_routable.sql" ;;
        flyway-down) psql -d "$address" -v ON_ERROR_STOP=1 -1 -f "$files/U2__model_routable.sql" ;;
        flyway-release | flyway-release-again) psql -d "$address" -v ON_ERROR_STOP=1 -1 -f "$files/V3__registry.sql" ;;
        flyway-release-down) psql -d "$address" -v ON_ERROR_STOP=1 -1 -f "$files/U3__registry.sql" ;;
        psql-release) (cd "$files" && psql -d "$address" -v ON_ERROR_STOP=1 -1 -f release.sql) ;;
        alembic-up) alembic upgrade 0002 ;;
        alembic-again) alembic stamp 0001 && alembic upgrade 0002 ;;
        alembic-down) alembic downgrade 0001 ;;
        alembic-release) alembic upgrade head ;;
        alembic-release-again) alembic stamp 0002 && alembic upgrade head ;;
        alembic-release-down) alembic downgrade 0002 ;;
        django-up) django migrate workspaces 0002 ;;
        django-again) django migrate --fake workspaces 0001 && django migrate workspaces 0002 ;;
        django-down) django migrate workspaces 0001 ;;
        django-release) django migrate ;;
        django-release-again) django migrate --fake workspaces 0002 && django migrate ;;
        django-release-down) django migrate workspaces 0002 ;;
        # One by one: migrate:latest would make the release as well.
        knex-up) knex migrate:up 001_workspaces.mjs && knex migrate:up 002_model_routable.mjs ;;
        knex-again)
            psql -d "$address" -c "DELETE FROM knex_migrations WHERE name ~ 'model_routable'"
            knex migrate:up 002_model_routable.mjs ;;
        knex-down) knex migrate:down ;;
        knex-release) knex migrate:latest ;;
        knex-release-again)
            psql -d "$address" -c "DELETE FROM knex_migrations WHERE name ~ 'registry'"
            knex migrate:latest ;;
        knex-release-down) knex migrate:down ;;
    esac
}

alembic() {
    DATABASE_URL=$address PYTHONDONTWRITEBYTECODE=1 "$cache/clients/python/bin/alembic" -c "$files/alembic.ini" "$@"
}

django() {
    DATABASE_URL=$address PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$files DJANGO_SETTINGS_MODULE=settings "$python" -m django "$@"
}

knex() {
    rm -rf "$cache/clients/node/knex"
    cp -r "$files" "$cache/clients/node/knex"
    (cd "$cache/clients/node" && DATABASE_URL=$address npm exec --offline -- knex --knexfile knex/knexfile.mjs "$@")
}

# Django squashes by itself, and has to keep the guard and the release.
squashed_django() {
    local address squashed files=$work/django outcome=ok tool=django log=$cache/migrations-django.log
    cp -r tests/migrations/django "$files"
    migrated_database squashed_django
    address=$(url_of squashed_django)
    { django squashmigrations --noinput workspaces 0001 0003 && django migrate; } >>"$log" 2>&1 </dev/null || outcome=FAILED
    squashed=$(psql -d squashed_django -Atc "SELECT count(*) FROM django_migrations WHERE name ~ 'squashed'")
    if [ "$(state_of squashed_django)" != guarded ] || [ "$squashed" != 1 ]; then
        outcome=FAILED
    fi
    count "$outcome" "django: what squashmigrations makes of it guards the table"
    if [ "$(registry_of squashed_django)" != "$(released_from "$registry")" ]; then outcome=FAILED; fi
    count "$outcome" "django: what squashmigrations makes of it releases the registry"
}
