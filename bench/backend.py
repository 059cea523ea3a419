"""The costs of a new backend: its first call, and its memory."""

import pathlib

from database import connect, milliseconds
from samples import Samples

CALL = "SELECT model_routable('hermes', 'anthropic/claude-opus-4-7')"
PEER = "SELECT starts_with('hermes', 'anthropic/claude-opus-4-7')"

LOAD = "loading the library"
LOAD_FORMER = "loading the library of 0.2.0"
FIRST = "first call, library loaded"
SECOND = "second call"
PEER_FIRST = "first call of starts_with"
PEER_SECOND = "second call of starts_with"
UNLOADED = "first call, library not loaded"
PRELOADED = "first call with session_preload_libraries"
EXTRA = "first call beyond the second, library loaded"
PEER_EXTRA = "the same of starts_with"

MEMORY_LOAD = "private memory: loading the library"
MEMORY_CALLS = "private memory: the first 1,000 calls after that"


def measure(rounds, former):
    """Milliseconds by step, and kilobytes of private memory. `former` is the library of 0.2.0."""
    times, memory = Samples(), Samples()
    for _ in range(rounds):
        with connect() as connection:
            warm(connection)
            times.add(UNLOADED, milliseconds(connection, CALL))
        with connect(options="-c session_preload_libraries=model_routable") as connection:
            warm(connection)
            times.add(PRELOADED, milliseconds(connection, CALL))
        with connect() as connection:
            warm(connection)
            times.add(LOAD_FORMER, milliseconds(connection, f"LOAD '{former}'"))
        with connect() as connection:
            warm(connection)
            first, second = milliseconds(connection, PEER), milliseconds(connection, PEER)
            times.add(PEER_FIRST, first)
            times.add(PEER_SECOND, second)
            times.add(PEER_EXTRA, first - second)
            times.add(LOAD, milliseconds(connection, "LOAD 'model_routable'"))
            first, second = milliseconds(connection, CALL), milliseconds(connection, CALL)
            times.add(FIRST, first)
            times.add(SECOND, second)
            times.add(EXTRA, first - second)
        with connect() as connection:
            warm(connection)
            # The catalog entries that any function needs are read first, so that the rest is the cost of the library.
            connection.execute("SELECT 'model_routable(text, text)'::regprocedure")
            before = private_memory(connection)
            connection.execute("LOAD 'model_routable'")
            loaded = private_memory(connection)
            for _ in range(1000):
                connection.execute(CALL)
            called = private_memory(connection)
            memory.add(MEMORY_LOAD, loaded - before)
            memory.add(MEMORY_CALLS, called - loaded)
    return times, memory


def warm(connection):
    """The cost of any first statement of a backend."""
    for _ in range(3):
        connection.execute("SELECT length('a')")


def private_memory(connection):
    """Kilobytes that belong to the backend alone (Linux's smaps_rollup)."""
    pid = connection.info.backend_pid
    lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
