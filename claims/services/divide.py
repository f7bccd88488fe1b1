"""Two quotes from one, and one from two."""

import copy

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Decision, Quote, QuoteKind
from claims.services import graphemes, record
from claims.services.correct import Note
from claims.services.decide import decide
from claims.services.refusal import RefusedError
from claims.services.selection import arranged, said, united
from claims.services.spans import EXTRACTOR, VERSION, locked, respan, stored_anew


def split_quote(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    quote: Quote,
    at: int,
    until: int | None = None,
    editor: User,
    seen: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> tuple[Quote, Quote]:
    """Make two quotes of one: what stands before the offset `at`, and what stands after it (or from `until` on).

    What lies between the two offsets is in neither. The first is the quote as it was, its decision included; the second
    is a new one of the same speaker, and waits. Raises as `change_span` does.
    """
    with record.operation(verb="split", summary="", editor=editor) as operation:
        quote = locked(quote, seen=seen, editor=editor, take_over=take_over)
        text, until = quote.snapshot.text, at if until is None else until
        if not quote.start < at <= until < quote.end:
            raise RefusedError("Put the cursor, or select, within the words of the quote to split it there.")
        at, until = (
            graphemes.outwards(text, at, until) if at < until else (graphemes.outwards(text, at, at + 1)[0],) * 2
        )
        before = [[start, min(end, at)] for start, end in quote.spans if start < at]
        after = [[max(start, until), end] for start, end in quote.spans if end > until]
        if not all(graphemes.is_visible(said(text, part)) for part in (before, after)):
            raise RefusedError("Nothing would be left of one of the two: split it between its words.")
        second = copy.copy(quote)
        second.pk, second.claim = None, None
        second._state = type(quote._state)()  # noqa: SLF001  # a row of its own, that is not stored yet
        second.created_at = timezone.now()
        second.decision, second.decided_by, second.decided_at = Decision.PENDING, None, None
        second.confidence, second.repaired = 1.0, []
        second.extractor, second.extractor_version = EXTRACTOR, VERSION
        operation.summary = f"Split in two: “{quote.exact[:200]}”"
        respan(quote, arranged(text, before), editor=editor, note=note, reason="split in two")
        second = stored_anew(second, arranged(text, after), editor=editor, reason=f"split from quote {quote.pk}")
    return quote, second


def join_quotes(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    first: Quote,
    second: Quote,
    editor: User,
    seen: int | None = None,
    seen_second: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> Quote:
    """Make the first quote one of both, in as many parts as it takes; the second is rejected, and nothing is deleted.

    Raises RefusedError for quotes of two texts or of two speakers, and as `change_span` does.
    """
    if first.pk == second.pk:
        raise RefusedError("A quote cannot be joined with itself: click another one.")
    with record.operation(verb="join", summary="", editor=editor) as operation:
        list(Quote.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk"))  # in this order
        first = locked(first, seen=seen, editor=editor, take_over=take_over)
        second = locked(second, seen=seen_second, editor=editor, take_over=take_over)
        if first.snapshot_id != second.snapshot_id:
            raise RefusedError("The two stand in different texts: only quotes of one text can be joined.")
        if first.speaker_id and second.speaker_id and first.speaker_id != second.speaker_id:
            raise RefusedError(
                f"They are of two speakers, {first.speaker} and {second.speaker}: correct one of them first."
            )
        if second.decision == Decision.REJECTED:
            raise RefusedError("The other quote was rejected: put it back to pending first.")
        more: list[str] = []
        if first.kind != second.kind:
            first.kind, more = QuoteKind.MIXED, ["kind"]
        if first.speaker_id is None and second.speaker_id:
            first.speaker, more = second.speaker, [*more, "speaker"]
        operation.summary = f"Joined: “{first.exact[:100]}” and “{second.exact[:100]}”"
        reason = f"joined into quote {first.pk}"
        spans = united(first.snapshot.text, first.spans, second.spans)
        respan(first, spans, editor=editor, note=note, reason=f"joined with quote {second.pk}", more=more)
        decide(quotes=[second.pk], decision=Decision.REJECTED, editor=editor, reason=reason, note=note)
    return first
