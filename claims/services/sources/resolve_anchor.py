"""An editor settles where a quote stands in a later text: at one of the places its words are, or nowhere any more."""

from collections.abc import Sequence
from itertools import islice

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Anchor, AnchorState, Quote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.sources.anchors import find_occurrences
from claims.services.sources.integrity import text_at_spans

MAX_CANDIDATES = 30  # places
SpanList = list[list[int]]


def list_candidate_spans(quote: Quote, old: str, new: str) -> list[SpanList]:
    """Where in `new` the quote could be said to stand: its very words, at most MOST_OFFERED places, in order.

    First where everything from its first to its last span stands; and of a quote in several spans, where each of them
    stands after the one before it, whatever lies between.
    """
    whole = old[quote.start : quote.end]
    found = [
        [[start + at - quote.start, end + at - quote.start] for start, end in quote.spans]
        for at in islice(find_occurrences(new, whole), MAX_CANDIDATES)
    ]
    if len(quote.spans) > 1:
        words = [old[start:end] for start, end in quote.spans]
        for at in islice(find_occurrences(new, words[0]), MAX_CANDIDATES):
            apart = _find_in_order(words, new, at)
            if apart and apart not in found:
                found.append(apart)
    return sorted(found)[:MAX_CANDIDATES]


def resolve_anchor(*, anchor: Anchor, spans: SpanList | None, editor: User) -> Anchor:
    """Say where the quote stands in the later text, or with None that it is gone from it.

    Raises RefusedError where these are not the quote's very words, and for an anchor that was certain without anybody.
    """
    quote = anchor.quote
    said = "is gone" if spans is None else "stands at another place"
    summary = f"Said that “{quote}” {said} in the text of {anchor.snapshot.retrieved_at:%Y-%m-%d %H:%M}"
    with audit.operation(verb="settle", summary=summary, editor=editor):
        rows = Anchor.objects.select_for_update(of=("self",)).select_related("quote", "snapshot")
        anchor = rows.get(pk=anchor.pk)
        if anchor.settled_at is None and anchor.spans is not None:
            raise RefusedError("Its words were found again by themselves: there is nothing to settle.")
        if spans is not None and text_at_spans(anchor.snapshot.text, spans) != anchor.quote.exact:
            raise RefusedError("These are not the quote's very words: choose one of the places shown.")
        state = AnchorState.ORPHANED
        if spans is not None:
            state = AnchorState.EXACT if spans == anchor.quote.spans else AnchorState.MOVED
        if anchor.settled_at and (anchor.state, anchor.spans) == (state, spans):
            return anchor
        anchor.state, anchor.spans = state, spans
        anchor.settled_by, anchor.settled_at = editor, timezone.now()
        audit.update([anchor], ["state", "spans", "settled_by", "settled_at"], user=editor, reason=f"it {said}")
    return anchor


def _find_in_order(words: Sequence[str], text: str, at: int) -> SpanList | None:
    spans = [[at, at + len(words[0])]]
    for part in words[1:]:
        start = text.find(part, spans[-1][1])
        if start < 0:
            return None
        spans.append([start, start + len(part)])
    return spans
