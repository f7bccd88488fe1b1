"""What a browser sends, read with suspicion: what is no key, no number and no selection is answered with 400."""

import json
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

from claims.search.parameter_values import MAX_ID
from claims.services.claims.corrections import PublicNote
from claims.services.quotes.text_selection import TextSelection

MAX_DIGITS = 19
MAX_SELECTION_JSON = 2_000_000  # characters of JSON


def parse_id(given: QueryDict, name: str) -> int | None:
    """The row's id that is given, or None where nothing is."""
    number = parse_int(given, name)
    if number is not None and not 1 <= number <= MAX_ID:
        raise BadRequest(f"{name} is no row's number.")
    return number


def parse_int(given: QueryDict, name: str) -> int | None:
    """The whole number that is given, or None."""
    text = given.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        raise BadRequest(f"{name} is no whole number.")
    return int(text)


def parse_required_id(given: QueryDict, name: str) -> int:
    """The row's id, which must be given."""
    number = parse_id(given, name)
    if number is None:
        raise BadRequest(f"{name} is missing.")
    return number


def parse_percent(given: QueryDict, name: str, default: float) -> float:
    """A confidence in per cent, as a share."""
    number = parse_int(given, name)
    if number is not None and number > 100:
        raise BadRequest(f"{name} is at most 100 (per cent).")
    return default if number is None else number / 100


def parse_selection(given: QueryDict, name: str = "selection") -> TextSelection | None:
    """What was selected: JSON of `sha256`, `spans` and `words`. What it says is for the service to judge."""
    text = given.get(name, "")
    if not text:
        return None
    if len(text) > MAX_SELECTION_JSON:
        raise BadRequest("More was selected than can be a quote.")
    try:
        read = json.loads(text)
        spans, words, sha256 = read["spans"], read["words"], read["sha256"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadRequest("The selection cannot be read.") from error
    if not _are_lists(spans) or not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        raise BadRequest("The selection cannot be read.")
    return TextSelection(sha256=str(sha256), spans=spans, words=words)


def parse_public_note(given: QueryDict) -> PublicNote | None:
    """What readers are told of the change, if the form asked for it."""
    if "note_text" not in given:
        return None
    return PublicNote(given.get("note_text", ""), given.get("note_reason", ""))


def parse_text_line(given: QueryDict, name: str, most: int) -> str:
    """A line of text without what no column holds."""
    text = given.get(name, "")
    if "\0" in text:
        raise BadRequest(f"{name} holds a character that no text has.")
    return " ".join(text.split())[:most]


def _are_lists(spans: Any) -> bool:
    return isinstance(spans, list) and all(isinstance(span, list) for span in spans)
