"""The quote in its context: some of the text around it, with the quote, its cue and its mention marked."""

from django.db.models import F, Value
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.admin.highlight import Mark, highlighted
from claims.models import Quote, Snapshot

AROUND = 400  # code points shown on either side
WORD = 40  # the text is cut at a space, if there is one among this many code points at its end
FAR = 2000  # a cue or mention farther away than this is not worth showing all that lies between


def source_address(quote: Quote) -> str:
    """The page of the quote's source, at the quote."""
    page = reverse("admin:claims_source_change", args=[quote.snapshot.source_id])
    return f"{page}?snapshot={quote.snapshot_id}&quote={quote.pk}#quote-{quote.pk}"


def in_context(quote: Quote) -> SafeString:
    """The text around the quote as HTML; only that much of the snapshot is read from the database."""
    parts = [*quote.spans, *quote.cue_spans, *quote.mention_spans]
    near = [(start, end) for start, end in parts if start >= quote.start - FAR and end <= quote.end + FAR]
    first = max(min(start for start, _ in near) - AROUND, 0)
    last = max(end for _, end in near) + AROUND
    window = Snapshot.objects.annotate(
        window=Substr(F("text"), Value(first + 1), Value(last - first))  # SQL counts from 1
    )
    text: str = window.values_list("window", flat=True).get(pk=quote.snapshot_id)
    more = len(text) == last - first
    if first and (space := text.find(" ", 0, WORD)) >= 0:
        text, first = text[space + 1 :], first + space + 1
    if more and (space := text.rfind(" ", len(text) - WORD)) >= 0:
        text = text[:space]
    marks = [
        Mark(spans=quote.spans, style=f"quote-{quote.decision}"),
        Mark(spans=quote.cue_spans, style="cue", title="cue"),
        Mark(spans=quote.mention_spans, style="mention", title="mention"),
    ]
    before = SafeString("… ") if first else SafeString("")
    after = SafeString(" …") if more else SafeString("")
    return before + highlighted(text, marks, offset=first) + after
