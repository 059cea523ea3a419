"""The programs of tests/clients: how each is started, and what it needs."""

from pathlib import Path
from typing import NamedTuple

from tools import FOLDER, REPOSITORY, install


class Program(NamedTuple):
    name: str
    needs: str
    command: str
    folder: Path = REPOSITORY

    def environment(self, address, pooled=False):
        return install(self.needs) | {"DATABASE_URL": address, "POOLED": "yes" if pooled else "no"}


CLIENTS = [
    Program("psycopg", "python", "python tests/clients/python/psycopg_client.py"),
    Program("asyncpg", "python", "python tests/clients/python/asyncpg_client.py"),
    Program("SQLAlchemy Core", "python", "python tests/clients/python/sqlalchemy_core.py"),
    Program("SQLAlchemy Core, async", "python", "python tests/clients/python/sqlalchemy_core_async.py"),
    Program("SQLAlchemy ORM", "python", "python tests/clients/python/sqlalchemy_orm.py"),
    Program("SQLAlchemy ORM, async", "python", "python tests/clients/python/sqlalchemy_orm_async.py"),
    Program("Django", "python", "python tests/clients/python/django_client.py"),
    Program("node-postgres", "node", "node pg.mjs", FOLDER / "node"),
    Program("postgres.js", "node", "node postgres.mjs", FOLDER / "node"),
    Program("Prisma", "node", "node prisma.mjs", FOLDER / "node"),
    Program("Drizzle", "node", "node drizzle.mjs", FOLDER / "node"),
    Program("Knex", "node", "node knex.mjs", FOLDER / "node"),
    Program("tokio-postgres", "rust", "tokio_postgres"),
    Program("sqlx", "rust", "sqlx"),
    Program("diesel", "rust", "diesel"),
    Program("JDBC", "java", "java Jdbc"),
    Program("Hibernate", "java", "java Hibernate"),
    Program("pgx", "go", "pgx"),
    Program("pg of Ruby", "ruby", "ruby tests/clients/ruby/pg.rb"),
    Program("ActiveRecord", "activerecord", "ruby tests/clients/ruby/active_record.rb"),
    Program("DBD::Pg", "perl", "perl tests/clients/perl/dbd_pg.pl"),
]

# The error is the same for all; so a driver of each kind is enough.
CLIENTS_OF_THE_EDITION = ("psycopg", "SQLAlchemy Core", "Prisma", "JDBC", "pgx")

LISTENERS = [
    Program("psycopg", "python", "python tests/clients/python/listen.py"),
    Program("tokio-postgres", "rust", "listen"),
]
