"""What docs/managed.md says of the SQL edition, run as it is shown. The tests of a class share a database, in their order."""

import edition
import psycopg
import pytest
import snippets

pytestmark = pytest.mark.needs("tool")

OWNER = "model_routable_owner"


def shown(name):
    return snippets.source(f"tests/edition/managed.sql, {name}")


def without_transaction(script):
    return "\n".join(line for line in script.splitlines() if line not in ("BEGIN;", "COMMIT;"))


@pytest.fixture(scope="class")
def withdrawn(tmp_path_factory):
    """A registry file in which kimi-k2 is withdrawn from claude-code."""
    file = tmp_path_factory.mktemp("registry") / "providers.yaml"
    text = (edition.REPOSITORY / "providers.yaml").read_text()
    file.write_text(text.replace("          - kimi-k2\n", "        withdrawn_models: [kimi-k2]\n", 1))
    return file


@pytest.fixture(scope="class")
def database(server):
    server.create("app", owner="app")
    return "app"


class TestTheLifeOfAnEdition:
    def test_a_role_that_may_only_create_schemas_runs_the_script(self, server, database):
        edition.run(server, database, "postgres", shown("owner"))
        edition.run(server, database, OWNER, edition.script())

    def test_the_owner_of_a_table_guards_it(self, server, database):
        edition.run(server, database, "app", shown("guard"))
        with server.connect(database) as connection, pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO workspaces VALUES (1, '', 'hermes', 'anthropic/claude-opus-4-7')")

    def test_a_release_needs_a_privilege_on_guarded_tables(self, server, database, withdrawn):
        with pytest.raises(AssertionError, match=r"permission denied for table workspaces\nDETAIL.*\nHINT:  Grant"):
            edition.run(server, database, OWNER, edition.script("--registry-only", registry=withdrawn))
        edition.run(server, database, "app", shown("lock"))

    def test_a_release_counts_what_it_changes_and_is_in_force(self, server, database, withdrawn):
        output = edition.run(server, database, OWNER, edition.script("--registry-only", registry=withdrawn))
        assert "NOTICE:  ids: 1 no longer routable, 0 newly routable, 0 with another provider" in output
        with server.connect(database) as connection, pytest.raises(psycopg.errors.CheckViolation, match="kimi-k2"):
            connection.execute("INSERT INTO workspaces VALUES (1, '', 'claude-code', 'kimi-k2')")

    def test_an_earlier_release_can_be_put_in_force_again(self, server, database):
        edition.run(server, database, OWNER, shown("revert"))
        with server.connect(database) as connection:
            connection.execute("INSERT INTO workspaces VALUES (1, '', 'claude-code', 'kimi-k2')")

    def test_the_script_runs_again_under_the_guard_and_keeps_its_triggers(self, server, database):
        triggers = "SELECT oid, tgname FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY oid"
        with server.connect(database) as connection:
            before = connection.execute(triggers).fetchall()
            edition.run(server, database, OWNER, edition.script())
            assert connection.execute(triggers).fetchall() == before and len(before) == 2

    def test_it_is_removed_without_a_trace(self, server, database):
        assert "workspaces" in edition.run(server, database, "app", shown("guarded"))
        edition.run(server, database, "app", shown("removal"))
        edition.run(server, database, OWNER, shown("objects"))
        with server.connect(database) as connection:
            left = "SELECT to_regnamespace('routable'), count(*) FROM pg_proc WHERE proname = 'model_routable'"
            assert connection.execute(left).fetchall() == [(None, 0)]


@pytest.fixture(scope="class")
def moved(server):
    edition.create(server, "moved")
    guard = shown("guard").replace("'workspaces'", "'workspaces', near_miss => 'deny'")
    edition.run(server, "moved", "owner_of_moved", guard)
    return "moved"


class TestMoving:
    """A guarded table, whose database moves to the extension and back. The guard holds after each step."""

    @pytest.fixture(autouse=True)
    def is_guarded_as_before(self, server, moved):
        yield
        with server.connect(moved) as connection:
            guards = connection.execute("SELECT state, issues, attach_sql FROM routable.guards").fetchall()
            assert guards == [("enforcing", [], "SELECT routable.attach('public.workspaces', near_miss => 'deny');")]
            for model in ("anthropic/claude-opus-4-7", "Moonshot/Kimi-K2.6"):
                with pytest.raises(psycopg.errors.CheckViolation):
                    connection.execute("INSERT INTO workspaces VALUES (1, '', 'hermes', %s)", (model,))

    def test_a_superuser_moves_it_to_the_extension(self, server, moved):
        edition.run(server, moved, "postgres", shown("to_extension"))
        with server.connect(moved) as connection:
            assert connection.execute("SELECT number, released_by FROM routable.releases").fetchall() == [(1, "owner_of_moved")]

    def test_a_superuser_moves_it_back(self, server, moved):
        leave = snippets.source("tests/sql_edition/leave_extension.sql")
        begin = "BEGIN;\nSET LOCAL routable.owner = 'owner_of_moved';\n"
        script = f"{begin}{leave}SET LOCAL ROLE owner_of_moved;\n{without_transaction(edition.script())}\nCOMMIT;\n"
        edition.run(server, moved, "postgres", script)
        with server.connect(moved) as connection:
            assert connection.execute("SELECT FROM pg_proc WHERE probin ~ 'model_routable'").fetchall() == []


def test_a_migration_tool_runs_the_script_in_its_own_transaction(server):
    server.create("migrated", owner="app")
    script = without_transaction(edition.script())
    with psycopg.connect(server.address("migrated")) as connection:
        connection.execute(script)
        connection.rollback()
        assert connection.execute("SELECT to_regnamespace('routable')").fetchone() == (None,)
        connection.execute(script)
    with psycopg.connect(server.address("migrated")) as connection:
        assert connection.execute("SELECT model_routable('hermes', 'anthropic/claude-opus-4-7')").fetchone() == (False,)
