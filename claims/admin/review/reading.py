"""What a browser sends, read with suspicion: what is no key, no number and no selection is answered with 400."""

import json
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

from claims.search.values import MAX_ID
from claims.services.correct import Note
from claims.services.selection import Selection

MOST_DIGITS = 19
MOST_SELECTED = 2_000_000  # characters of JSON


def key(given: QueryDict, name: str) -> int | None:
    """The row's id that is given, or None where nothing is."""
    number = whole(given, name)
    if number is not None and not 1 <= number <= MAX_ID:
        raise BadRequest(f"{name} is no row's number.")
    return number


def whole(given: QueryDict, name: str) -> int | None:
    """The whole number that is given, or None."""
    text = given.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise BadRequest(f"{name} is no whole number.")
    return int(text)


def needed(given: QueryDict, name: str) -> int:
    """The row's id, which must be given."""
    number = key(given, name)
    if number is None:
        raise BadRequest(f"{name} is missing.")
    return number


def share(given: QueryDict, name: str, default: float) -> float:
    """A confidence in per cent, as a share."""
    number = whole(given, name)
    if number is not None and number > 100:
        raise BadRequest(f"{name} is at most 100 (per cent).")
    return default if number is None else number / 100


def selection(given: QueryDict, name: str = "selection") -> Selection | None:
    """What was selected: JSON of `sha256`, `spans` and `words`. What it says is for the service to judge."""
    text = given.get(name, "")
    if not text:
        return None
    if len(text) > MOST_SELECTED:
        raise BadRequest("More was selected than can be a quote.")
    try:
        read = json.loads(text)
        spans, words, sha256 = read["spans"], read["words"], read["sha256"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadRequest("The selection cannot be read.") from error
    if not _are_lists(spans) or not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        raise BadRequest("The selection cannot be read.")
    return Selection(sha256=str(sha256), spans=spans, words=words)


def note(given: QueryDict) -> Note | None:
    """What readers are told of the change, if the form asked for it."""
    if "note_text" not in given:
        return None
    return Note(given.get("note_text", ""), given.get("note_reason", ""))


def plain(given: QueryDict, name: str, most: int) -> str:
    """A line of text without what no column holds."""
    text = given.get(name, "")
    if "\0" in text:
        raise BadRequest(f"{name} holds a character that no text has.")
    return " ".join(text.split())[:most]


def _are_lists(spans: Any) -> bool:
    return isinstance(spans, list) and all(isinstance(span, list) for span in spans)
