"""Connections to the server of the benchmark, and the tools of all measurements."""

import time

import psycopg


def connect(dbname="postgres", **options):
    return psycopg.connect(dbname=dbname, autocommit=True, prepare_threshold=None, **options)


def milliseconds(connection, statement):
    """How long the client waits for a statement."""
    start = time.perf_counter()
    connection.execute(statement)
    return 1000 * (time.perf_counter() - start)


def wal_position(connection):
    return int(connection.execute("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn").fetchone()[0])


# Pairs of the shipped registry by kind. Each has two runtimes, as the table of workspaces of a platform does.
EXACT_SHORT = "exact id, short"
EXACT_LONG = "exact id, long"
PATTERN = "by pattern"
OTHER_PATTERN = "by another pattern"
REFUSED = "refused"
UNKNOWN = "unknown runtime"

PAIRS = [
    ("claude-code", EXACT_SHORT, ["sonnet", "opus", "haiku"]),
    ("claude-code", EXACT_LONG, ["anthropic:claude-sonnet-4-6", "minimax/MiniMax-M2.7-highspeed"]),
    ("claude-code", PATTERN, ["claude-3-7-sonnet-latest", "claude-opus-9"]),
    ("claude-code", OTHER_PATTERN, ["deepseek-v3", "deepseek-chat-2"]),
    ("claude-code", REFUSED, ["gpt-4o", "mistral/large"]),
    ("hermes", EXACT_SHORT, ["moonshot/kimi-k2.6", "moonshot/kimi-k2.5"]),
    ("hermes", EXACT_LONG, ["kimi-coding/kimi-k2"]),
    ("hermes", PATTERN, ["openrouter/auto", "openrouter/x-ai/grok-5"]),
    ("hermes", OTHER_PATTERN, ["nvidia/nemotron-4", "nvidia/other"]),
    ("hermes", REFUSED, ["anthropic/claude-opus-4-7", "mistral/large"]),
    ("crewai", UNKNOWN, ["anthropic/claude-opus-4-7"]),
    ("autogen", UNKNOWN, ["moonshot/kimi-k2.6"]),
]

CODES = {
    EXACT_SHORT: "REGISTERED",
    EXACT_LONG: "REGISTERED",
    PATTERN: "ROUTABLE_BY_PREFIX",
    OTHER_PATTERN: "ROUTABLE_BY_PREFIX",
    REFUSED: "UNREGISTERED_MODEL_FOR_RUNTIME",
    UNKNOWN: "UNKNOWN_RUNTIME",
}
