"""A guard that denies unknown runtimes and near misses beside one that allows them, with a registry of 1,000 runtimes."""

from database import milliseconds
from releases import large, release
from samples import interleaved

ROWS = 300_000

LAX = "guard"
STRICT = "guard that denies unknown runtimes and near misses"

SETTINGS = {LAX: "", STRICT: ", unknown_runtime => 'deny', near_miss => 'deny'"}

# Only patterns take these ids. There are more pairs than a backend remembers, so each row is looked up.
PAIRS = f"""SELECT id, 'r' || id % 1000 AS runtime, 'p' || id % 500 || '/unlisted-a' AS model
    FROM generate_series(1, {ROWS}) AS id"""

UPDATE = "UPDATE {table} SET model = translate(model, 'ab', 'ba')"


def measure(connection, rounds):
    """Milliseconds of an UPDATE of all rows. The registry is in force only for it."""
    connection.execute("SET client_min_messages = error")
    release(connection, large())
    tables = {}
    for number, (name, settings) in enumerate(SETTINGS.items()):
        tables[name] = table = f"strict_{number}"
        connection.execute(f"CREATE UNLOGGED TABLE {table} AS {PAIRS}")
        connection.execute(f"SELECT routable.attach('{table}'{settings})")

    def run(name):
        connection.execute(f"VACUUM {tables[name]}")
        return milliseconds(connection, UPDATE.format(table=tables[name]))

    for name in tables:
        run(name)
    updates = interleaved(rounds, {name: (rounds, lambda name=name: run(name)) for name in tables})
    for table in tables.values():
        connection.execute(f"DROP TABLE {table}")
    connection.execute("SELECT routable.revert(0)")
    connection.execute("RESET client_min_messages")
    return updates
