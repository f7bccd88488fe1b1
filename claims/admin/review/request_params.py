"""Parsing of request parameters. Invalid values raise BadRequest, which is answered with 400."""

import json

from django.core.exceptions import BadRequest
from django.http import QueryDict

from claims.admin.common.confirmation import CONFIRMED_FIELD
from claims.search.parameter_values import MAX_ID
from claims.services.claims.corrections import Note, PublicNote, Unconfirmed
from claims.services.quotes.text_selection import TextSelection

MAX_DIGITS = 19
MAX_SELECTION_JSON = 2_000_000  # characters


def parse_id(data: QueryDict, name: str) -> int | None:
    """The ID of a row, or None if it is not given."""
    number = parse_int(data, name)
    if number is not None and not 1 <= number <= MAX_ID:
        raise BadRequest(f"{name} is not a valid ID.")
    return number


def parse_ids(data: QueryDict, name: str) -> list[int]:
    """The IDs of rows, if any are given."""
    return _parse_ids(data.getlist(name), name)


def parse_id_lists(data: QueryDict, name: str) -> list[int]:
    """The IDs of rows, several in each value, separated by commas."""
    return _parse_ids([number for value in data.getlist(name) for number in value.split(",")], name)


def _parse_ids(values: list[str], name: str) -> list[int]:
    if not all(value.isascii() and value.isdigit() and len(value) < MAX_DIGITS for value in values):
        raise BadRequest(f"{name} is not a valid ID.")
    return list(map(int, values))


def parse_int(data: QueryDict, name: str) -> int | None:
    """A non-negative integer, or None if it is not given."""
    text = data.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        raise BadRequest(f"{name} is not a whole number.")
    return int(text)


def parse_required_id(data: QueryDict, name: str) -> int:
    number = parse_id(data, name)
    if number is None:
        raise BadRequest(f"{name} is missing.")
    return number


def parse_percent(data: QueryDict, name: str, default: float) -> float:
    """A percentage as a fraction of 1."""
    number = parse_int(data, name)
    if number is not None and number > 100:
        raise BadRequest(f"{name} must be at most 100 (%).")
    return default if number is None else number / 100


def parse_selection(data: QueryDict, name: str = "selection") -> TextSelection | None:
    """JSON with `sha256`, `spans` and `words`. The service checks them against the text."""
    text = data.get(name, "")
    if not text:
        return None
    if len(text) > MAX_SELECTION_JSON:
        raise BadRequest("The selection is too long for a quote.")
    try:
        selection = json.loads(text)
        spans, words, sha256 = selection["spans"], selection["words"], selection["sha256"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadRequest("The selection is malformed.") from error
    if not _is_list_of(spans, list) or not _is_list_of(words, str):
        raise BadRequest("The selection is malformed.")
    return TextSelection(sha256=str(sha256), spans=spans, words=words)


def parse_required_selection(data: QueryDict) -> TextSelection:
    selection = parse_selection(data)
    if selection is None:
        raise BadRequest("Nothing is selected.")
    return selection


def parse_note(data: QueryDict) -> Note:
    """What the editor has confirmed: a public note, or that verifications go back to review."""
    if "note_text" not in data:
        return None if CONFIRMED_FIELD in data else Unconfirmed()
    return PublicNote(data.get("note_text", ""), data.get("note_reason", ""))


def parse_text_line(data: QueryDict, name: str, max_length: int) -> str:
    """Text with its whitespace normalized. NUL, which no text column accepts, is refused."""
    text = data.get(name, "")
    if "\0" in text:
        raise BadRequest(f"{name} contains an invalid character.")
    return " ".join(text.split())[:max_length]


def _is_list_of(value: object, item_type: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, item_type) for item in value)
