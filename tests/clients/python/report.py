"""The data of every client of Python, and its output: one line for each value, with a name, a tab and the value."""

import os

URL = os.environ["DATABASE_URL"]
POOLED = os.environ["POOLED"] == "yes"

# The second row of the batch is the incident's pair.
BATCH = [
    (11, "batch", "hermes", "moonshot/kimi-k2.6"),
    (12, "batch", "hermes", "anthropic/claude-opus-4-7"),
    (13, "batch", "codex", "gpt-5.5"),
]


def name_of(error):
    return f"{type(error).__module__.removesuffix('.exceptions')}.{type(error).__qualname__}"


def report(name, value):
    print(name, value, sep="\t")


def report_answer(answer):
    status, body = answer
    report("status", status)
    for name in ("code", "reason", "hint"):
        report(name, body[name])
