"""The answers of an example service, one request after another: those of its README, wrong requests, and failures."""

import re
import shlex
import subprocess
from contextlib import contextmanager

import pytest
from tools import REPOSITORY

README = (REPOSITORY / "examples/README.md").read_text()
BLOCKS = re.findall(r"^```console\n(\$ curl .*?)^```", README, re.DOTALL | re.MULTILINE)


def test_the_commands_of_the_readme_answer_as_it_says(service, database):
    commands = [command for block in BLOCKS for command in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]
    answers = []
    for command, _ in commands:
        words = shlex.split(command.replace("http://127.0.0.1:8080", service.address))
        answers.append((command, subprocess.run(words, stdout=subprocess.PIPE, text=True).stdout))
    assert answers == commands and commands


@pytest.mark.parametrize("workspace_id", ["x", pytest.param(10**30, id="beyond bigint")])
def test_an_id_that_no_workspace_can_have_is_not_found(service, workspace_id):
    assert service.patch(workspace_id, {"model": "sonnet"})[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="no JSON"),
        pytest.param(b'{"model": "\xff"}', id="no UTF-8"),
        pytest.param([], id="no object"),
        pytest.param({}, id="an empty object"),
        pytest.param({"model": 1}, id="a number"),
        pytest.param({"model": None}, id="a null"),
        pytest.param({"model": "a\0b"}, id="a NUL"),
        pytest.param(b'{"model": "\\ud800"}', id="half a character"),
        pytest.param({"name": "x"}, id="another column"),
    ],
)
def test_a_wrong_body_is_a_bad_request(service, database, body):
    status, answer = service.patch(1, body)
    assert status == 400 and answer.keys() == {"error"}


@contextmanager
def altered(database, statement, back):
    database.execute(statement)
    try:
        yield
    finally:
        database.execute(back)


def test_a_violation_of_another_constraint_tells_nothing(service, database):
    """The error is not the guard's. A user could not do anything about it, and must not see it."""
    with altered(
        database,
        "ALTER TABLE workspaces ADD CONSTRAINT secret CHECK (model <> 'opus') NOT VALID",
        "ALTER TABLE workspaces DROP CONSTRAINT secret",
    ):
        assert service.patch(2, {"runtime": "claude-code", "model": "opus"}) == (500, {"error": "internal error"})


def test_an_error_of_the_database_tells_nothing_and_the_service_goes_on(service, database):
    with altered(database, "ALTER TABLE workspaces RENAME TO hidden", "ALTER TABLE hidden RENAME TO workspaces"):
        assert service.patch(2, {"model": "opus"}) == (500, {"error": "internal error"})
    assert service.patch(2, {"runtime": "claude-code", "model": "opus"})[0] == 200
