"""Lets an editor say where a quote is in a later snapshot: at one of the exact matches, or no longer in the text."""

from collections.abc import Sequence
from itertools import islice

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Anchor, AnchorState, OperationVerb, Quote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.sources.anchors import find_occurrences
from claims.services.sources.integrity import text_at_spans

MAX_CANDIDATES = 30
SpanList = list[list[int]]


def list_candidate_spans(quote: Quote, old: str, new: str) -> list[SpanList]:
    """The places in `new` with exactly the quote's words, in order, at most MAX_CANDIDATES.

    These are the matches of everything from the first to the last span and, for a quote in several spans, of each span
    after the one before it, whatever lies between.
    """
    whole = old[quote.start : quote.end]
    candidates = [
        [[start + at - quote.start, end + at - quote.start] for start, end in quote.spans]
        for at in islice(find_occurrences(new, whole), MAX_CANDIDATES)
    ]
    if len(quote.spans) > 1:
        parts = [old[start:end] for start, end in quote.spans]
        for at in islice(find_occurrences(new, parts[0]), MAX_CANDIDATES):
            spans = _find_in_order(parts, new, at)
            if spans and spans not in candidates:
                candidates.append(spans)
    return sorted(candidates)[:MAX_CANDIDATES]


def resolve_anchor(*, anchor: Anchor, spans: SpanList | None, editor: User) -> Anchor:
    """Set the quote's spans in the later text, or None if it is no longer there.

    Raises RefusedError if the spans do not hold exactly the quote's words, and for an anchor that was matched
    automatically.
    """
    quote = anchor.quote
    outcome = "is gone" if spans is None else "stands at another place"
    verb = "no longer in" if spans is None else "located in"
    summary = f"{quote.in_marks(100)} {verb} the version of {anchor.snapshot.retrieved_at:%Y-%m-%d %H:%M}"
    with audit.operation(verb=OperationVerb.SETTLE, summary=summary, editor=editor):
        rows = Anchor.objects.select_for_update(of=("self",)).select_related("quote", "snapshot")
        anchor = rows.get(pk=anchor.pk)
        if anchor.settled_at is None and anchor.spans is not None:
            raise RefusedError("This quote was found automatically: there is nothing to resolve.")
        if spans is not None and text_at_spans(anchor.snapshot.text, spans) != anchor.quote.exact:
            raise RefusedError("Only exact matches can be chosen: select one of the places shown.")
        state = AnchorState.ORPHANED
        if spans is not None:
            state = AnchorState.EXACT if spans == anchor.quote.spans else AnchorState.MOVED
        if anchor.settled_at and (anchor.state, anchor.spans) == (state, spans):
            return anchor
        anchor.state, anchor.spans = state, spans
        anchor.settled_by, anchor.settled_at = editor, timezone.now()
        audit.update([anchor], ["state", "spans", "settled_by", "settled_at"], user=editor, reason=f"it {outcome}")
    return anchor


def _find_in_order(parts: Sequence[str], text: str, at: int) -> SpanList | None:
    """The spans of the parts, the first one at `at` and each next one at its first occurrence after the last."""
    spans = [[at, at + len(parts[0])]]
    for part in parts[1:]:
        start = text.find(part, spans[-1][1])
        if start < 0:
            return None
        spans.append([start, start + len(part)])
    return spans
