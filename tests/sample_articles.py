"""A short invented article."""

from typing import Any

from claims.articles import Article

RIVERS_TEXT = """\
"Rivers are full," said Lena Ford, head of the Water Board, on Monday.

"Roads are dry," Tobias Reck told reporters.

Ford added: "Bridges will hold."
"""
RIVERS_URL = "https://example.org/rivers"


def make_article(text: str = RIVERS_TEXT, **fields: Any) -> Article:
    """An article as a reader returns it, without a URL unless `fields` has one."""
    return Article(**{"name": "rivers.txt", "text": text, "reader": "plain-text", "reader_version": "1", **fields})
