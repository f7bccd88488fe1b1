"""A text in several scripts, and quotes in it."""

import hashlib
from typing import Any

from claims.models import Quote, Snapshot
from claims.models.quote_text import shown_text
from claims.services.quotes.text_selection import TextSelection
from tests import factories as make

FAMILY_EMOJI = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
POINTED_HEBREW = "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u05e8\u05d1"
# What makes offsets go wrong: CRLF, combining marks, characters outside the BMP, right-to-left text.
TEXT = (
    f"Caf\u00e9 \u2013 Lena Ford said: \u201cRivers are full,\r\nand cafe\u0301s {FAMILY_EMOJI} are open.\u201d "
    f"\u05d4\u05d9\u05d0 \u05d0\u05de\u05e8\u05d4: \u00ab{POINTED_HEBREW}\u00bb. \U0001d4d0nd then: "
    "\u201cRoads,\u201d Ford added, \u201care dry.\u201d"
)
WORDS = [
    ("plain", "Rivers are full"),
    ("over-a-crlf", "full,\r\nand"),
    ("combining", "cafe\u0301s"),
    ("emoji-family", "\U0001f468\u200d\U0001f469\u200d\U0001f467 are open."),
    ("right-to-left", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u05e8\u05d1"),
    ("astral", "\U0001d4d0nd then"),
]


def make_snapshot(text: str = TEXT) -> Snapshot:
    return make.SnapshotFactory(text=text)


def select_words(snapshot: Snapshot, *words: str) -> TextSelection:
    spans = [(at := snapshot.text.index(part), at + len(part)) for part in words]
    return TextSelection(snapshot.sha256, spans, words)


def make_quote_of(snapshot: Snapshot, *words: str, **fields: Any) -> Quote:
    spans = [list(span) for span in select_words(snapshot, *words).spans]
    defaults: dict[str, Any] = {
        "cue": "",
        "cue_spans": [],
        "mention": "",
        "mention_spans": [],
        "snapshot": snapshot,
        "spans": spans,
        "start": spans[0][0],
        "end": spans[-1][1],
        "exact": " ".join(words),
        "prefix": snapshot.text[max(0, spans[0][0] - 32) : spans[0][0]],
        "suffix": snapshot.text[spans[-1][1] : spans[-1][1] + 32],
    }
    quote: Quote = make.QuoteFactory(**(defaults | fields))
    return quote


def matches_text(quote: Quote) -> bool:
    """Whether everything about the quote's position matches its snapshot, as a reader can check."""
    quote.refresh_from_db()
    text = quote.snapshot.text
    return (
        quote.exact == " ".join(text[start:end] for start, end in quote.spans)
        and quote.text == shown_text(text, quote.spans)
        and (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])
        and quote.prefix == text[max(0, quote.start - 32) : quote.start]
        and quote.suffix == text[quote.end : quote.end + 32]
        and quote.snapshot.sha256 == hashlib.sha256(text.encode()).hexdigest()
    )
