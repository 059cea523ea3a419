"""What all tests of `make test-clients` use."""

import os
import shutil
import signal
import subprocess

import pytest
import tools
from server import Server
from services import free_port, running


def needs(item):
    return [name for mark in item.iter_markers("needs") for name in mark.args]


def pytest_configure():
    # So that the programs beside the tests are ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_finish(session):
    """Installs what the selected tests need, and nothing else."""
    if session.config.option.collectonly:
        return
    with session.config.pluginmanager.get_plugin("capturemanager").global_and_fixture_disabled():
        for name in dict.fromkeys(name for item in session.items for name in needs(item)):
            try:
                tools.install(name)
            except subprocess.CalledProcessError:
                pytest.exit(f"What {name} needs could not be installed.")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    for name in needs(item):
        if tools.install(name) is None:
            pytest.skip(f"the distribution does not have what {name} needs")


def pytest_sessionfinish(session, exitstatus):
    session.config.ran_to_its_end = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


def pytest_unconfigure(config):
    """The last line of the output, which programs read."""
    if not getattr(config, "ran_to_its_end", False) or config.option.collectonly:
        return
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    count = {outcome: len(reporter.getreports(outcome)) for outcome in ("passed", "failed", "error", "skipped")}
    skipped = f", {count['skipped']} not run" if count["skipped"] else ""
    print(f"{count['passed']} passed, {count['failed'] + count['error']} failed{skipped}")


@pytest.fixture(scope="session")
def server():
    return Server()


@pytest.fixture(scope="session")
def pooler(server):
    """The port of pgbouncer, which has one connection to the server for each database, so that transactions share it."""
    port, folder = free_port(), server.data.parent / "pooler"
    folder.mkdir()
    (folder / "users").write_text('"app" "app"\n')
    (folder / "pgbouncer.ini").write_text(
        f"""\
[databases]
* = host=127.0.0.1 port={os.environ["PGPORT"]}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 1
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log
"""
    )
    command = ["pgbouncer", "-q", f"{folder}/pgbouncer.ini"]
    if os.getuid() == 0:
        shutil.chown(folder, server.data.owner())
        command += ["-u", server.data.owner()]
    with running(command, port, folder / "output", tools.install("pgbouncer")):
        yield port
