"""Renders a quote in its context: the text around it, with the quote, its cue and its mention marked."""

from django.db.models import F, Value
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.admin.common.highlight import TextMark, highlight_spans
from claims.models import MentionKind, Quote, Snapshot

MAX_CONTEXT_CHARS = 400  # code points on either side
WORD_BREAK_WINDOW = 40  # code points at either end in which an excerpt is cut at a space, if there is one
MAX_MARK_DISTANCE = 2000  # a cue or mention farther away is not shown, nor all the text in between


def quote_source_url(quote: Quote) -> str:
    """The URL of the source's page, scrolled to the quote."""
    source_url = reverse("admin:claims_source_change", args=[quote.snapshot.source_id])
    return f"{source_url}?snapshot={quote.snapshot_id}&quote={quote.pk}#quote-{quote.pk}"


def describe_inferred_speaker(quote: Quote) -> str:
    """How the extractor found a speaker whom the text does not name there, and its confidence in that; else ""."""
    if not quote.is_speaker_inferred:
        return ""
    found_by = "pronoun" if quote.mention_kind == MentionKind.PRONOUN else "role"
    confidence = "" if quote.speaker_confidence is None else f", {quote.speaker_confidence:.0%}"
    return f"by {found_by}{confidence}"


def trim_partial_words(text: str, *, at_start: bool, at_end: bool, keep_until: int = 0) -> tuple[str, int]:
    """Cuts an excerpt at the spaces next to its ends, so that it has no parts of words.

    Returns the rest and the number of code points removed at the start. Keeps the text before `keep_until`.
    """
    removed = 0
    if at_start and (space := text.find(" ", 0, WORD_BREAK_WINDOW)) >= 0:
        removed = space + 1
        text = text[removed:]
    if at_end and (space := text.rfind(" ", max(len(text) - WORD_BREAK_WINDOW, keep_until - removed, 0))) >= 0:
        text = text[:space]
    return text, removed


def render_quote_in_context(quote: Quote) -> SafeString:
    """Returns the text around the quote as HTML. Reads no more of the snapshot's text than it shows."""
    shown_spans = [
        (start, end)
        for start, end in [*quote.spans, *quote.cue_spans, *quote.mention_spans]
        if start >= quote.start - MAX_MARK_DISTANCE and end <= quote.end + MAX_MARK_DISTANCE
    ]
    start = max(min(start for start, _ in shown_spans) - MAX_CONTEXT_CHARS, 0)
    end = max(end for _, end in shown_spans) + MAX_CONTEXT_CHARS
    window = Substr(F("text"), Value(start + 1), Value(end - start))  # SQL counts from 1
    snapshots = Snapshot.objects.annotate(window=window)
    text: str = snapshots.values_list("window", flat=True).get(pk=quote.snapshot_id)
    text_goes_on = len(text) == end - start
    text, removed = trim_partial_words(text, at_start=start > 0, at_end=text_goes_on)
    start += removed
    marks = [
        TextMark(spans=quote.spans, style=f"quote-{quote.decision}"),
        TextMark(spans=quote.cue_spans, style="cue", title="cue"),
        TextMark(spans=quote.mention_spans, style="mention", title="mention"),
    ]
    before = SafeString("… ") if start else SafeString("")
    after = SafeString(" …") if text_goes_on else SafeString("")
    return before + highlight_spans(text, marks, offset=start) + after
