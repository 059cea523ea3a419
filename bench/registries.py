"""The lookup as registries grow, from the estimates that `cargo bench -p registry` left."""

import json
import pathlib

NAMES = {
    "shipped": "as shipped: 5 runtimes, 58 ids",
    "ten times": "ten times that",
    "large": "1,000 runtimes, 100,000 ids",
}
GROUPS = {
    "lookup as in a table": "200 distinct pairs, as the rows of a table are",
    "lookup over all ids": "questions spread at random over all ids",
}

QUESTIONS = 100_000


def read(folder):
    """Nanoseconds a lookup, by (group, registry): the median."""
    results = {}
    for group in GROUPS:
        for name in NAMES:
            file = pathlib.Path(folder, group, name.replace(" ", "_"), "new", "estimates.json")
            if not file.exists():
                file = pathlib.Path(folder, group, name, "new", "estimates.json")
            estimates = json.loads(file.read_text())
            results[group, name] = estimates["median"]["point_estimate"] / QUESTIONS
    return results
