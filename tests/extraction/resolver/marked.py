"""Texts with their sayings marked: `{source}` and `[content]`, paired in the order in which they begin."""

from claims.extraction import Document, EntityKind, Resolved, Span
from claims.extraction.resolver import Saying, Who, resolve


def read(marked: str) -> tuple[str, list[Saying]]:
    """The text without its marks, and its sayings. A source `{}` with nothing in it is no source."""
    text = ""
    spans: dict[str, list[Span]] = {"{": [], "[": []}
    opened: list[tuple[str, int]] = []
    for char in marked:
        if char in "{[":
            opened.append((char, len(text)))
        elif char in "}]":
            kind, start = opened.pop()
            spans[kind].append(Span(start, len(text)))
        else:
            text += char
    sources, contents = sorted(spans["{"]), sorted(spans["["])
    sayings = [
        Saying((content,), (), (source,) if source.start < source.end else ())
        for source, content in zip(sources, contents, strict=True)
    ]
    return text, sayings


def resolved(marked: str) -> tuple[str, list[Who]]:
    """The text and who says what in it."""
    text, sayings = read(marked)
    return text, resolve(Document.from_text(text), sayings)


def person(name: str) -> Resolved:
    return Resolved(name, EntityKind.PERSON)


def organization(name: str) -> Resolved:
    return Resolved(name, EntityKind.ORGANIZATION)


def group(phrase: str) -> Resolved:
    return Resolved(phrase, EntityKind.GROUP)


def unnamed(phrase: str) -> Resolved:
    return Resolved(phrase, EntityKind.UNNAMED)
