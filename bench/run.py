"""Measures everything, and writes the tables and the chart. `make bench` starts it beside a server."""

import argparse
import pathlib
import sys
import time
import types

import answers
import backend
import bounds
import chart
import registries
import releases
import report
import scan
import single_row
import strict
import writes
from database import connect


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="rounds of what is held to a bound")
    parser.add_argument("--few", type=int, default=5, help="rounds of the rest")
    parser.add_argument("--seconds", type=int, default=3, help="of each run of pgbench")
    parser.add_argument("--pgbench", required=True)
    parser.add_argument("--criterion", required=True, help="the folder of its estimates")
    parser.add_argument("--scratch", required=True, type=pathlib.Path, help="a folder in which the server may write")
    parser.add_argument("--edition", required=True, type=pathlib.Path, help="the script of the SQL edition")
    parser.add_argument("--former", required=True, help="the library of 0.2.0")
    parser.add_argument("--machine", required=True, help="a sentence on what this runs on")
    parser.add_argument("--tables", required=True, type=pathlib.Path, help="the file that gets all tables")
    parser.add_argument("--chart", required=True, type=pathlib.Path)
    options = parser.parse_args()
    results = types.SimpleNamespace(machine=options.machine, registries=registries.read(options.criterion), written={})
    with connect() as connection:
        connection.execute("CREATE EXTENSION model_routable")
        connection.execute("CREATE DATABASE edition")
        edition = connect("edition")
        edition.execute(options.edition.read_text())
        file = options.scratch / "rows"
        step("rows", lambda: (scan.prepare(connection), writes.prepare(connection, edition, file), single_row.prepare(connection)))
        results.mixed, results.kinds = step("scans", lambda: scan.measure(connection, options.rounds, options.few))
        for kind in ["unlogged", "ordinary"]:
            sql = "UNLOGGED" if kind == "unlogged" else ""
            results.written[kind] = step(
                f"statements on {kind} tables",
                lambda sql=sql: writes.measure(connection, edition, sql, file, options.rounds, options.few),
            )
        edition.close()
        results.calls, results.memory = step("new backends", lambda: backend.measure(options.rounds, options.former))
        results.throughput, results.latency = step(
            "single rows", lambda: single_row.measure(connection, options.pgbench, options.rounds, options.few, options.seconds)
        )
        # Last, because each new backend reads a table of releases that is not empty.
        results.made, results.released, results.first_calls = step(
            "releases", lambda: releases.measure(connection, options.rounds, options.few)
        )
        results.answers = step("answers", lambda: answers.measure(connection, options.rounds, options.few))
        results.strict = step("strict guards", lambda: strict.measure(connection, options.rounds))
    options.tables.write_text(report.text(results))
    chart.draw(results, options.chart)
    missed = 0
    for bound in bounds.of(results):
        missed += not bound.is_met
        print("  " + " | ".join(bound.row()))
    print(f"{missed} bounds missed" if missed else "every bound met")


def step(name, action):
    start = time.monotonic()
    result = action()
    print(f"  {name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    return result


if __name__ == "__main__":
    main()
