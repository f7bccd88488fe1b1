"""The words of a quote, corrected by an editor."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Anchor, Claim, Quote, QuoteDecision, Snapshot
from claims.services.claims import claim_proposals, corrections
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.quotes import review_lock
from claims.services.quotes.text_selection import TextSelection, anchor_fields, join_spans, validate_selection
from claims.services.sources.anchors import locate_quote, refresh_anchors

EDITOR_EXTRACTOR, EDITOR_EXTRACTOR_VERSION = "editor", "1"  # of quotes that a person found
_SPAN_FIELDS = ["spans", "start", "end", "exact", "prefix", "suffix"]


def change_wording(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    quote: Quote,
    selection: TextSelection,
    editor: User,
    seen: int | None = None,
    note: PublicNote | None = None,
    take_over: bool = False,
) -> Quote:
    """Let the quote be the words that were selected; its decision stays.

    The wording of a claim follows where it was this quote's, no other quote makes it and readers do not see it. The
    quote is found again in later snapshots, and verdicts on its claim go back to review. Raises RefusedError for what
    cannot be a quote, ChangedError if it was changed since the version `seen`, NoteNeededError without a needed note.
    """
    with audit.operation(verb="change words", summary="", editor=editor) as operation:
        quote = lock_quote(quote, seen=seen, editor=editor, take_over=take_over)
        spans = validate_selection(selection, quote.snapshot)
        if spans == quote.spans:
            raise RefusedError("These are the words it has already.")
        refuse_duplicate(quote.snapshot, spans, but=quote.pk)
        operation.summary = f"Words changed: “{join_spans(quote.snapshot.text, spans)[:200]}”"
        update_spans(quote, spans, editor=editor, note=note, reason="words corrected")
    return quote


def lock_quote(quote: Quote, *, seen: int | None, editor: User, take_over: bool) -> Quote:
    """The quote as it is now with its text, locked; refused if somebody else looks at it, or changed it since."""
    row = Quote.objects.select_for_update(of=("self",)).select_related("snapshot", "claim", "speaker").get(pk=quote.pk)
    refuse_if_changed(row=row, seen=seen)
    review_lock.refuse_if_locked([row.pk], editor=editor, take_over=take_over)
    return row


def refuse_duplicate(snapshot: Snapshot, spans: list[list[int]], but: int = 0) -> None:
    same = Quote.objects.filter(snapshot=snapshot, start=spans[0][0], end=spans[-1][1]).exclude(pk=but)
    if twin := next((row for row in same.exclude(decision=QuoteDecision.REJECTED) if row.spans == spans), None):
        raise RefusedError(f"Quote {twin.pk} has just these words already ({twin.get_decision_display().lower()}).")


def update_spans(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    quote: Quote,
    spans: list[list[int]],
    *,
    editor: User,
    note: PublicNote | None,
    reason: str,
    more: Sequence[str] = (),
) -> None:
    former = quote.exact
    for name, value in anchor_fields(quote.snapshot.text, spans).items():
        setattr(quote, name, value)
    with corrections.public_change(editor=editor, note=note, claims=[quote.claim_id]):
        audit.update([quote], [*_SPAN_FIELDS, *more], user=editor, reason=reason)
        refresh_anchors([quote])
        _update_claim_text(quote, former, editor)


def _update_claim_text(quote: Quote, former: str, editor: User) -> None:
    """Let the claim be worded as its only quote is, if it was so before and readers do not see it."""
    claim = Claim.objects.filter(pk=quote.claim_id or 0).first()
    if (
        claim is None
        or claim.text != claim_proposals.claim_wording(former)
        or claim.quotes.exclude(pk=quote.pk).exists()
    ):
        return
    if not Claim.objects.released().filter(pk=claim.pk).exists():
        claim.text = claim_proposals.claim_wording(quote.exact)
        audit.update([claim], ["text"], user=editor, reason="worded as its quote is now")


def store_new_quote(quote: Quote, spans: list[list[int]], *, editor: User, reason: str) -> Quote:
    """A new quote with its claim, found again in the later snapshots of its source."""
    text = quote.snapshot.text
    for name, value in anchor_fields(text, spans).items():
        setattr(quote, name, value)
    claim_proposals.propose_claims([quote], editor=editor)
    stored: Quote = audit.create([quote], user=editor, reason=reason)[0]
    anchors = []
    for later in Snapshot.objects.filter(source=quote.snapshot.source_id, pk__gt=quote.snapshot_id).order_by("pk"):
        state, found = locate_quote(stored, text, later.text)
        anchors.append(Anchor(quote=stored, snapshot=later, state=state, spans=found))
    Anchor.objects.bulk_create(anchors)
    return stored
