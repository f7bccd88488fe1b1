"""Splits one quote into two, and joins two quotes into one."""

import copy

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import OperationVerb, Quote, QuoteDecision, QuoteKind, RejectionReason
from claims.services.claims.corrections import Note
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


def split_quote(
    *,
    quote: Quote,
    at: int,
    until: int | None = None,
    editor: User,
    seen: int | None = None,
    note: Note = None,
    take_over: bool = False,
) -> tuple[Quote, Quote]:
    """Split the quote at the code point offset `at`; the text from `at` to `until` belongs to neither part.

    The first part keeps the quote's row and decision. The second is a new, pending quote of the same speaker. Raises as
    `change_wording` does.
    """
    with audit.operation(verb=OperationVerb.SPLIT, editor=editor) as journal:
        quote = lock_quote(quote, seen=seen, editor=editor, take_over=take_over)
        text, until = quote.snapshot.text, at if until is None else until
        if not quote.start < at <= until < quote.end:
            raise RefusedError("Place the cursor inside the quote, or select the words between the two parts.")
        at, until = (
            graphemes.expand_to_graphemes(text, at, until)
            if at < until
            else (graphemes.expand_to_graphemes(text, at, at + 1)[0],) * 2
        )
        before = [[start, min(end, at)] for start, end in quote.spans if start < at]
        after = [[max(start, until), end] for start, end in quote.spans if end > until]
        if not all(graphemes.has_visible_text(join_spans(text, part)) for part in (before, after)):
            raise RefusedError("One of the two parts would be empty: split between words.")
        second = copy.copy(quote)
        second.pk, second.claim, second.translation_of = None, None, None
        second._state = type(quote._state)()  # marks the copy as not stored yet
        second.created_at = timezone.now()
        second.decision, second.decided_by, second.decided_at = QuoteDecision.PENDING, None, None
        second.rejection_reason = ""
        second.confidence, second.repaired = 1.0, []
        second.extractor, second.extractor_version = EDITOR_EXTRACTOR, EDITOR_EXTRACTOR_VERSION
        journal.summary = f"Split: {quote.in_marks(200)}"
        update_spans(quote, normalize_spans(text, before), editor=editor, note=note, reason="split in two")
        second = store_new_quote(
            second, normalize_spans(text, after), editor=editor, reason=f"split from quote {quote.pk}"
        )
    return quote, second


def join_quotes(
    *,
    first: Quote,
    second: Quote,
    editor: User,
    seen: int | None = None,
    seen_second: int | None = None,
    note: Note = None,
    take_over: bool = False,
) -> Quote:
    """Join the second quote's spans to the first. The second quote is rejected, not deleted.

    Raises RefusedError for quotes of different texts or speakers, and as `change_wording` does.
    """
    if first.pk == second.pk:
        raise RefusedError("Choose another quote to join with.")
    with audit.operation(verb=OperationVerb.JOIN, editor=editor) as journal:
        list(Quote.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk"))  # no deadlock
        first = lock_quote(first, seen=seen, editor=editor, take_over=take_over)
        second = lock_quote(second, seen=seen_second, editor=editor, take_over=take_over)
        if first.snapshot_id != second.snapshot_id:
            raise RefusedError("Only quotes from the same text can be joined.")
        if first.speaker_id and second.speaker_id and first.speaker_id != second.speaker_id:
            raise RefusedError(
                f"The quotes have different speakers, {first.speaker} and {second.speaker}: correct one of them first."
            )
        if second.decision == QuoteDecision.REJECTED:
            raise RefusedError("The other quote is rejected: reset it to pending first.")
        more_fields: list[str] = []
        if first.kind != second.kind:
            first.kind, more_fields = QuoteKind.MIXED, ["kind"]
        if first.speaker_id is None and second.speaker_id:
            first.speaker, first.speaker_confidence = second.speaker, second.speaker_confidence
            more_fields += ["speaker", "speaker_confidence"]
        journal.summary = f"Joined: {first.in_marks(100)} and {second.in_marks(100)}"
        spans = unite_spans(first.snapshot.text, first.spans, second.spans)
        update_spans(
            first, spans, editor=editor, note=note, reason=f"joined with quote {second.pk}", more_fields=more_fields
        )
        decide_quotes(
            quotes=[second.pk],
            decision=QuoteDecision.REJECTED,
            rejection_reason=RejectionReason.DUPLICATE,
            editor=editor,
            reason=f"joined into quote {first.pk}",
            note=note,
        )
    return first
