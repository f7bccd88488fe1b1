"""Cells of a table that is opened in a spreadsheet: what they say, and how text is kept from being run as a formula."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from claims.export.timestamps import format_timestamp

BOM = "\ufeff"
SEPARATOR = "; "  # between several values in one cell

# What a spreadsheet runs as a formula, also in the wide forms and after the blanks and invisible marks that some of
# them skip; and the characters that put what follows into a cell of its own. As parts of a pattern, which PostgreSQL
# reads as Python does.
BLANKS = "\0\t-\r\x1c- \x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
FORMULAS = "=+@＝＋－＠-"
OPENINGS = "\t\r\n\0"
_FORMULA_PATTERN = re.compile(f"[{BLANKS}]*[{FORMULAS}]|[{OPENINGS}]")
# What such a text begins with. Nearly no text does, and to look there is all that is done with most.
SUSPECT_FIRST_CHARACTERS = frozenset(
    filter(re.compile(f"[{BLANKS}{OPENINGS}{FORMULAS}]").match, map(chr, range(0x10000)))
)
_QUOTED_FORMULA_PATTERN = re.compile(rf"'+(?:{_FORMULA_PATTERN.pattern})")


def format_cell(value: Any) -> str | int | float:
    """The value as a cell says it: moments as ISO 8601 in UTC, several values with a semicolon between them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dt.datetime):
        return format_timestamp(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)


def guard_formula(value: str | int | float) -> str | int | float:
    """The cell, with a leading `'` where a spreadsheet would run it as a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA_PATTERN.match(value) else value


def guard_reversibly(value: str | int | float) -> str | int | float:
    """As `guarded`, and a text that starts with `'` and a formula gets another `'`: `unguarded` gives each back."""
    return f"'{value}" if isinstance(value, str) and _QUOTED_FORMULA_PATTERN.match(value) else guard_formula(value)


def remove_guard(text: str) -> str:
    """The text that `guarded_both_ways` made this cell of."""
    return text[1:] if _QUOTED_FORMULA_PATTERN.match(text) else text


def format_csv(rows: Iterable[Sequence[Any]]) -> str:
    """The rows as CSV (RFC 4180)."""
    block = io.StringIO(newline="")
    csv.writer(block, lineterminator="\r\n").writerows(rows)
    return block.getvalue()
