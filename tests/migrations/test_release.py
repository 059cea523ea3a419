"""A registry that a migration releases."""

import shutil

import pytest
from database import Database
from migrations import DJANGO, FILES, FLYWAY, psql

REGISTRY = FILES / "alembic/versions/0003_registry.yaml"


def test_the_next_migration_puts_its_registry_in_force(database):
    database.migrate("release")
    assert database.has_released(REGISTRY)
    assert database.is_guarded()


def test_the_same_release_again_is_no_error(database):
    database.migrate("release")
    database.migrate("release_again")
    assert database.has_released(REGISTRY)
    assert database.is_guarded()


def test_the_way_back_puts_the_built_in_registry_in_force(database):
    database.migrate("release")
    database.migrate("release_down")
    assert database.has_reverted()
    assert database.is_guarded()


def test_psql_releases_a_file_byte_by_byte(server):
    database = Database(server, "psql", FLYWAY)
    database.migrate("table")
    database.migrate("up")
    database.run(psql("release.sql"), FILES / "psql")
    assert database.has_released(FILES / "psql/providers.yaml")


@pytest.mark.needs("python")
def test_what_django_squashes_guards_the_table_and_releases_the_registry(server, tmp_path):
    folder = shutil.copytree(FILES / "django", tmp_path / "django")
    database = Database(server, "squashed", DJANGO)
    database.run("python -m django squashmigrations --noinput workspaces 0001 0003 && python -m django migrate", folder)
    with server.connect("squashed") as connection:
        squashed = connection.execute("SELECT count(*) FROM django_migrations WHERE name ~ 'squashed'").fetchone()[0]
    assert squashed == 1
    assert database.is_guarded()
    assert database.has_released(REGISTRY)
