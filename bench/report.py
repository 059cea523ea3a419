"""The measured tables, as Markdown."""

import answers
import backend
import bounds
import registries
import releases
import single_row
import writes


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def spread(samples, variant, digits=0):
    lower, upper = samples.quartiles(variant)
    return f"{lower:.{digits}f} to {upper:.{digits}f}"


def text(results):
    """The whole page."""
    parts = [
        "# Measured",
        "Written by `make bench`; what it means, and how it was measured, is in [docs/performance.md](../docs/performance.md).",
        results.machine,
        "## The bounds",
        table(["", "measured", "bound", ""], [bound.row() for bound in bounds.of(results)]),
        "## The lookup in a scan of 1,000,000 rows",
        "Milliseconds. The five kinds of pairs mixed, in random order:",
        table(
            ["condition", "median", "quartiles", "rounds"],
            [
                [name, f"{results.mixed.median(name):.0f}", spread(results.mixed, name), str(results.mixed.rounds(name))]
                for name in results.mixed.values
            ],
        ),
        "By kind of pair:",
        table(
            ["pairs", *next(iter(results.kinds.values())).values],
            [
                [kind, *(f"{samples.median(name):.0f}" for name in samples.values)]
                for kind, samples in results.kinds.items()
            ],
        ),
        f"## Statements that write {writes.ROWS:,} rows",
        "Milliseconds, and megabytes of WAL. The guard is the default one where nothing else is said.",
    ]
    for kind, operations in results.written.items():
        parts.append(f"### {kind.capitalize()} tables")
        for operation, (samples, wal) in operations.items():
            rows = [
                [
                    name,
                    f"{samples.median(name):.0f}",
                    spread(samples, name),
                    f"{samples.ratio(name, writes.NOTHING):.2f}",
                    f"{samples.ratio(name, writes.BUILT_IN):.2f}",
                    f"{samples.ratio(name, writes.GUARD):.2f}",
                    f"{wal[name] / 1e6:.1f}",
                    str(samples.rounds(name)),
                ]
                for name in samples.values
            ]
            head = [operation, "median", "quartiles", "of nothing", "of the C trigger", "of the guard", "WAL", "rounds"]
            parts.append(table(head, rows))
    parts += [
        "## One row at a time",
        "pgbench, prepared statements, over a socket on the same machine, every commit flushed.",
        table(
            ["", *single_row.CLIENTS.values()],
            [
                [f"{name}: {what}", *(show(samples[clients], name) for clients in single_row.CLIENTS)]
                for what, samples, show in [
                    ("transactions a second", results.throughput, lambda samples, name: f"{samples.median(name):,.0f}"),
                    ("99th percentile", results.latency, lambda samples, name: f"{samples.median(name):.2f} ms"),
                ]
                for name in [single_row.NOTHING, single_row.GUARD, single_row.APPLICATION]
            ],
        ),
        "## A new backend",
        table(
            ["", "median", "quartiles"],
            [
                [name, f"{results.calls.median(name):.3f} ms", f"{spread(results.calls, name, 3)} ms"]
                for name in [
                    backend.UNLOADED,
                    backend.PRELOADED,
                    backend.LOAD,
                    backend.LOAD_FORMER,
                    backend.FIRST,
                    backend.SECOND,
                    backend.EXTRA,
                    backend.PEER_FIRST,
                    backend.PEER_SECOND,
                    backend.PEER_EXTRA,
                ]
            ]
            + [
                [name, f"{results.memory.median(name):.0f} kB", f"{spread(results.memory, name)} kB"]
                for name in [backend.MEMORY_LOAD, backend.MEMORY_CALLS]
            ],
        ),
        "## The lookup as registries grow",
        "Nanoseconds a lookup, outside of PostgreSQL.",
        table(
            ["questions", *registries.NAMES.values()],
            [
                [described, *(f"{results.registries[group, name]:.0f}" for name in registries.NAMES)]
                for group, described in registries.GROUPS.items()
            ],
        ),
        "## Releases",
        "Of a scan of a million rows, and of a first call, beside the same with the built-in registry.",
        table(
            ["", "median", "quartiles"],
            [
                [name, f"{samples.median(name):.2f} ms", f"{spread(samples, name, 2)} ms"]
                for samples, names in [
                    (results.made, [releases.SHIPPED, releases.REVERT, releases.LARGE]),
                    (results.released, [releases.BUILT_IN, releases.RELEASED]),
                    (results.first_calls, [releases.FIRST_BUILT_IN, releases.FIRST_RELEASED]),
                ]
                for name in names
            ],
        ),
        "## Refusals, explanations and comparisons",
        "With registries much larger than the shipped one. The id is near listed ones, which the message names.",
        table(
            ["", "median", "quartiles"],
            [
                [name, f"{results.answers.median(name):.2f} ms", f"{spread(results.answers, name, 2)} ms"]
                for name in [answers.REFUSED, answers.EXPLAINED, answers.DIFF]
            ],
        ),
    ]
    return "\n\n".join(parts) + "\n"
