"""A refusal in each driver and framework: straight from the server, through pgbouncer in transaction mode, from the SQL edition."""

import re
import subprocess
from collections import defaultdict
from types import SimpleNamespace

import edition
import pytest
from programs import CLIENTS, CLIENTS_OF_THE_EDITION
from tools import REPOSITORY

FIELDS = ("sqlstate", "constraint", "code", "reason", "hint")
ROWS = [
    (1, "support bot", "hermes", "moonshot/kimi-k2.6"),
    (2, "code review", "claude-code", "anthropic/claude-opus-4-7"),
]
WAYS = {"direct": [], "pgbouncer": ["pgbouncer"], "SQL edition": ["tool"]}


def file(name):
    return (REPOSITORY / "tests/clients" / name).read_text()


@pytest.fixture(scope="module")
def database(server):
    server.create("clients")
    with server.connect("clients") as connection:
        connection.execute("CREATE EXTENSION model_routable")
        connection.execute(file("tables.sql"))
        yield connection


@pytest.fixture(scope="module")
def database_of_the_edition(server):
    edition.create(server, "clients_of_the_edition")
    with server.connect("clients_of_the_edition") as connection:
        connection.execute(file("tables.sql"))
        yield connection


@pytest.fixture(scope="module")
def incident(server, database):
    """The fields of the incident that psql shows have to arrive at every client."""
    database.execute(file("rows.sql"))
    update = "UPDATE workspaces SET runtime = 'hermes' WHERE id = 2"
    shown = server.psql(server.address("clients"), "-v", "VERBOSITY=verbose", "-c", update).stdout
    fields = re.search(
        r"^ERROR:  (?P<sqlstate>\w+): .*\nDETAIL:  (?P<code>[A-Z_]+): (?P<reason>.*)\nHINT:  (?P<hint>.*)\n"
        r"(.*\n)*CONSTRAINT NAME:  (?P<constraint>.*)$",
        shown,
        re.MULTILINE,
    )
    assert fields, shown
    return fields.groupdict()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((client, way), id=f"{client.name}, {way}", marks=pytest.mark.needs(client.needs, *needs))
        for client in CLIENTS
        for way, needs in WAYS.items()
        if way != "SQL edition" or client.name in CLIENTS_OF_THE_EDITION
    ],
)
def outcome(request, server, database, incident, table):
    """The output of a client, a list of values for each name, and the rows that it left in the table."""
    client, way = request.param
    port = request.getfixturevalue("pooler") if way == "pgbouncer" else None
    if way == "SQL edition":
        database = request.getfixturevalue("database_of_the_edition")
    database.execute(file("rows.sql"))
    run = subprocess.run(
        client.command.split(),
        cwd=client.folder,
        env=client.environment(server.address(database.info.dbname, port), pooled=way == "pgbouncer"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    seen = defaultdict(list)
    for line in run.stdout.splitlines():
        name, _, value = line.partition("\t")
        seen[name].append(value)
    arrived = {name: seen[name][0] for name in FIELDS if any(seen[name])}
    table[client.name] = (client.name, *seen["version"], *seen["error"], ", ".join(arrived))
    rows = database.execute("TABLE workspaces ORDER BY id").fetchall()
    return SimpleNamespace(client=client, seen=seen, arrived=arrived, rows=rows, status=run.returncode, errors=run.stderr)


def test_the_incident_raises_an_error_of_integrity_and_becomes_a_422(outcome):
    assert outcome.seen["status"] == ["422"], outcome.errors
    assert len(outcome.seen["error"]) == 1 and outcome.seen["error"][0]


def test_each_field_arrives_as_psql_shows_it(outcome, incident):
    """The client names the fields that it drops."""
    assert outcome.arrived == {name: value for name, value in incident.items() if name not in outcome.seen["dropped"]}


def test_the_transaction_is_rolled_back_and_the_connection_goes_on(outcome):
    assert outcome.seen["after"] == ["code review"]


def test_the_legitimate_switch_passes(outcome):
    assert outcome.seen["switch"] == ["200"]


def test_a_batch_with_a_bad_row_is_refused(outcome):
    assert len(outcome.seen["batch"]) == 1 and outcome.seen["batch"][0]


def test_the_table_holds_the_legitimate_switch_and_nothing_else_that_is_new(outcome):
    assert outcome.rows == ROWS


def test_the_program_ends_without_an_error(outcome):
    assert outcome.status == 0, outcome.errors


def test_the_document_shows_the_error_and_the_fields(outcome):
    row = f"| {outcome.client.name} | `{outcome.seen['error'][0]}` | {', '.join(outcome.arrived)} |"
    assert row in (REPOSITORY / "docs/clients.md").read_text()
