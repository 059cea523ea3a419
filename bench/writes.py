"""Statements that write many rows, with the guard and with what people would use instead."""

from database import milliseconds, wal_position
from samples import interleaved

ROWS = 300_000

# Routable on both runtimes of the UPDATE, so that no variant refuses anything.
MODELS = ["moonshot/kimi-k2.6", "moonshot/kimi-k2.5"]
RUNTIMES = ["claude-code", "hermes"]

NOTHING = "nothing"
BUILT_IN = "built-in C trigger"
GUARD = "guard"
GUARD_AFTER = "guard, before_update => false"
GUARD_STRICT = "guard, unknown_runtime and near_miss => 'deny'"
GUARD_DEFERRED = "guard, deferral => 'deferred'"
TWO_GUARDS = "two guards, with a second model column"
GUARD_CHECK = "guard, mechanism => 'check'"
PLPGSQL = "PL/pgSQL trigger with a lookup"
EDITION = "guard in SQL and PL/pgSQL"
FOREIGN_KEY = "foreign key to a table of pairs"
CHECK_LIST = "CHECK with the pairs in it"

UPDATE_RUNTIME = "UPDATE of the runtime"
UPDATE_OTHER = "UPDATE of another column"
INSERT = "INSERT … SELECT"
COPY = "COPY"

OPERATIONS = {
    UPDATE_RUNTIME: "UPDATE {table} SET runtime = CASE runtime WHEN 'hermes' THEN 'claude-code' ELSE 'hermes' END",
    UPDATE_OTHER: "UPDATE {table} SET id = id + 1",
    INSERT: "INSERT INTO {table} (id, runtime, model) SELECT * FROM source",
    COPY: "COPY {table} (id, runtime, model) FROM '{file}'",
}

# These have a bound, so they are measured in more rounds.
BOUND = {
    UPDATE_RUNTIME: {BUILT_IN, GUARD, GUARD_AFTER, GUARD_STRICT, EDITION, PLPGSQL, FOREIGN_KEY},
    UPDATE_OTHER: set(),
    INSERT: {NOTHING, GUARD, GUARD_STRICT},
    COPY: {NOTHING, GUARD, GUARD_STRICT},
}

# Those that take a second or more are far from their bounds, and the others are close.
SLOW = {EDITION, PLPGSQL, FOREIGN_KEY}


def guards():
    """The statements that create each variant on a table."""
    pairs = ", ".join(f"('{runtime}', '{model}')" for runtime in RUNTIMES for model in MODELS)
    return {
        NOTHING: "",
        BUILT_IN: """CREATE TRIGGER guarding BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()""",
        GUARD: "SELECT routable.attach('{table}')",
        GUARD_AFTER: "SELECT routable.attach('{table}', before_update => false)",
        GUARD_STRICT: "SELECT routable.attach('{table}', unknown_runtime => 'deny', near_miss => 'deny')",
        GUARD_DEFERRED: "SELECT routable.attach('{table}', deferral => 'deferred')",
        # The statements do not write this column.
        TWO_GUARDS: """ALTER TABLE {table} ADD fallback text DEFAULT 'moonshot/kimi-k2.6';
            SELECT routable.attach('{table}'), routable.attach('{table}', model_column => 'fallback')""",
        GUARD_CHECK: "SELECT routable.attach('{table}', mechanism => 'check')",
        EDITION: "SELECT routable.attach('{table}')",
        PLPGSQL: """CREATE TRIGGER guarding BEFORE INSERT OR UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_pair_not_in_table()""",
        FOREIGN_KEY: "ALTER TABLE {table} ADD FOREIGN KEY (runtime, model) REFERENCES routable_pairs",
        CHECK_LIST: f"ALTER TABLE {{table}} ADD CHECK ((runtime, model) IN ({pairs}))",
    }


PLPGSQL_TRIGGER = """
CREATE FUNCTION refuse_pair_not_in_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.runtime, NEW.model) IS NOT DISTINCT FROM (OLD.runtime, OLD.model) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM routable_pairs WHERE (runtime, model) = (NEW.runtime, NEW.model)) THEN
        RAISE check_violation;
    END IF;
    RETURN NEW;
END $$
"""


def prepare(connection, edition, file):
    """`edition` is a connection to the database that has the SQL edition."""
    connection.execute(PLPGSQL_TRIGGER)
    for runtime in RUNTIMES:
        for model in MODELS:
            connection.execute("INSERT INTO routable_pairs VALUES (%s, %s) ON CONFLICT DO NOTHING", (runtime, model))
    connection.execute("VACUUM (FREEZE, ANALYZE) routable_pairs")
    for of_rows in [connection, edition]:
        of_rows.execute("CREATE UNLOGGED TABLE source (id int, runtime text NOT NULL, model text)")
        of_rows.execute(
            f"INSERT INTO source SELECT id, 'claude-code', (%s::text[])[1 + id %% 2] FROM generate_series(1, {ROWS}) id",
            (MODELS,),
        )
        of_rows.execute("VACUUM (FREEZE, ANALYZE) source")
    connection.execute(f"COPY source TO '{file}'")


def measure(connection, edition, kind, file, rounds, few):
    """By operation: milliseconds, and bytes of WAL, on tables of a kind (`UNLOGGED` or none)."""
    tables = {}
    connections = {name: edition if name == EDITION else connection for name in guards()}
    for number, (name, guard) in enumerate(guards().items()):
        table = f"written_{kind.lower() or 'ordinary'}_{number}"
        connections[name].execute(f"CREATE {kind} TABLE {table} (id int, runtime text NOT NULL, model text)")
        connections[name].execute(f"INSERT INTO {table} SELECT * FROM source")
        if guard:
            connections[name].execute(guard.format(table=table))
        tables[name] = table
    results = {}
    for operation, text in OPERATIONS.items():
        wal = {}

        def run(name, text=text, operation=operation, wal=wal):
            table = tables[name]
            # The table is always the same: twice the size of its rows, or empty.
            run_on = connections[name]
            run_on.execute(f"VACUUM {table}" if operation in (UPDATE_RUNTIME, UPDATE_OTHER) else f"TRUNCATE {table}")
            before = wal_position(connection)
            elapsed = milliseconds(run_on, text.format(table=table, file=file))
            wal[name] = wal_position(connection) - before
            return elapsed

        # Once without measuring, so that each table has room for new versions of rows.
        for name in tables:
            run(name)
        bound = BOUND[operation]
        turns = {name: few if name not in bound else rounds if name in SLOW else 2 * rounds for name in tables}
        variants = {name: (turns[name], lambda name=name: run(name)) for name in tables}
        results[operation] = interleaved(max(turns.values()), variants), wal
    for name, table in tables.items():
        connections[name].execute(f"DROP TABLE {table}")
    return results
