"""Corrects which words of the text a quote consists of."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Anchor, Claim, HistoryCause, OperationVerb, Quote, QuoteDecision, Snapshot
from claims.services.claims import claim_proposals, corrections
from claims.services.claims.corrections import Note
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.quotes import review_lock
from claims.services.quotes.text_selection import TextSelection, anchor_fields, validate_selection
from claims.services.sources.anchors import place_anchor, refresh_anchors

EDITOR_EXTRACTOR, EDITOR_EXTRACTOR_VERSION = "editor", "1"  # of quotes that a person selected
_SPAN_FIELDS = ["spans", "start", "end", "exact", "text", "prefix", "suffix"]


def change_wording(
    *,
    quote: Quote,
    selection: TextSelection,
    editor: User,
    seen: int | None = None,
    note: Note = None,
    take_over: bool = False,
) -> Quote:
    """Replace the quote's spans by the selected ones; its decision stays.

    The text of its claim is updated too if that is a proposal in the quote's wording, without other quotes. The quote
    is located again in later snapshots, and verifications of its claim go back to review.

    Raises RefusedError for an invalid selection, ChangedError if the quote changed since its version `seen`, and
    PublicNoteRequiredError without a required note.
    """
    with audit.operation(verb=OperationVerb.CHANGE_WORDS, editor=editor) as journal:
        quote = lock_quote(quote, seen=seen, editor=editor, take_over=take_over)
        spans = validate_selection(selection, quote.snapshot)
        if spans == quote.spans:
            raise RefusedError("The quote already has exactly these words.")
        refuse_duplicate(quote.snapshot, spans, except_pk=quote.pk)
        update_spans(quote, spans, editor=editor, note=note)
        journal.summary = f"Wording changed: {quote.in_marks(200)}"
    return quote


def lock_quote(quote: Quote, *, seen: int | None, editor: User, take_over: bool) -> Quote:
    """Lock the quote's row and return it with its snapshot, claim and speaker.

    Raises ChangedError if it changed since its version `seen`, RefusedError if another editor is reviewing it.
    """
    row = Quote.objects.select_for_update(of=("self",)).select_related("snapshot", "claim", "speaker").get(pk=quote.pk)
    refuse_if_changed(row=row, seen=seen)
    review_lock.refuse_if_locked([row.pk], editor=editor, take_over=take_over)
    return row


def refuse_duplicate(snapshot: Snapshot, spans: list[list[int]], except_pk: int = 0) -> None:
    """Raises RefusedError if another quote, not rejected, has exactly these spans."""
    candidates = (
        Quote.objects.filter(snapshot=snapshot, start=spans[0][0], end=spans[-1][1])
        .exclude(pk=except_pk)
        .exclude(decision=QuoteDecision.REJECTED)
    )
    if duplicate := next((quote for quote in candidates if quote.spans == spans), None):
        decision = duplicate.get_decision_display().lower()
        raise RefusedError(f"Quote {duplicate.pk} ({decision}) already has exactly these words.")


def update_spans(
    quote: Quote,
    spans: list[list[int]],
    *,
    editor: User,
    note: Note,
    reason: str = "",
    more_fields: Sequence[str] = (),
) -> None:
    """Store new spans and whatever follows from them; `more_fields` of the quote are stored along."""
    old_wording = quote.exact
    for name, value in anchor_fields(quote.snapshot.text, spans).items():
        setattr(quote, name, value)
    with corrections.public_change(editor=editor, note=note, claims=[quote.claim_id], quotes=[quote.pk]):
        audit.update([quote], [*_SPAN_FIELDS, *more_fields], user=editor, reason=reason, cause=HistoryCause.REWORDED)
        refresh_anchors([quote])
        _update_claim_text(quote, old_wording, editor)


def _update_claim_text(quote: Quote, old_wording: str, editor: User) -> None:
    """Reword a proposal that still had the wording of this, its only quote."""
    claim = Claim.objects.proposals().filter(pk=quote.claim_id or 0).first()
    if (
        claim
        and claim.text == claim_proposals.claim_wording(old_wording)
        and not claim.quotes.exclude(pk=quote.pk).exists()
    ):
        claim.text = claim_proposals.claim_wording(quote.exact)
        audit.update([claim], ["text"], user=editor, reason="worded as its quote is now")


def store_new_quote(quote: Quote, spans: list[list[int]], *, editor: User, reason: str) -> Quote:
    """Insert a quote with these spans, propose its claim and anchor it in the later snapshots of its source."""
    text = quote.snapshot.text
    for name, value in anchor_fields(text, spans).items():
        setattr(quote, name, value)
    claim_proposals.propose_claims([quote], editor=editor)
    (stored,) = audit.create([quote], user=editor, reason=reason)
    anchors = []
    for later in Snapshot.objects.filter(source=quote.snapshot.source_id, pk__gt=quote.snapshot_id).order_by("pk"):
        anchor = Anchor(quote=stored, snapshot=later)
        place_anchor(anchor, text, later.text)
        anchors.append(anchor)
    Anchor.objects.bulk_create(anchors)
    return stored
