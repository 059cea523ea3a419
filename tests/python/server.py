"""The server that scripts/test_clients.sh started: its superuser connects through the socket, the role app by TCP."""

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql
from tools import REPOSITORY

ACCESS = """\
local all postgres trust
host all app 127.0.0.1/32 scram-sha-256
"""


class Server:
    def __init__(self):
        with self.connect("postgres") as connection:
            files = connection.execute("SELECT current_setting('hba_file'), current_setting('data_directory')").fetchone()
            self.access, self.data = map(Path, files)
            self.access.write_text(ACCESS)
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("SET password_encryption = 'scram-sha-256'")
            connection.execute("CREATE ROLE app LOGIN PASSWORD 'app'")

    def connect(self, database):
        """A connection of the superuser, which commits each statement."""
        return psycopg.connect(dbname=database, autocommit=True)

    def address(self, database, port=None):
        """A database's address for the role app. A pooler has its own port."""
        return f"postgresql://app:app@127.0.0.1:{port or os.environ['PGPORT']}/{database}"

    def create(self, database, owner="postgres", template="template1"):
        """Makes a database. Drops the one that has its name."""
        names = map(sql.Identifier, (database, owner, template))
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(database)))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*names))

    def psql(self, database, *arguments, **options):
        """What psql prints, errors included. A database is a name or an address."""
        command = ["psql", "-X", "-q", "-d", database, *arguments]
        return subprocess.run(
            command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, **options
        )
