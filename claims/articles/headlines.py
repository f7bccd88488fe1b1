"""Suggests a title for a text without one: its headline or its first words."""

import re
import textwrap
from typing import Final

from claims.articles.metadata_fields import normalize_line

MAX_HEADLINE_LENGTH: Final = 150
MAX_FIRST_WORDS_LENGTH: Final = 80
_SAMPLE_LENGTH: Final = 2_000  # code points in which the first two lines are looked for

_NO_HEADLINE_END: Final = re.compile(r"[.,:;…。]['\"”’»)]*$")
_BYLINE: Final = re.compile(r"(by|von|par|por)\s", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")


def suggest_title(text: str) -> str:
    """Return the first line if it looks like a headline, else the first words, with an ellipsis where they are cut."""
    lines = [line for raw in text[:_SAMPLE_LENGTH].splitlines() if (line := normalize_line(raw.strip("\ufeff\u200b")))]
    if not lines:
        return ""
    if len(lines) > 1 and _is_headline(lines[0]):
        return lines[0]
    words = " ".join(lines)
    short = textwrap.shorten(words, MAX_FIRST_WORDS_LENGTH, placeholder="…", break_on_hyphens=False)
    # A text without spaces, as in Chinese.
    return short if len(short) > 1 else f"{words[: MAX_FIRST_WORDS_LENGTH - 1]}…"


def _is_headline(line: str) -> bool:
    """Whether a line that others follow is short, has words, and neither ends as a sentence does nor is a byline."""
    return (
        len(line) <= MAX_HEADLINE_LENGTH
        and bool(_LETTERS.search(line))
        and not _NO_HEADLINE_END.search(line)
        and not _BYLINE.match(line)
    )
