"""Databases that migrations are applied to."""

import pytest
from database import Database
from migrations import TOOLS


@pytest.fixture(
    scope="session",
    params=[pytest.param(tool, id=tool.name, marks=pytest.mark.needs(tool.needs) if tool.needs else ()) for tool in TOOLS],
)
def guarded(request, server):
    """For each tool, a database in which it made and guarded the table."""
    database = Database(server, f"{request.param.name}_guarded", request.param)
    database.migrate("table")
    database.migrate("up")
    return database


@pytest.fixture
def database(server, guarded):
    return Database(server, guarded.tool.name, guarded.tool, template=guarded)
