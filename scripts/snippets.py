#!/usr/bin/env python3
"""Keeps what documents show of programs the same as in the programs, which the tests run.

A comment `<!-- from path -->` in a document says where the fenced block below it comes from: the lines of that file
between `docs begin` and `docs end`, or the whole file where it has no such lines.
Usage: snippets.py check|write <document>... Prints a line for each block: ok or FAILED, a tab, and what it is.
"""

import re
import sys
import textwrap
from pathlib import Path

BLOCK = re.compile(r"(<!-- from (\S+) -->\n+```\w*\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
REGION = re.compile(r"^[^\n]*\bdocs begin\n(.*?)^[^\n]*\bdocs end$", re.DOTALL | re.MULTILINE)


def source(path):
    text = Path(path).read_text()
    region = REGION.search(text)
    return textwrap.dedent(region.group(1).expandtabs(4) if region else text)


def main():
    command, documents = sys.argv[1], sys.argv[2:]
    for document in documents:
        text = Path(document).read_text()
        if command == "write":
            Path(document).write_text(BLOCK.sub(lambda block: block.group(1) + source(block.group(2)) + block.group(4), text))
        else:
            for block in BLOCK.finditer(text):
                same = block.group(3) == source(block.group(2))
                print("ok" if same else "FAILED", f"{document} shows {block.group(2)} as it is", sep="\t")


main()
