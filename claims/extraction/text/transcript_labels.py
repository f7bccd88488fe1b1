"""Finds the speaker labels of a transcript: names and a colon at the beginning of paragraphs ("WALLACE: …")."""

import re
from collections import Counter
from collections.abc import Container, Sequence

from claims.extraction.quotation import Span

# At most as long as a name and an office, without marks, colons or brackets. A mark may open before the label.
LABEL_PATTERN = re.compile(r"[\"“„«]?([^\W\d_][^:\n\"“”«»()\[\]]{0,59})(?=:\s+\S)")
MAX_SPEAKER_LABEL_WORDS = 4


def find_transcript_labels(text: str, paragraphs: Sequence[Span]) -> frozenset[str]:
    """Return the names that label more than one paragraph."""
    cased = not text.islower()
    labels = [
        match[1]
        for span in paragraphs
        if (match := LABEL_PATTERN.match(text, *span)) and _is_speaker_name(match[1], cased=cased)
    ]
    return frozenset(label for label, count in Counter(labels).items() if count > 1)


def match_label(text: str, paragraph: Span, labels: Container[str]) -> Span | None:
    """Return the span of the paragraph's label if it is one of `labels`."""
    match = LABEL_PATTERN.match(text, *paragraph)
    return Span(*match.span(1)) if match and match[1] in labels else None


def _is_speaker_name(label: str, *, cased: bool) -> bool:
    words = label.split()
    return len(words) <= MAX_SPEAKER_LABEL_WORDS and (not cased or all(word[0].isupper() for word in words))
