"""Protection against CSV injection: a spreadsheet runs text that looks like a formula, unless it starts with a `'`."""

import re

# What makes a spreadsheet run a text as a formula: these signs, their fullwidth forms included, also after blanks and
# invisible characters, which some spreadsheets skip; and characters that put what follows into a cell of its own.
# They are parts of patterns that PostgreSQL reads as Python does.
BLANKS = "\0\t-\r\x1c- \x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
FORMULAS = "=+@＝＋－＠-"
OPENINGS = "\t\r\n\0"
_FORMULA_PATTERN = re.compile(f"[{BLANKS}]*[{FORMULAS}]|[{OPENINGS}]")
_QUOTED_FORMULA_PATTERN = re.compile(rf"'+(?:{_FORMULA_PATTERN.pattern})")
# The first characters of all such texts. Hardly any text starts with one, and no other needs a closer look.
SUSPECT_FIRST_CHARACTERS = frozenset(
    filter(re.compile(f"[{BLANKS}{OPENINGS}{FORMULAS}]").match, map(chr, range(0x10000)))
)


def guard_formula(value: str | int | float) -> str | int | float:
    """Puts a `'` before a text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA_PATTERN.match(value) else value


def guard_reversibly(value: str | int | float) -> str | int | float:
    """Like `guard_formula`, but also adds a `'` to text that starts like a guarded formula, for `remove_guard`."""
    return f"'{value}" if isinstance(value, str) and _QUOTED_FORMULA_PATTERN.match(value) else guard_formula(value)


def remove_guard(text: str) -> str:
    """Reverses `guard_reversibly`."""
    return text[1:] if _QUOTED_FORMULA_PATTERN.match(text) else text
