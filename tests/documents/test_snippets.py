"""The code blocks of the documents are the code that the other tests run."""

import pytest
import snippets
from tools import REPOSITORY

BLOCKS = [
    pytest.param(block["source"], block["text"], id=f"{document.relative_to(REPOSITORY)}, {block['source']}")
    for document in (REPOSITORY / "README.md", *sorted(REPOSITORY.glob("docs/*.md")))
    for block in snippets.BLOCK.finditer(document.read_text())
]


@pytest.mark.parametrize("source, text", BLOCKS)
def test_a_document_shows_a_program_as_it_is(source, text):
    assert text == snippets.source(source)
