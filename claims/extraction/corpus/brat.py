"""Reads a corpus of attributed quotations in brat standoff format.

Supports the layouts of PolNeAR (`text/NAME.txt` with `attributions/NAME_1a2b.ann`) and of brat (`NAME.txt` beside
`NAME.ann`). An attribution is an event (`E1  Attribution:T4 Source:T1 Cue:T2 Content:T3`) whose roles may be numbered;
without a source it may be called `Attribution-no-source`. A note on it may say who the speaker is
(`claims.extraction.corpus.speakers`). Other events, relations, attributes and notes are ignored.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from claims.extraction.corpus.speakers import (
    AnnotatedSpeaker,
    AttributionKey,
    CorpusError,
    parse_note,
    read_speakers,
)
from claims.extraction.quotation import Span

EVENT_PATTERN = re.compile(r"Attribution(?:-no-source)?\d*")
ROLE_PATTERN = re.compile(r"(Source|Cue|Content)\d*")
# Other lines are the rest of an annotated text that contains a line break.
KEY_PATTERN = re.compile(r"[TE#]\d+")
OFFSET_PATTERN = re.compile(r"[0-9]{1,12}")
# PolNeAR's file names end in the annotator's id.
ANNOTATOR_SUFFIX = re.compile(r"_[0-9a-f]{4}$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """An annotated attribution: the spans of its source, cue and content, each in order and possibly empty.

    `speaker` is None if the corpus does not say who the speaker is.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: AnnotatedSpeaker | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its attributions in the order of the annotation file."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


def read_corpus(folder: Path, speakers: Path | None = None) -> Iterator[AnnotatedText]:
    """Yield the annotated texts of a corpus by name. Of several annotations of a text, the first by name is used.

    `speakers` is a file that says who the speakers are, beside the notes of the corpus.

    Raises `CorpusError` if the folder has no texts, a text has no annotations, or a file cannot be parsed.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"{folder}: {'not a folder' if folder.exists() else 'not found'}; give the folder of a corpus"
        )
    texts = sorted((folder / "text").glob("*.txt")) or sorted(folder.glob("*.txt"))
    if not texts:
        raise CorpusError(f"{folder}: no .txt file in it or in its folder text/; give the folder of a brat corpus")
    annotation_files = _annotation_files(folder / "attributions")
    speakers_by_key = read_speakers(speakers) if speakers else {}
    for path in texts:
        adjacent = path.with_suffix(".ann")
        annotations = adjacent if adjacent.exists() else annotation_files.get(path.stem)
        text = _read_file(path)
        if annotations is None:
            raise CorpusError(
                f"{path}: no annotations for it; expected {adjacent.name} beside it or in {folder / 'attributions'}"
            )
        attributions = _parse_attributions(annotations, text)
        yield AnnotatedText(path.stem, text, tuple(_add_speakers(path.stem, attributions, speakers_by_key)))


def _add_speakers(
    name: str, attributions: Iterator[Attribution], speakers: Mapping[AttributionKey, AnnotatedSpeaker]
) -> Iterator[Attribution]:
    for attribution in attributions:
        speaker = speakers.get((name, attribution.content, attribution.source))
        yield replace(attribution, speaker=speaker) if speaker else attribution


def _annotation_files(folder: Path) -> dict[str, Path]:
    """Return a folder's annotation files by the name of their text; one named like the text takes precedence."""
    files = sorted(folder.glob("*.ann"), reverse=True)
    return {ANNOTATOR_SUFFIX.sub("", path.stem): path for path in files} | {path.stem: path for path in files}


def _read_file(path: Path) -> str:
    """Read a file with its line breaks and byte order mark, which offsets count."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: {error}") from error


def _parse_attributions(path: Path, text: str) -> Iterator[Attribution]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[tuple[str, list[str]]] = []
    speakers: dict[str, AnnotatedSpeaker | None] = {}
    # Split at line feeds only: an annotated text may contain the other line breaks of Unicode.
    for line in _read_file(path).removeprefix("\ufeff").split("\n"):
        key, _, value = line.rstrip("\r").partition("\t")
        if not KEY_PATTERN.fullmatch(key):
            continue
        if key.startswith("T"):
            spans[key] = tuple(_parse_spans(path, line, value.partition("\t")[0], len(text)))
        elif key.startswith("E"):
            events.append((key, value.split()))
        else:
            speakers.update(_parse_speaker_note(path, value))
    for key, (event, *arguments) in ((key, words) for key, words in events if words):
        if EVENT_PATTERN.fullmatch(event.partition(":")[0]):
            yield replace(_parse_event(path, event, arguments, spans), speaker=speakers.get(key))


def _parse_speaker_note(path: Path, value: str) -> Iterator[tuple[str, AnnotatedSpeaker]]:
    subject, _, note = value.partition("\t")
    try:
        speaker = parse_note(note)
    except ValueError as error:
        raise CorpusError(f"{path}: {note!r}: {error}") from error
    if speaker:
        yield subject.removeprefix("AnnotatorNotes "), speaker


def _parse_event(path: Path, event: str, arguments: list[str], spans: Mapping[str, tuple[Span, ...]]) -> Attribution:
    parts: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for argument in arguments:
        name, _, key = argument.partition(":")
        role = ROLE_PATTERN.fullmatch(name)
        if role and key not in spans:
            event_line = " ".join([event, *arguments])
            raise CorpusError(f"{path}: {argument} in {event_line!r} refers to no annotated text")
        if role:
            parts[role[1]].extend(spans[key])
    source, cue, content = (tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content"))
    return Attribution(source, cue, content)


def _parse_spans(path: Path, line: str, value: str, length: int) -> Iterator[Span]:
    for fragment in value.partition(" ")[2].split(";"):
        offsets = fragment.split()
        if len(offsets) != 2 or not all(OFFSET_PATTERN.fullmatch(offset) for offset in offsets):
            raise CorpusError(f"{path}: {line!r} does not give a span as START END")
        span = Span(int(offsets[0]), int(offsets[1]))
        if not span.start < span.end <= length:
            raise CorpusError(f"{path}: {line!r} gives a span that is empty or outside the text of {length} characters")
        yield span
