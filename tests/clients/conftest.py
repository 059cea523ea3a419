"""The table of the clients that ran, at the end of the output."""

import pytest

HEADER = ("client", "version", "error class", "fields that arrive")


def pytest_configure(config):
    config.clients_seen = {}


@pytest.fixture(scope="session")
def table(pytestconfig):
    """The rows of the table by client. The test of a client adds its row."""
    return pytestconfig.clients_seen


def pytest_terminal_summary(terminalreporter, config):
    if not config.clients_seen:
        return
    rows = [HEADER, *config.clients_seen.values()]
    widths = [max(map(len, column)) for column in zip(*rows)]
    terminalreporter.section("clients")
    for row in rows:
        terminalreporter.line("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
