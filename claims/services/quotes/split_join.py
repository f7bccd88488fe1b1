"""Two quotes from one, and one from two."""

import copy

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Quote, QuoteDecision, QuoteKind
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes import graphemes
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.text_selection import join_spans, normalize_spans, unite_spans
from claims.services.quotes.wording import (
    EDITOR_EXTRACTOR,
    EDITOR_EXTRACTOR_VERSION,
    lock_quote,
    store_new_quote,
    update_spans,
)


def split_quote(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    quote: Quote,
    at: int,
    until: int | None = None,
    editor: User,
    seen: int | None = None,
    note: PublicNote | None = None,
    take_over: bool = False,
) -> tuple[Quote, Quote]:
    """Make two quotes of one: what stands before the offset `at`, and what stands after it (or from `until` on).

    What lies between the two offsets is in neither. The first is the quote as it was, its decision included; the second
    is a new one of the same speaker, and waits. Raises as `change_span` does.
    """
    with audit.operation(verb="split", summary="", editor=editor) as operation:
        quote = lock_quote(quote, seen=seen, editor=editor, take_over=take_over)
        text, until = quote.snapshot.text, at if until is None else until
        if not quote.start < at <= until < quote.end:
            raise RefusedError("Put the cursor, or select, within the words of the quote to split it there.")
        at, until = (
            graphemes.expand_to_graphemes(text, at, until)
            if at < until
            else (graphemes.expand_to_graphemes(text, at, at + 1)[0],) * 2
        )
        before = [[start, min(end, at)] for start, end in quote.spans if start < at]
        after = [[max(start, until), end] for start, end in quote.spans if end > until]
        if not all(graphemes.has_visible_text(join_spans(text, part)) for part in (before, after)):
            raise RefusedError("Nothing would be left of one of the two: split it between its words.")
        second = copy.copy(quote)
        second.pk, second.claim = None, None
        second._state = type(quote._state)()  # noqa: SLF001  # a row of its own, that is not stored yet
        second.created_at = timezone.now()
        second.decision, second.decided_by, second.decided_at = QuoteDecision.PENDING, None, None
        second.confidence, second.repaired = 1.0, []
        second.extractor, second.extractor_version = EDITOR_EXTRACTOR, EDITOR_EXTRACTOR_VERSION
        operation.summary = f"Split in two: “{quote.exact[:200]}”"
        update_spans(quote, normalize_spans(text, before), editor=editor, note=note, reason="split in two")
        second = store_new_quote(
            second, normalize_spans(text, after), editor=editor, reason=f"split from quote {quote.pk}"
        )
    return quote, second


def join_quotes(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    first: Quote,
    second: Quote,
    editor: User,
    seen: int | None = None,
    seen_second: int | None = None,
    note: PublicNote | None = None,
    take_over: bool = False,
) -> Quote:
    """Make the first quote one of both, in as many parts as it takes; the second is rejected, and nothing is deleted.

    Raises RefusedError for quotes of two texts or of two speakers, and as `change_span` does.
    """
    if first.pk == second.pk:
        raise RefusedError("A quote cannot be joined with itself: click another one.")
    with audit.operation(verb="join", summary="", editor=editor) as operation:
        list(Quote.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk"))  # in this order
        first = lock_quote(first, seen=seen, editor=editor, take_over=take_over)
        second = lock_quote(second, seen=seen_second, editor=editor, take_over=take_over)
        if first.snapshot_id != second.snapshot_id:
            raise RefusedError("The two stand in different texts: only quotes of one text can be joined.")
        if first.speaker_id and second.speaker_id and first.speaker_id != second.speaker_id:
            raise RefusedError(
                f"They are of two speakers, {first.speaker} and {second.speaker}: correct one of them first."
            )
        if second.decision == QuoteDecision.REJECTED:
            raise RefusedError("The other quote was rejected: put it back to pending first.")
        more: list[str] = []
        if first.kind != second.kind:
            first.kind, more = QuoteKind.MIXED, ["kind"]
        if first.speaker_id is None and second.speaker_id:
            first.speaker, more = second.speaker, [*more, "speaker"]
        operation.summary = f"Joined: “{first.exact[:100]}” and “{second.exact[:100]}”"
        reason = f"joined into quote {first.pk}"
        spans = unite_spans(first.snapshot.text, first.spans, second.spans)
        update_spans(first, spans, editor=editor, note=note, reason=f"joined with quote {second.pk}", more=more)
        decide_quotes(quotes=[second.pk], decision=QuoteDecision.REJECTED, editor=editor, reason=reason, note=note)
    return first
