"""The words of a quote, corrected by an editor."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Anchor, Claim, Decision, Quote, Snapshot
from claims.services import correct, hold, match, record
from claims.services.anchor import find_again, place_again
from claims.services.correct import Note
from claims.services.refusal import RefusedError
from claims.services.selection import Selection, anchored, fitted, said
from claims.services.version import refuse_if_changed

EXTRACTOR, VERSION = "editor", "1"  # of quotes that a person found
_FIELDS = ["spans", "start", "end", "exact", "prefix", "suffix"]


def change_span(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    quote: Quote,
    selection: Selection,
    editor: User,
    seen: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> Quote:
    """Let the quote be the words that were selected; its decision stays.

    The wording of a claim follows where it was this quote's, no other quote makes it and readers do not see it. The
    quote is found again in later snapshots, and verdicts on its claim go back to review. Raises RefusedError for what
    cannot be a quote, ChangedError if it was changed since the version `seen`, NoteNeededError without a needed note.
    """
    with record.operation(verb="change words", summary="", editor=editor) as operation:
        quote = locked(quote, seen=seen, editor=editor, take_over=take_over)
        spans = fitted(selection, quote.snapshot)
        if spans == quote.spans:
            raise RefusedError("These are the words it has already.")
        refuse_twice(quote.snapshot, spans, but=quote.pk)
        operation.summary = f"Words changed: “{said(quote.snapshot.text, spans)[:200]}”"
        respan(quote, spans, editor=editor, note=note, reason="words corrected")
    return quote


def locked(quote: Quote, *, seen: int | None, editor: User, take_over: bool) -> Quote:
    """The quote as it is now with its text, locked; refused if somebody else looks at it, or changed it since."""
    row = Quote.objects.select_for_update(of=("self",)).select_related("snapshot", "claim", "speaker").get(pk=quote.pk)
    refuse_if_changed(row=row, seen=seen)
    hold.refuse_if_held([row.pk], editor=editor, take_over=take_over)
    return row


def refuse_twice(snapshot: Snapshot, spans: list[list[int]], but: int = 0) -> None:
    same = Quote.objects.filter(snapshot=snapshot, start=spans[0][0], end=spans[-1][1]).exclude(pk=but)
    if twin := next((row for row in same.exclude(decision=Decision.REJECTED) if row.spans == spans), None):
        raise RefusedError(f"Quote {twin.pk} has just these words already ({twin.get_decision_display().lower()}).")


def respan(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    quote: Quote, spans: list[list[int]], *, editor: User, note: Note | None, reason: str, more: Sequence[str] = ()
) -> None:
    former = quote.exact
    for name, value in anchored(quote.snapshot.text, spans).items():
        setattr(quote, name, value)
    with correct.in_the_open(editor=editor, note=note, claims=[quote.claim_id]):
        record.update([quote], [*_FIELDS, *more], user=editor, reason=reason)
        place_again([quote])
        _follow(quote, former, editor)


def _follow(quote: Quote, former: str, editor: User) -> None:
    """Let the claim be worded as its only quote is, if it was so before and readers do not see it."""
    claim = Claim.objects.filter(pk=quote.claim_id or 0).first()
    if claim is None or claim.text != match.wording(former) or claim.quotes.exclude(pk=quote.pk).exists():
        return
    if not Claim.objects.released().filter(pk=claim.pk).exists():
        claim.text = match.wording(quote.exact)
        record.update([claim], ["text"], user=editor, reason="worded as its quote is now")


def stored_anew(quote: Quote, spans: list[list[int]], *, editor: User, reason: str) -> Quote:
    """A new quote with its claim, found again in the later snapshots of its source."""
    text = quote.snapshot.text
    for name, value in anchored(text, spans).items():
        setattr(quote, name, value)
    match.propose_claims([quote], editor=editor)
    stored: Quote = record.create([quote], user=editor, reason=reason)[0]
    anchors = []
    for later in Snapshot.objects.filter(source=quote.snapshot.source_id, pk__gt=quote.snapshot_id).order_by("pk"):
        state, found = find_again(stored, text, later.text)
        anchors.append(Anchor(quote=stored, snapshot=later, state=state, spans=found))
    Anchor.objects.bulk_create(anchors)
    return stored
