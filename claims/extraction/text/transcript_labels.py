"""Transcripts: paragraphs that open with their speaker's name and a colon ("WALLACE: …")."""

import re
from collections import Counter
from collections.abc import Container, Sequence

from claims.extraction.quotation import Span

# No mark, colon or bracket in a label, and no more than a name and an office. All that is said may stand in marks.
LABEL_PATTERN = re.compile(r"[\"“„«]?([^\W\d_][^:\n\"“”«»()\[\]]{0,59})(?=:\s+\S)")
MAX_SPEAKER_LABEL_WORDS = 4


def find_transcript_labels(text: str, paragraphs: Sequence[Span]) -> frozenset[str]:
    """The labels of a transcript: names in capitals, or names that open more than one paragraph."""
    cased = not text.islower()
    found = [
        match[1]
        for span in paragraphs
        if (match := LABEL_PATTERN.match(text, *span)) and _is_speaker_name(match[1], cased=cased)
    ]
    return frozenset(label for label, count in Counter(found).items() if count > 1)


def match_label(text: str, paragraph: Span, labels: Container[str]) -> Span | None:
    """The paragraph's label when it is one of `labels`."""
    match = LABEL_PATTERN.match(text, *paragraph)
    return Span(*match.span(1)) if match and match[1] in labels else None


def _is_speaker_name(label: str, *, cased: bool) -> bool:
    words = label.split()
    return len(words) <= MAX_SPEAKER_LABEL_WORDS and (not cased or all(word[0].isupper() for word in words))
