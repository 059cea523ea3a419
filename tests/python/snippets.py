#!/usr/bin/env python3
"""Keeps what documents show of programs the same as in the programs, which the tests run.

A comment `<!-- from path -->` in a document says where the fenced block below it comes from: the lines of that file
between `docs begin` and `docs end`, or the whole file where it has no such lines. `<!-- from path, name -->` is for files
with several such regions, each with its name after `docs begin` and `docs end`.
Usage: tests/python/snippets.py <document>... Writes the blocks again. tests/documents compares them.
"""

import re
import sys
import textwrap
from pathlib import Path

BLOCK = re.compile(r"(<!-- from (?P<source>[^ ,]+(, \w+)?) -->\n+```\w*\n)(?P<text>.*?)(^```$)", re.DOTALL | re.MULTILINE)


def source(of):
    path, _, name = of.partition(", ")
    text = Path(path).read_text()
    suffix = f" {name}" if name else ""
    region = re.search(rf"^[^\n]*\bdocs begin{suffix}\n(.*?)^[^\n]*\bdocs end{suffix}$", text, re.DOTALL | re.MULTILINE)
    if name and not region:
        raise SystemExit(f"{path} has no region {name}")
    return textwrap.dedent(region.group(1).expandtabs(4) if region else text)


def main():
    for document in map(Path, sys.argv[1:]):
        text = document.read_text()
        document.write_text(BLOCK.sub(lambda block: block.group(1) + source(block["source"]) + block.group(5), text))


if __name__ == "__main__":
    main()
