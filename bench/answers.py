"""The costs of what people wait for and read, with registries much larger than the shipped one."""

import time

import psycopg

from database import milliseconds
from releases import registry, release
from samples import Samples

REFUSED = "refusal, a runtime of 100,000 ids"
EXPLAINED = "explain, a runtime of 100,000 ids"
DIFF = "diff of two registries of 5,000 ids and 150 arms"


def one_runtime(arms, ids, word):
    """The text of a registry of one runtime, r0, with ids of this word in each arm."""
    return registry(arms, {"r0": [(arm, [f"{word}-0-{arm}-{number}" for number in range(ids)]) for arm in range(arms)]})


def measure(connection, rounds, few):
    """Milliseconds. The id is near listed ones, which the message names."""
    connection.execute("SET client_min_messages = error")
    samples = Samples()
    connection.execute("CREATE TABLE answers (runtime text, model text)")
    connection.execute("SELECT routable.attach('answers')")
    release(connection, one_runtime(10, 10_000, "model"))
    for turn in range(rounds):
        model = f"modle-0-{turn % 10}-{turn}"
        samples.add(EXPLAINED, milliseconds(connection, f"SELECT routable.explain('r0', '{model}')"))
        samples.add(REFUSED, refused(connection, f"INSERT INTO answers VALUES ('r0', '{model}')"))
    release(connection, one_runtime(150, 34, "model"))
    # All ids of the other registry are different.
    connection.execute("SELECT set_config('bench.registry', %s, false)", (one_runtime(150, 34, "other"),))
    for _ in range(few):
        samples.add(DIFF, milliseconds(connection, "SELECT count(*) FROM routable.diff(current_setting('bench.registry'))"))
    connection.execute("DROP TABLE answers")
    connection.execute("SELECT routable.revert(0)")
    connection.execute("RESET client_min_messages")
    return samples


def refused(connection, statement):
    """Milliseconds of a statement that the guard refuses."""
    start = time.perf_counter()
    try:
        connection.execute(statement)
    except psycopg.errors.CheckViolation:
        return 1000 * (time.perf_counter() - start)
    raise SystemExit(f"was not refused: {statement}")
