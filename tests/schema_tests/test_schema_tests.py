"""The schema of docs/testing.md, tested with the extension in pg_regress and in pgTAP."""

import os
import subprocess
from pathlib import Path

import pytest
from tools import REPOSITORY

FOLDER = REPOSITORY / "tests/schema_tests"


def pg_config(what):
    return subprocess.run([os.environ["PG_CONFIG"], what], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def test_the_tests_of_a_schema_pass_in_pg_regress(server, tmp_path):
    program = Path(pg_config("--pkglibdir"), "pgxs/src/test/regress/pg_regress")
    options = ["--encoding=UTF8", "--no-locale", "--dbname=schema_tests", f"--bindir={pg_config('--bindir')}"]
    folders = [f"--inputdir={FOLDER}", f"--outputdir={tmp_path}"]
    run = subprocess.run(
        [program, *options, *folders, "schema", "workspaces_are_guarded"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    differences = tmp_path / "regression.diffs"
    assert run.returncode == 0, differences.read_text() if differences.exists() else run.stdout


@pytest.mark.needs("pgtap")
def test_the_tests_of_a_schema_pass_in_pgtap(server):
    server.create("pgtap")
    with server.connect("pgtap") as connection:
        connection.execute("CREATE EXTENSION pgtap")
        connection.execute((FOLDER / "sql/schema.sql").read_text())
    output = server.psql("pgtap", "-f", FOLDER / "pgtap/workspaces_are_guarded.sql").stdout
    plan, *results = output.splitlines()
    assert plan == f"1..{len(results)}" and all(result.startswith("ok ") for result in results), output
