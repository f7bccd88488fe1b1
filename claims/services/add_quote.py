"""What the machine missed, added by a person."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Decision, Quote, QuoteKind, Snapshot, Speaker
from claims.services import record
from claims.services.decide import decide
from claims.services.refusal import RefusedError
from claims.services.selection import Selection, fitted, said
from claims.services.spans import EXTRACTOR, VERSION, refuse_twice, stored_anew

_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』《》"


def add_quote(  # noqa: PLR0913  # where, what, who said it, how, and who found it
    *,
    snapshot: Snapshot,
    selection: Selection,
    editor: User,
    speaker: Speaker | None = None,
    mention: Selection | None = None,
    kind: QuoteKind | None = None,
    accept: bool = False,
) -> Quote:
    """A quote that the machine missed, as a person found it. It waits, unless it has a speaker and is to be accepted.

    `mention` is where the text names the speaker; the kind is read from the quote marks unless it is given. Raises
    RefusedError for what cannot be a quote, and for one that is there already.
    """
    with record.operation(verb="add quote", summary="", editor=editor) as operation:
        spans = fitted(selection, snapshot)
        refuse_twice(snapshot, spans)
        named = fitted(mention, snapshot) if mention else []
        if speaker and speaker.merged_into_id:
            raise RefusedError(f"“{speaker}” was merged into “{speaker.merged_into}”: choose that one.")
        quote = Quote(
            snapshot=snapshot,
            kind=kind or kind_of(snapshot.text, spans),
            mention=said(snapshot.text, named),
            mention_spans=named,
            speaker=speaker,
            confidence=1.0,
            extractor=EXTRACTOR,
            extractor_version=VERSION,
        )
        quote = stored_anew(quote, spans, editor=editor, reason="added by hand")
        operation.summary = f"Added: “{quote.exact[:200]}”"
        if accept and speaker:
            decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=editor)
            quote.refresh_from_db()
    return quote


def kind_of(text: str, spans: Sequence[Sequence[int]]) -> QuoteKind:
    """Direct for words within quote marks, mixed where marks stand among them, else indirect."""
    around = [text[max(start - 1, 0) : start] + text[end : end + 1] for start, end in spans]
    if all(any(sign in _MARKS for sign in signs) for signs in around):
        return QuoteKind.DIRECT
    inside = said(text, spans)
    return QuoteKind.MIXED if any(sign in inside for sign in _MARKS if sign not in "'’") else QuoteKind.INDIRECT
