"""Adds a quote that the extractor missed."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import SET_BY_EDITOR, OperationVerb, Quote, QuoteDecision, QuoteKind, Snapshot, Speaker
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.text_selection import TextSelection, join_spans, validate_selection
from claims.services.quotes.wording import EDITOR_EXTRACTOR, EDITOR_EXTRACTOR_VERSION, refuse_duplicate, store_new_quote

QUOTE_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』《》"
APOSTROPHES = "'’"


def add_quote(
    *,
    snapshot: Snapshot,
    selection: TextSelection,
    editor: User,
    speaker: Speaker | None = None,
    mention: TextSelection | None = None,
    kind: QuoteKind | None = None,
    accept: bool = False,
) -> Quote:
    """Add a quote by hand. It is pending, unless it has a speaker and `accept` is true.

    `mention` is where the text names the speaker. Without `kind`, the quote marks decide. Raises RefusedError for an
    invalid selection and for a quote that exists already.
    """
    with audit.operation(verb=OperationVerb.ADD_QUOTE, editor=editor) as journal:
        spans = validate_selection(selection, snapshot)
        refuse_duplicate(snapshot, spans)
        mention_spans = validate_selection(mention, snapshot) if mention else []
        if speaker and speaker.merged_into_id:
            raise RefusedError(f"“{speaker}” was merged into “{speaker.merged_into}”. Choose that speaker.")
        quote = Quote(
            snapshot=snapshot,
            kind=kind or infer_quote_kind(snapshot.text, spans),
            mention=join_spans(snapshot.text, mention_spans),
            mention_spans=mention_spans,
            speaker=speaker,
            confidence=1.0,
            speaker_confidence=SET_BY_EDITOR if speaker else None,
            extractor=EDITOR_EXTRACTOR,
            extractor_version=EDITOR_EXTRACTOR_VERSION,
        )
        quote = store_new_quote(quote, spans, editor=editor, reason="added by hand")
        journal.summary = f"Added: {quote.in_marks(200)}"
        if accept and speaker:
            decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
            quote.refresh_from_db()
    return quote


def infer_quote_kind(text: str, spans: Sequence[Sequence[int]]) -> QuoteKind:
    """Direct if quote marks enclose every span, mixed if there are marks inside, otherwise indirect."""
    neighbours = [text[max(start - 1, 0) : start] + text[end : end + 1] for start, end in spans]
    if all(any(mark in pair for mark in QUOTE_MARKS) for pair in neighbours):
        return QuoteKind.DIRECT
    words = join_spans(text, spans)
    has_marks = any(mark in words for mark in QUOTE_MARKS if mark not in APOSTROPHES)
    return QuoteKind.MIXED if has_marks else QuoteKind.INDIRECT
