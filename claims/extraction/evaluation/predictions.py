"""Predictions of a system, and the JSON Lines files in which they are stored, one document per line.

Two forms are accepted: `{"doc", "quotes": [{"content", "speaker", "cue"}]}`, and the output of `extract --format jsonl`
(`{"doc", "quotations": [{"content", "mention", "cue", "speaker", "entity", "confidence", …}]}`). Contents, mentions,
cues and the speakers of the first form are lists of `[start, end]` in code points; all but `doc` and `content` may be
null or missing.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from claims.extraction.quotation import EntityKind, Quotation, Resolved, Span

# The key of a form's quotations, and the key of the speaker in each of them.
RECORD_FORMS = {"quotations": "mention", "quotes": "speaker"}


class PredictionError(Exception):
    """A file of predictions cannot be used; the message says which line is wrong and why."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A quotation as predicted; `confidence` and `speaker_confidence` are None if the system gives none."""

    content: tuple[Span, ...]
    mention: tuple[Span, ...]
    cue: tuple[Span, ...]
    confidence: float | None = None
    speaker: Resolved | None = None
    speaker_confidence: float | None = None

    @classmethod
    def from_quotation(cls, quotation: Quotation) -> "Prediction":
        return cls(
            quotation.content,
            quotation.mention,
            quotation.cue,
            quotation.confidence,
            quotation.speaker if isinstance(quotation.speaker, Resolved) else None,
            quotation.speaker_confidence,
        )


@dataclass(frozen=True, slots=True)
class DocumentPredictions:
    """A document's predictions; `location` is the line they were read from, for error messages."""

    location: str
    predictions: tuple[Prediction, ...]

    def validated(self, text: str) -> tuple[Prediction, ...]:
        """Return the predictions. Raises `PredictionError` if a span lies outside the document's text."""
        for prediction in self.predictions:
            for span in chain(prediction.content, prediction.mention, prediction.cue):
                if span.end > len(text):
                    raise PredictionError(
                        f"{self.location}: {list(span)} is outside the text of {len(text)} characters; offsets count "
                        "code points of the file without newline translation"
                    )
        return self.predictions


def read_predictions(path: Path) -> dict[str, DocumentPredictions]:
    """Read a file's predictions by document name, which is that of the text file with or without `.txt`.

    Raises `PredictionError` if the file cannot be read or a line cannot be parsed.
    """
    documents: dict[str, DocumentPredictions] = {}
    for number, line in enumerate(_read_lines(path), start=1):
        location = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            name, predictions = _parse_document(json.loads(line))
        except (ValueError, RecursionError, PredictionError) as error:
            raise PredictionError(f"{location}: {error}") from error
        if name in documents:
            raise PredictionError(f"{location}: {name!r} is repeated; expected one line per document")
        documents[name] = DocumentPredictions(location, tuple(predictions))
    return documents


def _read_lines(path: Path) -> list[str]:
    try:
        # Split at line feeds only: JSON strings may contain the other line breaks of Unicode.
        return path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise PredictionError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PredictionError(f"{path}: {error}") from error


def _parse_document(record: object) -> tuple[str, list[Prediction]]:
    if not isinstance(record, dict) or not isinstance(name := record.get("doc"), str):
        raise PredictionError('not an object with "doc", the document\'s name')
    for key, speaker_key in RECORD_FORMS.items():
        if isinstance(quotations := record.get(key), list):
            return name.removesuffix(".txt"), [_parse_prediction(quotation, speaker_key) for quotation in quotations]
    raise PredictionError(f"missing list {' or '.join(map(repr, RECORD_FORMS))}")


def _parse_prediction(quotation: object, speaker_key: str) -> Prediction:
    if not isinstance(quotation, dict):
        raise PredictionError(f"{quotation!r} is not a quotation")
    confidence, speaker_confidence = (
        _parse_confidence(key, quotation.get(key)) for key in ("confidence", "speaker_confidence")
    )
    content, mention, cue = (
        tuple(_parse_prediction_spans(key, quotation.get(key))) for key in ("content", speaker_key, "cue")
    )
    # In a system's own form, the speaker is the mention.
    speaker = _parse_speaker(quotation.get("speaker"), quotation.get("entity")) if speaker_key != "speaker" else None
    return Prediction(content, mention, cue, confidence, speaker, speaker_confidence)


def _parse_confidence(key: str, value: object) -> float | None:
    if value is None or (isinstance(value, int | float) and 0 <= value <= 1):
        return value
    raise PredictionError(f"{key} {value!r} is not a number from 0 to 1")


def _parse_speaker(name: object, entity: object) -> Resolved | None:
    if name is None:
        return None
    if not isinstance(name, str) or not isinstance(entity, str) or entity not in set(EntityKind):
        raise PredictionError(f"speaker {name!r} of the kind {entity!r} is not a name and a kind of entity")
    return Resolved(name, EntityKind(entity))


def _parse_prediction_spans(key: str, spans: object) -> Iterator[Span]:
    if spans is None:
        return
    if not isinstance(spans, list):
        raise PredictionError(f"{key} {spans!r} is not a list of spans")
    for span in spans:
        yield _parse_prediction_span(key, span)


def _parse_prediction_span(key: str, span: object) -> Span:
    if not (isinstance(span, list) and len(span) == 2 and _are_offsets(span) and span[0] <= span[1]):
        raise PredictionError(f"{key} {span!r} is not [start, end]")
    return Span(*span)


def _are_offsets(values: Iterable[object]) -> bool:
    # A bool is an int, and no offset.
    return all(type(value) is int and value >= 0 for value in values)
