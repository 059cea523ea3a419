"""The costs of a release: of making it, of a backend's first call, and of lookups after it."""

import pathlib

import scan
from database import connect, milliseconds
from samples import Samples, interleaved

SHIPPED = "release of the shipped registry"
LARGE = "release of 1,000 runtimes and 100,000 ids"
REVERT = "revert to the built-in registry"

BUILT_IN = "model_routable, built-in registry"
RELEASED = "model_routable, the same registry as a release"

FIRST_BUILT_IN = "first call of a backend, built-in registry"
FIRST_RELEASED = "first call of a backend, a release in force"

CALL = "SELECT model_routable('hermes', 'anthropic/claude-opus-4-7')"


def registry(providers, runtimes):
    """The text of a registry. `runtimes` has for each name its arms: a provider, and ids."""
    lines = ["schema_version: 1", "providers:"]
    for provider in range(providers):
        lines.append(
            f"  - {{name: p{provider}, display_name: P, protocol: openai, auth_mode: key, auth_env: [K{provider}], "
            f"model_prefix_match: '^p{provider}[:/]'}}"
        )
    lines.append("runtimes:")
    for runtime, arms in runtimes.items():
        lines += [f"  {runtime}:", "    providers:"]
        for provider, ids in arms:
            lines += [f"      - name: p{provider}", "        models:"]
            lines += [f"          - {model}" for model in ids]
    return "\n".join(lines) + "\n"


def large():
    """A registry of 1,000 runtimes with 100 ids each."""

    def arm(runtime, number):
        provider = (runtime + 100 * number) % 500
        return provider, [f"p{provider}/model-{runtime}-{model}" for model in range(20)]

    return registry(500, {f"r{runtime}": [arm(runtime, number) for number in range(5)] for runtime in range(1000)})


def release(connection, text):
    """Milliseconds of a release that waits for the writers of no table."""
    connection.execute("SELECT set_config('bench.registry', %s, false)", (text,))
    return milliseconds(connection, "SELECT routable.release(current_setting('bench.registry'))")


def first_call():
    with connect() as connection:
        connection.execute("LOAD 'model_routable'")
        connection.execute("SELECT starts_with('a', 'b')")
        return milliseconds(connection, CALL)


def measure(connection, rounds, few):
    """Milliseconds of releases, of scans of a million rows, and of first calls."""
    connection.execute("SET client_min_messages = error")
    shipped = pathlib.Path("providers.yaml").read_text()
    made = Samples()
    for turn in range(rounds):
        made.add(SHIPPED, release(connection, shipped))
        made.add(REVERT, milliseconds(connection, "SELECT routable.revert(0)"))
        if turn < few:
            made.add(LARGE, release(connection, large()))
            connection.execute("SELECT routable.revert(0)")
    query = f"SELECT count(*) FROM pairs_mixed WHERE {scan.CONDITIONS[scan.LOOKUP]}"

    def scanned(statement):
        def run():
            connection.execute(*statement)
            # The first lookup of all takes the registry.
            connection.execute(CALL)
            return milliseconds(connection, query)

        return run

    lookups = interleaved(
        rounds,
        {
            BUILT_IN: (rounds, scanned(("SELECT routable.revert(0)",))),
            RELEASED: (rounds, scanned(("SELECT routable.release(%s)", (shipped,)))),
        },
    )
    calls = Samples()
    for _ in range(rounds):
        connection.execute("SELECT routable.revert(0)")
        calls.add(FIRST_BUILT_IN, first_call())
        connection.execute("SELECT routable.release(%s)", (shipped,))
        calls.add(FIRST_RELEASED, first_call())
    connection.execute("SELECT routable.revert(0)")
    connection.execute("RESET client_min_messages")
    return made, lookups, calls
