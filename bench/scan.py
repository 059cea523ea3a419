"""The lookup in a scan of a table, compared with what people would write instead."""

from database import CODES, EXACT_LONG, EXACT_SHORT, OTHER_PATTERN, PAIRS, PATTERN, REFUSED, UNKNOWN, milliseconds
from samples import interleaved

ROWS = 1_000_000

LOOKUP = "model_routable"
HASHES = "hashtext of both"

# A function of a team that keeps the routable pairs in a table.
TABLE_OF_PAIRS = """
CREATE TABLE routable_pairs (runtime text, model text, PRIMARY KEY (runtime, model));
CREATE FUNCTION pair_in_table_sql(text, text) RETURNS boolean STABLE PARALLEL SAFE LANGUAGE sql AS
    'SELECT EXISTS (SELECT FROM routable_pairs WHERE (runtime, model) = ($1, $2))';
CREATE FUNCTION pair_in_table_plpgsql(text, text) RETURNS boolean STABLE PARALLEL SAFE LANGUAGE plpgsql AS
    'BEGIN RETURN EXISTS (SELECT FROM routable_pairs WHERE (runtime, model) = ($1, $2)); END';
"""

CONDITIONS = {
    "no condition": "true",
    LOOKUP: "model_routable(runtime, model)",
    HASHES: "hashtext(runtime) <> hashtext(model)",
    "starts_with": "starts_with(model, runtime)",
    "join with a table of pairs": None,
    "SQL function over a table": "pair_in_table_sql(runtime, model)",
    "PL/pgSQL function over a table": "pair_in_table_plpgsql(runtime, model)",
}

# These have a bound, so they are measured in every round.
BOUND = {LOOKUP, HASHES, "SQL function over a table", "PL/pgSQL function over a table"}


def prepare(connection):
    connection.execute("SELECT setseed(0.5)")
    connection.execute("CREATE UNLOGGED TABLE candidates (runtime text, kind text, number int, of int, model text)")
    for runtime, kind, models in PAIRS:
        for number, model in enumerate(models):
            row = (runtime, kind, number, len(models), model)
            connection.execute("INSERT INTO candidates VALUES (%s, %s, %s, %s, %s)", row)
            code = connection.execute("SELECT code FROM routable.explain(%s, %s)", (runtime, model)).fetchone()[0]
            if code != CODES[kind]:
                raise SystemExit(f"({runtime}, {model}) stands for {CODES[kind]} in this benchmark, and is {code}")
    mixed = [EXACT_SHORT, EXACT_LONG, PATTERN, OTHER_PATTERN, REFUSED]
    fill(connection, "pairs_mixed", mixed)
    for name, kinds in BY_KIND.items():
        fill(connection, name, kinds)
    for kind in ONCE:
        once(connection, kind)
    connection.execute(TABLE_OF_PAIRS)
    connection.execute(
        "INSERT INTO routable_pairs SELECT DISTINCT runtime, model FROM candidates WHERE model_routable(runtime, model)"
    )
    connection.execute("VACUUM (FREEZE, ANALYZE) routable_pairs")


BY_KIND = {
    "pairs_exact": [EXACT_SHORT, EXACT_LONG],
    "pairs_pattern": [PATTERN, OTHER_PATTERN],
    "pairs_refused": [REFUSED],
    "pairs_unknown": [UNKNOWN],
}

# The same, but every row has a different model.
ONCE = {PATTERN: "pairs_pattern_once", REFUSED: "pairs_refused_once"}


def once(connection, kind):
    table = ONCE[kind]
    connection.execute(
        f"CREATE UNLOGGED TABLE {table} AS SELECT id, runtime, model || id AS model FROM {table.removesuffix('_once')}"
    )
    codes = connection.execute(
        f"SELECT DISTINCT code FROM {table}, routable.explain(runtime, model) WHERE id % 1000 = 0"
    ).fetchall()
    if codes != [(CODES[kind],)]:
        raise SystemExit(f"{table} is to hold {CODES[kind]} alone, and holds {codes}")
    connection.execute(f"VACUUM (FREEZE, ANALYZE) {table}")


def fill(connection, table, kinds):
    """As many rows of each kind and of each of its two runtimes, in random order."""
    connection.execute(f"CREATE UNLOGGED TABLE {table} (id int, runtime text NOT NULL, model text)")
    connection.execute(
        f"""
        INSERT INTO {table}
        SELECT drawn.id, chosen.runtime, chosen.model
        FROM (SELECT id, %s::text[] AS kinds, random() AS kind, random() AS runtime, random() AS model
              FROM generate_series(1, {ROWS}) id) drawn
        CROSS JOIN LATERAL (SELECT kinds[1 + floor(kind * cardinality(kinds))::int] AS name) wanted
        JOIN (SELECT kind, runtime, rank() OVER (PARTITION BY kind ORDER BY runtime) > 1 AS second
              FROM (SELECT DISTINCT kind, runtime FROM candidates) listed) runtimes
          ON runtimes.kind = wanted.name AND runtimes.second = (drawn.runtime >= 0.5)
        JOIN candidates chosen
          ON chosen.kind = wanted.name AND chosen.runtime = runtimes.runtime
         AND chosen.number = floor(drawn.model * chosen.of)::int
        """,
        (kinds,),
    )
    connection.execute(f"VACUUM (FREEZE, ANALYZE) {table}")


def statement(table, condition):
    if condition is None:
        return f"SELECT count(*) FROM {table} JOIN routable_pairs USING (runtime, model)"
    return f"SELECT count(*) FROM {table} WHERE {condition}"


def measure(connection, rounds, few):
    """Milliseconds of a scan by condition; and the lookup's and the hashes' by kind of pair."""

    def variants(table, conditions):
        return {
            name: (
                rounds if name in BOUND else few,
                lambda condition=condition: milliseconds(connection, statement(table, condition)),
            )
            for name, condition in conditions.items()
        }

    tables = [*BY_KIND, *ONCE.values()]
    for table in ["pairs_mixed", *tables]:
        connection.execute(statement(table, "true"))
    mixed = interleaved(rounds, variants("pairs_mixed", CONDITIONS))
    two = {name: CONDITIONS[name] for name in ["no condition", LOOKUP, HASHES]}
    kinds = {}
    for table in tables:
        kind = table.removeprefix("pairs_").replace("_once", ", each id once")
        kinds[kind] = interleaved(few, variants(table, two))
    return mixed, kinds
