"""The migration tools: how each is told to apply and undo what tests/migrations has for it."""

from pathlib import Path
from typing import NamedTuple

from tools import FOLDER, REPOSITORY

FILES = REPOSITORY / "tests/migrations"


class Tool(NamedTuple):
    """Shell commands for each step. `again` forgets that the guard was applied, and applies it; so does `release_again`."""

    name: str
    needs: str
    environment: dict
    folder: Path
    table: str
    up: str
    again: str
    down: str
    release: str
    release_again: str
    release_down: str


def psql(file):
    return f'psql -X -d "$DATABASE_URL" -v ON_ERROR_STOP=1 -1 -f {file}'


# The files have the names that Flyway expects. Flyway runs each in a transaction.
FLYWAY = Tool(
    "flyway",
    "",
    {},
    FILES / "flyway",
    table=psql("V1__workspaces.sql"),
    up=psql("V2__model_routable.sql"),
    again=psql("V2__model_routable.sql"),
    down=psql("U2__model_routable.sql"),
    release=psql("V3__registry.sql"),
    release_again=psql("V3__registry.sql"),
    release_down=psql("U3__registry.sql"),
)

ALEMBIC = Tool(
    "alembic",
    "python",
    {},
    FILES / "alembic",
    table="alembic upgrade 0001",
    up="alembic upgrade 0002",
    again="alembic stamp 0001 && alembic upgrade 0002",
    down="alembic downgrade 0001",
    release="alembic upgrade head",
    release_again="alembic stamp 0002 && alembic upgrade head",
    release_down="alembic downgrade 0002",
)

DJANGO = Tool(
    "django",
    "python",
    {"PYTHONPATH": ".", "DJANGO_SETTINGS_MODULE": "settings"},
    FILES / "django",
    table="python -m django migrate workspaces 0001",
    up="python -m django migrate workspaces 0002",
    again="python -m django migrate --fake workspaces 0001 && python -m django migrate workspaces 0002",
    down="python -m django migrate workspaces 0001",
    release="python -m django migrate",
    release_again="python -m django migrate --fake workspaces 0002 && python -m django migrate",
    release_down="python -m django migrate workspaces 0002",
)


def forget(migration):
    return f"""psql -X -d "$DATABASE_URL" -c "DELETE FROM knex_migrations WHERE name ~ '{migration}'" """


# One by one, because migrate:latest would also make the release.
KNEX = Tool(
    "knex",
    "node",
    {},
    FOLDER / "node/knex",
    table="../node_modules/.bin/knex migrate:up 001_workspaces.mjs",
    up="../node_modules/.bin/knex migrate:up 002_model_routable.mjs",
    again=forget("model_routable") + "&& ../node_modules/.bin/knex migrate:up 002_model_routable.mjs",
    down="../node_modules/.bin/knex migrate:down",
    release="../node_modules/.bin/knex migrate:latest",
    release_again=forget("registry") + "&& ../node_modules/.bin/knex migrate:latest",
    release_down="../node_modules/.bin/knex migrate:down",
)

TOOLS = [FLYWAY, ALEMBIC, DJANGO, KNEX]
