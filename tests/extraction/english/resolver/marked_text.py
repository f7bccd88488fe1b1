"""Texts with marked utterances: `{source}` and `[content]`, paired in the order in which they begin."""

from claims.extraction import Document, EntityKind, Resolved, Span
from claims.extraction.english.resolver import SpeakerMention, Utterance, resolve_speakers


def parse_marked(marked: str) -> tuple[str, list[Utterance]]:
    """Return the text without its marks, and its utterances. `{}` stands for a missing source."""
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
    utterances = [
        Utterance((content,), (), (source,) if source.start < source.end else ())
        for source, content in zip(sources, contents, strict=True)
    ]
    return text, utterances


def resolve_marked(marked: str) -> tuple[str, list[SpeakerMention]]:
    text, utterances = parse_marked(marked)
    return text, resolve_speakers(Document.from_text(text), utterances)


def resolved_person(name: str) -> Resolved:
    return Resolved(name, EntityKind.PERSON)


def resolved_organization(name: str) -> Resolved:
    return Resolved(name, EntityKind.ORGANIZATION)


def resolved_group(phrase: str) -> Resolved:
    return Resolved(phrase, EntityKind.GROUP)


def resolved_unnamed(phrase: str) -> Resolved:
    return Resolved(phrase, EntityKind.UNNAMED)


def resolve_names(marked: str) -> list[str | None]:
    """Return the name of each speaker in turn; None for one who is not resolved."""
    speakers = [mention.speaker for mention in resolve_marked(marked)[1]]
    return [speaker.name if isinstance(speaker, Resolved) else None for speaker in speakers]
