"""A corpus of attributed quotations in brat standoff: texts, and for each its attributions as spans.

Two layouts are read: PolNeAR's (`text/NAME.txt` with `attributions/NAME_1a2b.ann`) and brat's own (`NAME.txt` beside
`NAME.ann`). An attribution is an event (`E1  Attribution:T4 Source:T1 Cue:T2 Content:T3`) whose roles may be numbered;
one without a source may be called `Attribution-no-source`. Other events, relations, attributes and notes are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.extraction.quotation import Span

EVENT_PATTERN = re.compile(r"Attribution(?:-no-source)?\d*")
ROLE_PATTERN = re.compile(r"(Source|Cue|Content)\d*")
# Only such lines are annotations: an annotated text with a line break in it leaves its rest on a line of its own.
KEY_PATTERN = re.compile(r"[TE]\d+")
OFFSET_PATTERN = re.compile(r"[0-9]{1,12}")
# PolNeAR's names end in a mark of who annotated.
ANNOTATOR_SUFFIX = re.compile(r"_[0-9a-f]{4}$")


class CorpusError(Exception):
    """A corpus cannot be read; says which file, what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as annotated: the spans of its source, cue and content, each in order, any of them empty."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text of the corpus with its attributions in the order of the annotation file."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


def read_corpus(folder: Path) -> Iterator[AnnotatedText]:
    """The annotated texts of a corpus, by name. Of several annotations of one text the first by name is taken.

    Raises `CorpusError` for a folder without any, a text without annotations, and what does not parse.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"{folder}: {'not a folder' if folder.exists() else 'not found'}; give the folder of a corpus"
        )
    texts = sorted((folder / "text").glob("*.txt")) or sorted(folder.glob("*.txt"))
    if not texts:
        raise CorpusError(f"{folder}: no .txt file in it or in its folder text/; give the folder of a brat corpus")
    apart = _annotation_files(folder / "attributions")
    for path in texts:
        text = _read_file(path)
        beside = path.with_suffix(".ann")
        annotations = beside if beside.exists() else apart.get(path.stem)
        if annotations is None:
            raise CorpusError(
                f"{path}: no annotations for it; expected {beside.name} beside it or in {folder / 'attributions'}"
            )
        yield AnnotatedText(path.stem, text, tuple(_parse_attributions(annotations, text)))


def _annotation_files(folder: Path) -> dict[str, Path]:
    """The annotation files of a folder by the name of their text; that alone goes before one with an annotator."""
    files = sorted(folder.glob("*.ann"), reverse=True)
    return {ANNOTATOR_SUFFIX.sub("", path.stem): path for path in files} | {path.stem: path for path in files}


def _read_file(path: Path) -> str:
    """A file as it is, line breaks and byte order mark included: offsets count them."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: {error}") from error


def _parse_attributions(path: Path, text: str) -> Iterator[Attribution]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[list[str]] = []
    # Only a line feed ends a line: an annotated text may hold the other line breaks of Unicode.
    for line in _read_file(path).removeprefix("\ufeff").split("\n"):
        key, _, value = line.rstrip("\r").partition("\t")
        if KEY_PATTERN.fullmatch(key) and key.startswith("T"):
            spans[key] = tuple(_parse_spans(path, line, value.partition("\t")[0], len(text)))
        elif KEY_PATTERN.fullmatch(key):
            events.append(value.split())
    for event, *arguments in filter(None, events):
        if not EVENT_PATTERN.fullmatch(event.partition(":")[0]):
            continue
        parts: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
        for argument in arguments:
            name, _, key = argument.partition(":")
            role = ROLE_PATTERN.fullmatch(name)
            if role and key not in spans:
                raise CorpusError(f"{path}: {argument} in {' '.join([event, *arguments])!r} names no annotated text")
            if role:
                parts[role[1]].extend(spans[key])
        yield Attribution(*(tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content")))


def _parse_spans(path: Path, line: str, value: str, length: int) -> Iterator[Span]:
    for place in value.partition(" ")[2].split(";"):
        numbers = place.split()
        if len(numbers) != 2 or not all(OFFSET_PATTERN.fullmatch(number) for number in numbers):
            raise CorpusError(f"{path}: {line!r} does not give a span as START END")
        span = Span(int(numbers[0]), int(numbers[1]))
        if not span.start < span.end <= length:
            raise CorpusError(f"{path}: {line!r} gives a span that is empty or outside the text of {length} characters")
        yield span
