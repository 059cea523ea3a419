"""One workspace at a time: throughput and latency with pgbench, by clients."""

import pathlib
import re
import statistics
import subprocess
import tempfile

from samples import Samples, interleaved

ROWS = 100_000
CLIENTS = {1: "1 client", 8: "8 clients", 32: "32 clients"}
# Each connection first loads the library. With many connections, this takes a part of a short run.
LONGER = {32: 3}

NOTHING = "UPDATE, no guard"
GUARD = "UPDATE, guard"
APPLICATION = "SELECT, check in the client, UPDATE"

# An UPDATE that switches the runtime. The application has to ask for the model first, and what it then does with the answer
# is left out, as if it took no time.
SCRIPTS = {
    NOTHING: """\\set id random(1, {rows})
UPDATE single_plain SET runtime = CASE runtime WHEN 'hermes' THEN 'claude-code' ELSE 'hermes' END WHERE id = :id;
""",
    APPLICATION: """\\set id random(1, {rows})
SELECT runtime AS old_runtime, model AS old_model FROM single_plain WHERE id = :id \\gset
UPDATE single_plain SET runtime = CASE runtime WHEN 'hermes' THEN 'claude-code' ELSE 'hermes' END WHERE id = :id;
""",
}
SCRIPTS[GUARD] = SCRIPTS[NOTHING].replace("single_plain", "single_guarded")


def prepare(connection):
    for table in ["single_plain", "single_guarded"]:
        columns = "id int PRIMARY KEY, runtime text NOT NULL, model text"
        connection.execute(f"CREATE TABLE {table} ({columns}) WITH (fillfactor = 50)")
        connection.execute(
            f"INSERT INTO {table} SELECT id, 'claude-code', 'moonshot/kimi-k2.6' FROM generate_series(1, {ROWS}) id"
        )
        connection.execute(f"VACUUM (FREEZE, ANALYZE) {table}")
    connection.execute("SELECT routable.attach('single_guarded')")


def measure(connection, pgbench, rounds, few, seconds):
    """By number of clients: transactions a second, with the 99th percentile of their milliseconds in `latency`."""
    turns = {NOTHING: rounds, GUARD: rounds, APPLICATION: few}
    throughput, latency = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        scripts = {}
        for number, (name, script) in enumerate(SCRIPTS.items()):
            scripts[name] = pathlib.Path(folder, f"{number}.sql")
            scripts[name].write_text(script.format(rows=ROWS))
        for clients in CLIENTS:
            latency[clients] = Samples()

            def rate(name, clients=clients):
                connection.execute("VACUUM single_plain")
                connection.execute("VACUUM single_guarded")
                rate, slow = run(pgbench, scripts[name], clients, seconds * LONGER.get(clients, 1), folder)
                latency[clients].add(name, slow)
                return rate

            variants = {name: (turns[name], lambda name=name, rate=rate: rate(name)) for name in scripts}
            throughput[clients] = interleaved(rounds, variants)
    return throughput, latency


def run(pgbench, script, clients, seconds, folder):
    options = ["--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=1", f"--time={seconds}", "--log"]
    log = f"--log-prefix={folder}/log"
    command = [pgbench, *options, log, f"--file={script}", "postgres"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"^tps = ([0-9.]+)", output, re.MULTILINE)
    if not rate:
        raise SystemExit(f"pgbench finished no transaction in {seconds} s:\n{output}")
    waits = []
    for file in pathlib.Path(folder).glob("log.*"):
        waits += [int(line.split()[2]) / 1000 for line in file.read_text().splitlines()]
        file.unlink()
    return float(rate.group(1)), statistics.quantiles(waits, n=100, method="inclusive")[98]
