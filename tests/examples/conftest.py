"""The example services, each with a new database."""

import json
import re
import shlex
import subprocess
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from services import free_port, running
from tools import FOLDER, REPOSITORY, install

README = (REPOSITORY / "examples/README.md").read_text()


class Service:
    def __init__(self, address):
        self.address = address

    def patch(self, workspace_id, body):
        """The status and the JSON of an answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = Request(f"{self.address}/workspaces/{workspace_id}", data, method="PATCH")
        try:
            with urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except HTTPError as answer:
            return answer.code, json.load(answer)


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.needs(f"example_{name}", "curl")) for name in ("python", "rust")],
)
def service(request, server):
    """Started by the commands of the README, except that packages are installed elsewhere."""
    subprocess.run(["dropdb", "--if-exists", "examples"], check=True, stderr=subprocess.DEVNULL)
    for command in re.findall(r"^\$ ((?:createdb|psql) .*)", README, re.MULTILINE):
        subprocess.run(shlex.split(command), cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    start = re.search(rf"^\$ DATABASE_URL=(\S+) (.*examples/{request.param}/.*)", README, re.MULTILINE)
    port, log = free_port(), FOLDER.parent / f"example-{request.param}.log"
    environment = install(f"example_{request.param}") | {"DATABASE_URL": start[1], "PORT": str(port)}
    with running(shlex.split(start[2].removeprefix("venv/bin/")), port, log, environment):
        yield Service(f"http://127.0.0.1:{port}")


@pytest.fixture
def database(server, service):
    """A connection to the service's database, with the rows that it began with."""
    with server.connect("examples") as connection:
        connection.execute((REPOSITORY / "tests/clients/rows.sql").read_text())
        yield connection
