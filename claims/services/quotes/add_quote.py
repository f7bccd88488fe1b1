"""What the machine missed, added by a person."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Quote, QuoteDecision, QuoteKind, Snapshot, Speaker
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.text_selection import TextSelection, join_spans, validate_selection
from claims.services.quotes.wording import EDITOR_EXTRACTOR, EDITOR_EXTRACTOR_VERSION, refuse_duplicate, store_new_quote

_QUOTE_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』《》"


def add_quote(  # noqa: PLR0913  # where, what, who said it, how, and who found it
    *,
    snapshot: Snapshot,
    selection: TextSelection,
    editor: User,
    speaker: Speaker | None = None,
    mention: TextSelection | None = None,
    kind: QuoteKind | None = None,
    accept: bool = False,
) -> Quote:
    """A quote that the machine missed, as a person found it. It waits, unless it has a speaker and is to be accepted.

    `mention` is where the text names the speaker; the kind is read from the quote marks unless it is given. Raises
    RefusedError for what cannot be a quote, and for one that is there already.
    """
    with audit.operation(verb="add quote", summary="", editor=editor) as operation:
        spans = validate_selection(selection, snapshot)
        refuse_duplicate(snapshot, spans)
        named = validate_selection(mention, snapshot) if mention else []
        if speaker and speaker.merged_into_id:
            raise RefusedError(f"“{speaker}” was merged into “{speaker.merged_into}”: choose that one.")
        quote = Quote(
            snapshot=snapshot,
            kind=kind or infer_quote_kind(snapshot.text, spans),
            mention=join_spans(snapshot.text, named),
            mention_spans=named,
            speaker=speaker,
            confidence=1.0,
            extractor=EDITOR_EXTRACTOR,
            extractor_version=EDITOR_EXTRACTOR_VERSION,
        )
        quote = store_new_quote(quote, spans, editor=editor, reason="added by hand")
        operation.summary = f"Added: “{quote.exact[:200]}”"
        if accept and speaker:
            decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
            quote.refresh_from_db()
    return quote


def infer_quote_kind(text: str, spans: Sequence[Sequence[int]]) -> QuoteKind:
    """Direct for words within quote marks, mixed where marks stand among them, else indirect."""
    around = [text[max(start - 1, 0) : start] + text[end : end + 1] for start, end in spans]
    if all(any(sign in _QUOTE_MARKS for sign in signs) for signs in around):
        return QuoteKind.DIRECT
    inside = join_spans(text, spans)
    return QuoteKind.MIXED if any(sign in inside for sign in _QUOTE_MARKS if sign not in "'’") else QuoteKind.INDIRECT
