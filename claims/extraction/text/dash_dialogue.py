"""Finds speech between dashes, as printed in many languages: `— It is late, — said Moor. — We go.`"""

import re
from functools import cache

from claims.extraction.quotation import Span
from claims.extraction.text.orthography import known_orthography

# A hyphen counts as a dash if white space surrounds it.
DASH = r"(?:[—–―]|(?<=\s)-(?=\s))"
OPENING_DASH = re.compile(r"[—–―-]\s*(?=[^\W\d_]|[¿¡«\"“])")
# The next one resumes the speech, but for one that a sentence end follows.
RESUMING_DASH = re.compile(rf"(?<!\s)\s*{DASH}(?!\s*[.!?…])\s*[,;]?\s*(?=\w)")
MAX_CUE_LENGTH = 160


@cache  # as the orthography
def _cue_dash() -> re.Pattern[str]:
    """Return the pattern of the dash that ends the speech and stands before its cue: "— said Moor"."""
    return re.compile(rf"(?<!\s)\s*{DASH}\s*(?:{known_orthography().dash_cue})")


def find_dash_speech(text: str, paragraph: Span) -> list[tuple[Span, Span]]:
    """Return the spoken parts of a paragraph that begins with a dash, each with and without its dashes."""
    opening = OPENING_DASH.match(text, *paragraph)
    if not opening:
        return []
    cue = _cue_dash().search(text, opening.end(), paragraph.end)
    if not cue:
        return []
    parts = [(Span(paragraph.start, cue.end()), Span(opening.end(), cue.start()))]
    resuming = RESUMING_DASH.search(text, cue.end(), min(cue.end() + MAX_CUE_LENGTH, paragraph.end))
    if resuming:
        parts.append((Span(resuming.start(), paragraph.end), Span(resuming.end(), paragraph.end)))
    return parts
