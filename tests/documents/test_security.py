"""The tests that docs/security.md names exist, and each of its lines has one."""

import re

import pytest
from tools import REPOSITORY

DOCUMENT = REPOSITORY / "docs/security.md"
ROWS = [line.strip("|").split(" | ") for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize("role, tests", [pytest.param(row[0], row[-1], id=row[0].strip()) for row in ROWS])
def test_each_line_on_a_role_names_tests_that_exist(role, tests):
    links = re.findall(r"\[(\w+)\]\((\S+?)\)", tests)
    assert links
    for name, path in links:
        test = DOCUMENT.parent / path
        assert test.is_file() and test.stem == name
