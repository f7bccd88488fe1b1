"""The quote in its context: some of the text around it, with the quote, its cue and its mention marked."""

from django.db.models import F, Value
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.admin.common.highlight import TextMark, highlight_spans
from claims.models import Quote, Snapshot

MAX_CONTEXT_CHARS = 400  # code points shown on either side
WORD_BREAK_WINDOW = 40  # the text is cut at a space, if there is one among this many code points at its end
MAX_MARK_DISTANCE = 2000  # a cue or mention farther away than this is not worth showing all that lies between


def quote_source_url(quote: Quote) -> str:
    """The page of the quote's source, at the quote."""
    page = reverse("admin:claims_source_change", args=[quote.snapshot.source_id])
    return f"{page}?snapshot={quote.snapshot_id}&quote={quote.pk}#quote-{quote.pk}"


def render_quote_in_context(quote: Quote) -> SafeString:
    """The text around the quote as HTML; only that much of the snapshot is read from the database."""
    parts = [*quote.spans, *quote.cue_spans, *quote.mention_spans]
    near = [
        (start, end)
        for start, end in parts
        if start >= quote.start - MAX_MARK_DISTANCE and end <= quote.end + MAX_MARK_DISTANCE
    ]
    first = max(min(start for start, _ in near) - MAX_CONTEXT_CHARS, 0)
    last = max(end for _, end in near) + MAX_CONTEXT_CHARS
    window = Snapshot.objects.annotate(
        window=Substr(F("text"), Value(first + 1), Value(last - first))  # SQL counts from 1
    )
    text: str = window.values_list("window", flat=True).get(pk=quote.snapshot_id)
    more = len(text) == last - first
    if first and (space := text.find(" ", 0, WORD_BREAK_WINDOW)) >= 0:
        text, first = text[space + 1 :], first + space + 1
    if more and (space := text.rfind(" ", len(text) - WORD_BREAK_WINDOW)) >= 0:
        text = text[:space]
    marks = [
        TextMark(spans=quote.spans, style=f"quote-{quote.decision}"),
        TextMark(spans=quote.cue_spans, style="cue", title="cue"),
        TextMark(spans=quote.mention_spans, style="mention", title="mention"),
    ]
    before = SafeString("… ") if first else SafeString("")
    after = SafeString(" …") if more else SafeString("")
    return before + highlight_spans(text, marks, offset=first) + after
