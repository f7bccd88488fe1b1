"""An editor's decision on quotes: whether this person is quoted correctly in this source."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, HistoryCause, OperationVerb, Quote, QuoteDecision, RejectionReason
from claims.services.claims import claim_proposals, corrections
from claims.services.claims.corrections import Note
from claims.services.history import audit
from claims.services.quotes import review_lock
from claims.services.sources.source_changes import SOURCE_CHANGED_REASON, find_unseen_changes
from claims.services.transitions import change_state


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """How many quotes changed, how many had this decision already, and those refused, each with the reason.

    `copies` is how many more quotes in copies of their articles changed with them.
    """

    changed: int
    unchanged: int
    refused: tuple[tuple[Quote, str], ...]
    copies: int = 0


def decide_quotes(
    *,
    quotes: Collection[int],
    decision: QuoteDecision,
    editor: User,
    rejection_reason: RejectionReason = RejectionReason.OTHER,
    reason: str = "",
    cause: HistoryCause = HistoryCause.DECIDED,
    at: datetime | None = None,
    note: Note = None,
    take_over: bool = False,
    seen_snapshots: Collection[int] = (),
) -> DecisionResult:
    """Accept, reject or reopen the quotes with these ids. Accepting a quote does not release its claim.

    Readers of a rejected quote that was public are told the `rejection_reason`; the `reason` is for the history.
    Verifications of claims whose accepted quotes change go back to review. Quotes without a speaker or of a retracted
    claim cannot be accepted, nor quotes that the newest snapshot of their source lacks, unless the editor compared them
    with it (its id is in `seen_snapshots`). Quotes that another editor is reviewing are not decided unless `take_over`.
    All these are returned as refused, and the others are decided.

    Raises PublicNoteRequiredError if readers would miss a quote, or find one more under a verdict, and there is no
    `note`.
    """
    with audit.operation(verb=OperationVerb.DECIDE, editor=editor) as journal:
        rows = list(Quote.objects.select_for_update().filter(pk__in=quotes).order_by("pk"))
        retracted = set(Claim.objects.filter(quotes__in=rows, retracted_at__isnull=False).values_list("pk", flat=True))
        locks = {} if take_over else review_lock.locks_of_others([quote.pk for quote in rows], editor=editor)
        is_accepted = decision == QuoteDecision.ACCEPTED
        ids = [quote.pk for quote in rows] if is_accepted else []
        unseen_changes = find_unseen_changes(quotes=ids, seen_snapshots=seen_snapshots)
        refused, changed = [], []
        at = at or timezone.now()
        for quote in rows:
            if quote.decision == decision:
                continue
            if quote.pk in locks:
                refused.append((quote, review_lock.describe_review_lock(locks[quote.pk])))
                continue
            if is_accepted and quote.speaker_id is None:
                refused.append((quote, "no speaker yet, choose one first"))
                continue
            if is_accepted and quote.claim_id in retracted:
                refused.append((quote, "its claim was retracted, choose another claim"))
                continue
            if quote.pk in unseen_changes:
                refused.append((quote, SOURCE_CHANGED_REASON))
                continue
            change_state(quote, decision)
            is_pending = decision == QuoteDecision.PENDING
            quote.decided_by, quote.decided_at = (None, None) if is_pending else (editor, at)
            quote.rejection_reason = rejection_reason if decision == QuoteDecision.REJECTED else ""
            changed.append(quote)
        if is_accepted:
            claim_proposals.propose_claims(changed, editor=editor)
        fields = ["decision", "rejection_reason", "decided_by", "decided_at", "claim"]
        claims, ids = [quote.claim_id for quote in changed], [quote.pk for quote in changed]
        with corrections.public_change(editor=editor, note=note, claims=claims, quotes=ids):
            audit.update(changed, fields, user=editor, reason=reason, cause=cause)
            _mark_claims_changed(changed, editor=editor)
        journal.summary = _summarize_decision(changed, decision)
    return DecisionResult(len(changed), len(rows) - len(changed) - len(refused), tuple(refused))


def _summarize_decision(changed: Sequence[Quote], decision: QuoteDecision) -> str:
    label = "Reset to pending" if decision == QuoteDecision.PENDING else QuoteDecision(decision).label
    return f"{label}: {changed[0].in_marks(200)}" if len(changed) == 1 else f"{label}: {len(changed)} quotes"


def _mark_claims_changed(quotes: Sequence[Quote], *, editor: User) -> None:
    """Mark every claim of these quotes as changed. One without a speaker gets that of the accepted quote."""
    claims = {row.pk: row for row in Claim.objects.filter(pk__in={quote.claim_id for quote in quotes}).order_by("pk")}
    for quote in quotes:
        if quote.claim_id and quote.decision == QuoteDecision.ACCEPTED:
            claims[quote.claim_id].speaker_id = claims[quote.claim_id].speaker_id or quote.speaker_id
    audit.update(list(claims.values()), ["speaker"], user=editor, cause=HistoryCause.QUOTE_DECIDED)
