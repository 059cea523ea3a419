"""The listeners of docs/schemas.md, with the trigger that it shows."""

import subprocess
from threading import Timer

import pytest
import snippets
from programs import LISTENERS
from tools import REPOSITORY

TRIGGER = "tests/pg_regress/sql/a_notification_of_each_change_never_refuses_it.sql"
TOLD = """\
workspaces	2
restart	1, claude-code moonshot/kimi-k2.6, hermes moonshot/kimi-k2.6
restart	2, claude-code anthropic/claude-opus-4-7, claude-code opus
restart	2, claude-code opus, claude-code sonnet
restart	2, claude-code sonnet, claude-code opus
restart	2, claude-code sonnet, elsewhere sonnet
"""


@pytest.fixture
def address(server):
    server.create("notifications")
    with server.connect("notifications") as connection:
        connection.execute("CREATE EXTENSION model_routable")
        for source in ("tests/clients/tables.sql", TRIGGER, "tests/clients/rows.sql"):
            connection.execute(snippets.source(source))
    return server.address("notifications")


@pytest.mark.parametrize(
    "listener", [pytest.param(listener, id=listener.name, marks=pytest.mark.needs(listener.needs)) for listener in LISTENERS]
)
def test_a_listener_is_told_of_each_change_that_is_committed_and_of_nothing_else(listener, server, address):
    environment = listener.environment(address)
    with subprocess.Popen(
        listener.command.split(), cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = Timer(60, process.kill)
        deadline.start()
        try:
            # It prints this line after LISTEN, so it misses no change.
            told = process.stdout.readline()
            server.psql("notifications", "-f", "tests/clients/changes.sql")
            rest, errors = process.communicate()
        finally:
            deadline.cancel()
            process.kill()
    assert told + rest == TOLD, errors
