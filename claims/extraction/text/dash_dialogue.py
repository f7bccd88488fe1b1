"""Finds speech between dashes, as printed in many languages: `— It is late, — said Moor. — We go.`"""

import re

from claims.extraction.english.lexicon.cues import SPEECH_VERBS
from claims.extraction.quotation import Span

# A hyphen counts as a dash if white space surrounds it.
DASH = r"(?:[—–―]|(?<=\s)-(?=\s))"
OPENING_DASH = re.compile(r"[—–―-]\s*(?=[^\W\d_]|[¿¡«\"“])")
_VERBS = "|".join(sorted(verb for verb in SPEECH_VERBS if not verb.endswith("ing")))
# The dash that ends the speech stands before its cue: "— said Moor", "— Ann Moor answered".
# A relative clause between dashes is none: "the mill — which Moor said was old — is gone".
CUE_DASH = re.compile(
    rf"(?<!\s)\s*{DASH}\s*(?!(?:which|who|that|as|what|where|when|and|but)\b)(?=(?:[\w.'’-]{{1,30}}\s){{0,3}}(?:{_VERBS})\b)"
)
# The next one resumes the speech, but for one that a sentence end follows.
RESUMING_DASH = re.compile(rf"(?<!\s)\s*{DASH}(?!\s*[.!?…])\s*[,;]?\s*(?=\w)")
MAX_CUE_LENGTH = 160


def find_dash_speech(text: str, paragraph: Span) -> list[tuple[Span, Span]]:
    """Return the spoken parts of a paragraph that begins with a dash, each with and without its dashes."""
    opening = OPENING_DASH.match(text, *paragraph)
    if not opening:
        return []
    cue = CUE_DASH.search(text, opening.end(), paragraph.end)
    if not cue:
        return []
    parts = [(Span(paragraph.start, cue.end()), Span(opening.end(), cue.start()))]
    resuming = RESUMING_DASH.search(text, cue.end(), min(cue.end() + MAX_CUE_LENGTH, paragraph.end))
    if resuming:
        parts.append((Span(resuming.start(), paragraph.end), Span(resuming.end(), paragraph.end)))
    return parts
