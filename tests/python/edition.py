"""The SQL edition, as docs/managed.md installs it: by a role that is no superuser."""

import os
import subprocess

from tools import REPOSITORY, install


def script(*options, registry="providers.yaml"):
    """What the command-line tool prints."""
    command = ["model-routable", "sql", *options, registry]
    run = subprocess.run(command, cwd=REPOSITORY, env=install("tool"), stdout=subprocess.PIPE, text=True, check=True)
    return run.stdout


def run(server, database, role, text):
    """What psql prints for SQL that a role runs. An error ends it, and fails the test."""
    environment = os.environ | {"PGOPTIONS": f"-c role={role}"}
    run = server.psql(database, "-v", "ON_ERROR_STOP=1", input=text, env=environment)
    assert run.returncode == 0, run.stdout
    return run.stdout


def create(server, database):
    """Makes a database that has the edition. The role that owns both is named after it."""
    with server.connect("postgres") as connection:
        connection.execute(f"CREATE ROLE owner_of_{database}")
    server.create(database, owner=f"owner_of_{database}")
    run(server, database, f"owner_of_{database}", script())
