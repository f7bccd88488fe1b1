"""Who speaks: the speaker of each attribution, from the spans a tagger found and the document they stand in."""

from collections.abc import Sequence

from claims.extraction.document import Document
from claims.extraction.resolver.sayings import Saying, Who
from claims.extraction.resolver.walk import Walk

__all__ = ["Saying", "Who", "resolve"]


def resolve(document: Document, sayings: Sequence[Saying]) -> list[Who]:
    """One Who for each saying, in the same order. Never raises; takes time linear in the text."""
    return Walk(document, sayings).resolve()
