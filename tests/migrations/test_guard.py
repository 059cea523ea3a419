"""The guard as a migration."""

from database import Database


def test_up_guards_the_table(database):
    assert database.is_guarded()


def test_the_same_migration_again_changes_nothing(database):
    schema = database.schema()
    database.migrate("again")
    assert database.is_guarded()
    assert database.schema() == schema


def test_down_leaves_the_table_unguarded(database):
    database.migrate("down")
    assert not database.is_guarded()


def test_up_after_down_guards_the_table_again(database):
    database.migrate("down")
    database.migrate("up")
    assert database.is_guarded()


def test_a_schema_that_is_dumped_and_restored_is_guarded(database, server):
    restored = Database(server, "restored", database.tool)
    output = server.psql(restored.name, "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", input="\n".join(database.schema())).stdout
    assert "ERROR" not in output
    assert restored.is_guarded()
