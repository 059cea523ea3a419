"""The bounds for the speed, and whether this run kept them."""

import answers
import backend
import registries
import releases
import scan
import single_row
import strict
import writes


class Bound:
    """A measured value with an upper or a lower limit."""

    def __init__(self, what, value, limit, *, least=False, unit="times"):
        self.what, self.value, self.limit, self.least, self.unit = what, value, limit, least, unit

    @property
    def is_met(self):
        return self.value >= self.limit if self.least else self.value <= self.limit

    def row(self):
        limit = f"{'at least' if self.least else 'at most'} {self.limit:g} {self.unit}"
        return [self.what, f"{self.value:.2f} {self.unit}", limit, "met" if self.is_met else "**missed**"]


def of(results):
    """The bounds, in the order of the table."""
    mixed = results.mixed
    lookup = [
        Bound("Scan with `model_routable`, of one with `hashtext` of both", mixed.ratio(scan.LOOKUP, scan.HASHES), 1.0),
        *(
            Bound(f"{name}, of `model_routable`", mixed.ratio(name, scan.LOOKUP), 20, least=True)
            for name in ["SQL function over a table", "PL/pgSQL function over a table"]
        ),
    ]
    statements = []
    for kind, limit in [("unlogged", 1.25), ("ordinary", 1.15)]:
        update, _ = results.written[kind][writes.UPDATE_RUNTIME]
        # On an ordinary table, every trigger BEFORE UPDATE pays the same WAL.
        peer = writes.GUARD if kind == "unlogged" else writes.GUARD_AFTER
        what = f"UPDATE of the runtime, {kind} table"
        statements += [
            Bound(f"{what}: guard, of the built-in C trigger", update.ratio(writes.GUARD, writes.BUILT_IN), limit),
            Bound(f"{what}: without `before_update`, of the same", update.ratio(writes.GUARD_AFTER, writes.BUILT_IN), 0.95),
            *(
                Bound(f"{what}: {name}, of the {peer}", update.ratio(name, peer), 3, least=True)
                for name in [writes.PLPGSQL, writes.FOREIGN_KEY]
            ),
            Bound(f"{what}: {writes.EDITION}, of the {writes.PLPGSQL}", update.ratio(writes.EDITION, writes.PLPGSQL), 2),
        ]
        for operation in [writes.INSERT, writes.COPY]:
            written, _ = results.written[kind][operation]
            ratio = written.ratio(writes.GUARD, writes.NOTHING)
            statements.append(Bound(f"{operation}, {kind} table: guard, of no guard", ratio, 1.25))
        for operation in [writes.UPDATE_RUNTIME, writes.INSERT, writes.COPY]:
            written, _ = results.written[kind][operation]
            ratio = written.ratio(writes.GUARD_STRICT, writes.GUARD)
            statements.append(Bound(f"{operation}, {kind} table: {writes.GUARD_STRICT}, of the guard", ratio, 1.1))
    single = [
        Bound(
            f"UPDATE of one row, {described}: throughput with the guard, of that without",
            results.throughput[clients].ratio(single_row.GUARD, single_row.NOTHING),
            0.95,
            least=True,
        )
        for clients, described in single_row.CLIENTS.items()
    ]
    first = Bound("First call in a backend beyond the second, library loaded", results.calls.median(backend.EXTRA), 0.3, unit="ms")
    heap = Bound("Private memory of 1,000 calls", results.memory.median(backend.MEMORY_CALLS), 64, unit="kB")
    grown = [
        Bound(
            f"Lookup with 1,000 runtimes and 100,000 ids, {described}: of the shipped registry",
            results.registries[group, "large"] / results.registries[group, "shipped"],
            2,
        )
        for group, described in registries.GROUPS.items()
    ]
    loaded = Bound("Loading the library, of 0.2.0's", results.calls.ratio(backend.LOAD, backend.LOAD_FORMER), 1.1)
    made, calls = results.made, results.first_calls
    strict_ratio = results.strict.ratio(strict.STRICT, strict.LAX)
    released = [
        Bound("UPDATE of the model, 1,000 runtimes: a guard that denies unknown runtimes and near misses, of the guard", strict_ratio, 1.1),
        Bound("Scan with a release in force, of one with the built-in registry", results.released.ratio(releases.RELEASED, releases.BUILT_IN), 1.03),
        Bound(
            "First call in a backend with a release in force, beyond that with the built-in registry",
            calls.median(releases.FIRST_RELEASED) - calls.median(releases.FIRST_BUILT_IN),
            1,
            unit="ms",
        ),
        Bound("Release of the shipped registry", made.median(releases.SHIPPED), 50, unit="ms"),
        Bound("Release of 1,000 runtimes and 100,000 ids", made.median(releases.LARGE), 5000, unit="ms"),
    ]
    read = [
        Bound(f"{name[0].upper()}{name[1:]}", results.answers.median(name), limit, unit="ms")
        for name, limit in [(answers.REFUSED, 5), (answers.EXPLAINED, 5), (answers.DIFF, 2000)]
    ]
    return [*lookup, *statements, *single, first, heap, *grown, loaded, *released, *read]
