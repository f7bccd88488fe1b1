"""Articles of our own invention, short enough to see at a glance what they say."""

from typing import Any

from claims.articles import Article

RIVERS_TEXT = """\
"Rivers are full," said Lena Ford, head of the Water Board, on Monday.

"Roads are dry," Tobias Reck told reporters.

Ford added: "Bridges will hold."
"""
RIVERS_URL = "https://example.org/rivers"


def make_article(text: str = RIVERS_TEXT, **fields: Any) -> Article:
    """An article as it comes from reading; without an address unless it is given one."""
    return Article(**{"name": "rivers.txt", "text": text, "reader": "plain-text", "reader_version": "1", **fields})
