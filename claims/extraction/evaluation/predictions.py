"""What a system predicts, and the files it may stand in: JSON Lines, one line to a document.

Two forms are read: `{"doc", "quotes": [{"content", "speaker", "cue"}]}` and what `extract --format jsonl` prints
(`{"doc", "quotations": [{"content", "mention", "cue", "confidence", …}]}`). All but `doc` and `content` are lists of
`[start, end]` in code points, or null.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from claims.extraction.quotation import Quotation, Span

# Each form's key of the quotations and, in those, of who speaks.
RECORD_FORMS = {"quotations": "mention", "quotes": "speaker"}


class PredictionError(Exception):
    """A file of predictions cannot be used; says which line, what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One quotation as a system gives it; `confidence` is None where it does not say."""

    content: tuple[Span, ...]
    mention: tuple[Span, ...]
    cue: tuple[Span, ...]
    confidence: float | None = None

    @classmethod
    def of(cls, quotation: Quotation) -> "Prediction":
        """What the project's own extraction found."""
        return cls(quotation.content, quotation.mention, quotation.cue, quotation.confidence)


@dataclass(frozen=True, slots=True)
class DocumentPredictions:
    """A document's predictions, with the place they were read from for what is to be said of them."""

    place: str
    predictions: tuple[Prediction, ...]

    def checked(self, text: str) -> tuple[Prediction, ...]:
        """The predictions. Raises `PredictionError` if any lies outside the text they are said to be of."""
        for each in self.predictions:
            for span in chain(each.content, each.mention, each.cue):
                if span.end > len(text):
                    raise PredictionError(
                        f"{self.place}: {list(span)} lies outside the text of {len(text)} characters; offsets count "
                        "code points of the file as it is, line breaks untranslated"
                    )
        return self.predictions


def read_predictions(path: Path) -> dict[str, DocumentPredictions]:
    """The predictions of a file by document; a document is called as its file, with or without `.txt`.

    Raises `PredictionError` for a file that cannot be read and for a line that does not parse.
    """
    found: dict[str, DocumentPredictions] = {}
    for number, line in enumerate(_read_lines(path), start=1):
        place = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            name, predictions = _parse_document(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise PredictionError(f"{place}: {error}") from error
        if name in found:
            raise PredictionError(f"{place}: a second line for {name!r}; one line to a document")
        found[name] = DocumentPredictions(place, tuple(predictions))
    return found


def _read_lines(path: Path) -> list[str]:
    try:
        # Only a line feed ends a line: a text may hold the other line breaks of Unicode.
        return path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise PredictionError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PredictionError(f"{path}: {error}") from error


def _parse_document(record: Any) -> tuple[str, list[Prediction]]:
    """A line's document. All that may be wrong with it is ValueError, as JSON's own errors are."""
    if not isinstance(record, dict) or not isinstance(name := record.get("doc"), str):
        raise ValueError('not an object with "doc", the document\'s name')  # noqa: TRY004  as JSON's own errors
    for key, speaker in RECORD_FORMS.items():
        if isinstance(quotations := record.get(key), list):
            return name.removesuffix(".txt"), [_parse_prediction(each, speaker) for each in quotations]
    raise ValueError(f"no list under {' or '.join(map(repr, RECORD_FORMS))}")


def _parse_prediction(quotation: Any, speaker: str) -> Prediction:
    if not isinstance(quotation, dict):
        raise ValueError(f"{quotation!r} is no quotation")  # noqa: TRY004  as JSON's own errors
    confidence = quotation.get("confidence")
    if confidence is not None and not (isinstance(confidence, int | float) and 0 <= confidence <= 1):
        raise ValueError(f"the confidence {confidence!r} is no number from 0 to 1")
    content, mention, cue = (
        tuple(_parse_prediction_spans(key, quotation.get(key))) for key in ("content", speaker, "cue")
    )
    return Prediction(content, mention, cue, confidence)


def _parse_prediction_spans(key: str, value: Any) -> Iterator[Span]:
    if value is None:
        return
    if not isinstance(value, list):
        raise ValueError(f"{key} {value!r} is no list of spans")  # noqa: TRY004  as JSON's own errors
    for pair in value:
        yield _parse_prediction_span(key, pair)


def _parse_prediction_span(key: str, pair: Any) -> Span:
    if not (isinstance(pair, list) and len(pair) == 2 and _are_offsets(pair) and pair[0] <= pair[1]):
        raise ValueError(f"{key} {pair!r} is no [start, end]")
    return Span(*pair)


def _are_offsets(pair: Iterable[Any]) -> bool:
    return all(type(number) is int and number >= 0 for number in pair)
