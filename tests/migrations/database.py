"""A database that migrations are applied to. The tool connects as its owner, which is not a superuser. A superuser created the
extension, and granted what a release needs."""

import hashlib
import os
import subprocess

import psycopg
from tools import install

# As docs/releases.md shows it.
GRANT = """
    GRANT EXECUTE ON FUNCTION routable.release(text, text, boolean), routable.revert(integer, text, boolean),
        routable.check(text), routable.diff(text, integer) TO app
"""


class Database:
    """A database and the tool that migrates it. A database from a template has its migrations."""

    def __init__(self, server, name, tool, template=None):
        self.server, self.name, self.tool = server, name, tool
        if template:
            server.create(name, owner="app", template=template.name)
            return
        server.create(name, owner="app")
        with server.connect(name) as connection:
            connection.execute("CREATE EXTENSION model_routable")
            connection.execute(GRANT)

    def migrate(self, step):
        self.run(getattr(self.tool, step), self.tool.folder)

    def run(self, command, folder):
        """Runs a shell command of the tool, which must succeed."""
        installed = install(self.tool.needs) if self.tool.needs else os.environ
        run = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=installed | self.tool.environment | {"DATABASE_URL": self.server.address(self.name)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert run.returncode == 0, run.stdout

    def stores(self, runtime, model):
        """Whether a new session can store a pair. It tries, and rolls back."""
        try:
            with self.server.connect(self.name) as connection, connection.transaction(force_rollback=True):
                connection.execute("INSERT INTO workspaces VALUES (1, 'a pair', %s, %s)", (runtime, model))
        except psycopg.errors.CheckViolation:
            return False
        return True

    def is_guarded(self):
        """Whether the incident is refused; the extension has to say the same."""
        with self.server.connect(self.name) as connection:
            told = connection.execute("SELECT routable.is_guarded('workspaces')").fetchone()[0]
        assert self.stores("hermes", "anthropic/claude-opus-4-7") is not told
        return told

    def has_released(self, file):
        """Whether exactly this file is the registry in force, its withdrawn id is refused, and app released it."""
        with self.server.connect(self.name) as connection:
            source, digest = connection.execute("SELECT source, sha256 FROM routable.registry").fetchone()
            roles = connection.execute("SELECT DISTINCT released_by FROM routable.releases").fetchall()
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        return (source, digest, roles) == ("release", sha256, [("app",)]) and not self.stores("hermes", "kimi-k2")

    def has_reverted(self):
        """Whether the built-in registry is in force, the withdrawn id can be stored, and app released and reverted."""
        with self.server.connect(self.name) as connection:
            source = connection.execute("SELECT source FROM routable.registry").fetchone()[0]
            roles = connection.execute("SELECT DISTINCT released_by FROM routable.releases").fetchall()
        return (source, roles) == ("built in", [("app",)]) and self.stores("hermes", "kimi-k2")

    def schema(self):
        """The lines of a dump, without the key that differs in each dump."""
        dump = subprocess.run(["pg_dump", "-d", self.name, "--schema-only"], stdout=subprocess.PIPE, text=True, check=True)
        return [line for line in dump.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]
