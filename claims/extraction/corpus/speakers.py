"""Annotations of who the speaker of an attribution is: the entity to which its source refers.

They are notes on the events of an annotation file (`#1  AnnotatorNotes E1  speaker: Ann Moor; kind: person; mention:
name`), or lines of a file of their own, for a corpus that is not ours to change: `{"doc", "content", "source",
"speaker", "kind", "mention"}`, where the spans say which attribution is meant.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from claims.extraction.quotation import EntityKind, MentionKind, Span

NOTE_PATTERN = re.compile(r"speaker: (.+); kind: (\w+); mention: (\w+)")
# The document, content and source of an attribution.
AttributionKey = tuple[str, tuple[Span, ...], tuple[Span, ...]]


class CorpusError(Exception):
    """A corpus cannot be read; the message says which file, what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class AnnotatedSpeaker:
    """The fullest name that the text gives the speaker; for a group or somebody unnamed, a description.

    `mention` is None for a speaker without a mention ("mention: none"), or with one that is only a label ("A:").
    """

    name: str
    kind: EntityKind
    mention: MentionKind | None


def parse_note(note: str) -> AnnotatedSpeaker | None:
    """Parse a note on an attribution; None if it is about something else. Raises `ValueError` on unknown kinds."""
    match = NOTE_PATTERN.fullmatch(note.strip())
    return _build_speaker(*match.groups()) if match else None


def read_speakers(path: Path) -> Mapping[AttributionKey, AnnotatedSpeaker]:
    """Read a file of speakers. Raises `CorpusError` if it cannot be read or a line cannot be parsed."""
    speakers = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            key = row["doc"], _spans(row["content"]), _spans(row["source"])
            speakers[key] = _build_speaker(row["speaker"], row["kind"], row["mention"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise CorpusError(
                f'{path}:{number}: {error}; expected {{"doc", "content", "source", "speaker", "kind", "mention"}}'
            ) from error
    return speakers


def _build_speaker(name: str, kind: str, mention: str) -> AnnotatedSpeaker:
    return AnnotatedSpeaker(name, EntityKind(kind), None if mention == "none" else MentionKind(mention))


def _spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
