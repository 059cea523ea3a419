"""Asks an example service what its README says, and more: what is wrong, what fails, and what races.

Usage: requests.py <address of the service> <address of its database, for its owner>
Prints a line for each proof: ok or FAILED, a tab, and what it is. The database is as examples/schema.sql makes it.
"""

import json
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg

SERVICE, DATABASE = sys.argv[1:]


def proof(what, holds, seen=""):
    print("ok" if holds else "FAILED", what if holds else f"{what}: {seen!r}", sep="\t", flush=True)


def patch(workspace_id, body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request(f"{SERVICE}/workspaces/{workspace_id}", data, method="PATCH")
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except HTTPError as answer:
        return answer.code, json.load(answer)


def readme():
    """The commands of the README, in their order, answer as it says."""
    for block in re.findall(r"^```console\n(\$ curl .*?)^```", Path("examples/README.md").read_text(), re.DOTALL | re.MULTILINE):
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            words = shlex.split(command.replace("http://127.0.0.1:8080", SERVICE))
            seen = subprocess.run(words, capture_output=True, text=True).stdout
            proof(f"the README's {words[-3].removeprefix(SERVICE)} {words[-1]}", seen == expected, seen)


def answers(database):
    proof("an id that is no number is not found", patch("x", {"model": "sonnet"})[0] == 404)
    proof("an id beyond bigint is not found", patch(10**30, {"model": "sonnet"})[0] == 404)
    for what, body in {
        "no JSON": b"{",
        "no UTF-8": b'{"model": "\xff"}',
        "no object": [],
        "an empty object": {},
        "a number": {"model": 1},
        "a null": {"model": None},
        "a NUL": {"model": "a\0b"},
        "half a character": b'{"model": "\\ud800"}',
        "another column": {"name": "x"},
    }.items():
        status, answer = patch(1, body)
        proof(f"a body with {what} is a bad request", status == 400 and answer.keys() == {"error"}, (status, answer))
    # Not the guard's: nothing that a user could do about it, and nothing that a user should see.
    database.execute("ALTER TABLE workspaces ADD CONSTRAINT secret CHECK (model <> 'opus') NOT VALID")
    status, answer = patch(2, {"runtime": "claude-code", "model": "opus"})
    proof("another constraint's violation tells nothing", (status, answer) == (500, {"error": "internal error"}), answer)
    database.execute("ALTER TABLE workspaces DROP CONSTRAINT secret")
    database.execute("ALTER TABLE workspaces RENAME TO hidden")
    status, answer = patch(2, {"model": "opus"})
    proof("an error of the database tells nothing", (status, answer) == (500, {"error": "internal error"}), answer)
    database.execute("ALTER TABLE hidden RENAME TO workspaces")
    status, answer = patch(2, {"runtime": "claude-code", "model": "opus"})
    proof("and the service goes on", status == 200, answer)


CHANGES = [{"runtime": "claude-code"}, {"model": "claude-opus-4-7"}, {"runtime": "hermes"}, {"model": "moonshot/kimi-k2.6"},
           {"runtime": "hermes", "model": "moonshot/kimi-k2.5"}]  # fmt: skip


def race(database):
    """50 requests at once on one row. Every answer is true of the row as it was at its turn."""
    database.execute("UPDATE workspaces SET runtime = 'claude-code', model = 'moonshot/kimi-k2.6' WHERE id = 1")
    database.execute("TRUNCATE history")
    with ThreadPoolExecutor(50) as clients:
        answers = list(clients.map(lambda number: patch(1, CHANGES[number % len(CHANGES)]), range(50)))
    routable = database.execute("SELECT bool_and(model_routable(runtime, model)) FROM history").fetchone()[0]
    restarts = database.execute("SELECT count(*) FROM history WHERE runtime <> old_runtime").fetchone()[0]
    return answers, routable, restarts


def races(database):
    database.execute("CREATE TABLE history (runtime text, model text, old_runtime text)")
    database.execute(
        "CREATE FUNCTION record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " INSERT INTO history VALUES (NEW.runtime, NEW.model, OLD.runtime); RETURN NULL; END $$"
    )
    database.execute("CREATE TRIGGER record AFTER UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION record()")
    answers, routable, restarts = race(database)
    statuses = sorted({status for status, _ in answers})
    proof("of 50 requests at once, each is written or refused, and both happen", statuses == [200, 422], statuses)
    proof("of 50 requests at once, none stores a bad pair, not even for a moment", routable is True)
    told = sum(answer.get("needs_restart", False) for _, answer in answers)
    proof(f"needs_restart is true as often as the runtime changed ({restarts} times)", told == restarts > 0, told)
    named = [answer for status, answer in answers if status == 422]
    judged = [database.execute("SELECT model_routable(%(runtime)s, %(model)s)", answer).fetchone()[0] for answer in named]
    proof(f"each of the {len(named)} refusals names a pair that is not routable", not any(judged))
    # The same load without the guard stores bad pairs: the service itself checks nothing.
    database.execute("SELECT routable.detach('workspaces')")
    answers, routable, _ = race(database)
    statuses = sorted({status for status, _ in answers})
    proof("without the guard, the same requests store a bad pair", routable is False and statuses == [200], statuses)


with psycopg.connect(DATABASE, autocommit=True) as database:
    readme()
    answers(database)
    races(database)
