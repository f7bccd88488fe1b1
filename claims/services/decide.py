"""An editor's decision on a quote: whether this person is quoted so in this source."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Decision, Quote
from claims.services import correct, match, record
from claims.services.correct import Note


@dataclass(frozen=True, slots=True)
class Decided:
    """How many quotes were decided, how many stood so already, and which could not be, with the reason of each."""

    changed: int
    unchanged: int
    refused: tuple[tuple[Quote, str], ...]


def decide(
    *,
    quotes: Collection[int],
    decision: Decision,
    editor: User,
    reason: str = "",
    at: datetime | None = None,
    note: Note | None = None,
) -> Decided:
    """Accept, reject or reopen the quotes with these ids. Accepting the first quote of a claim releases the claim.

    A quote without a speaker or of a retracted claim cannot be accepted: it is named among the refused, and the others
    are still decided.
    Verdicts on claims whose accepted quotes change go back to review.
    """
    with record.operation(verb="decide", summary="", editor=editor) as operation:
        rows = list(Quote.objects.select_for_update().filter(pk__in=quotes).order_by("pk"))
        retracted = set(Claim.objects.filter(quotes__in=rows, retracted_at__isnull=False).values_list("pk", flat=True))
        refused, changed = [], []
        at = at or timezone.now()
        for quote in rows:
            if quote.decision == decision:
                continue
            if decision == Decision.ACCEPTED and quote.speaker_id is None:
                refused.append((quote, "it has no speaker: choose one first"))
                continue
            if decision == Decision.ACCEPTED and quote.claim_id in retracted:
                refused.append((quote, "its claim was retracted: choose another claim"))
                continue
            quote.decision = decision
            pending = decision == Decision.PENDING
            quote.decided_by, quote.decided_at = (None, None) if pending else (editor, at)
            changed.append(quote)
        if decision == Decision.ACCEPTED:
            match.propose_claims(changed, editor=editor)
        fields = ["decision", "decided_by", "decided_at", "claim"]
        with correct.in_the_open(editor=editor, note=note, claims=[quote.claim_id for quote in changed]):
            record.update(changed, fields, user=editor, reason=reason or f"quote {Decision(decision).label.lower()}")
            _tell_claims(changed, editor=editor)
        operation.summary = _summary(changed, decision)
    return Decided(len(changed), len(rows) - len(changed) - len(refused), tuple(refused))


def _summary(changed: Sequence[Quote], decision: Decision) -> str:
    done = "Put back to pending" if decision == Decision.PENDING else Decision(decision).label
    return f"{done}: “{changed[0].exact[:200]}”" if len(changed) == 1 else f"{done}: {len(changed)} quotes"


def _tell_claims(quotes: Sequence[Quote], *, editor: User) -> None:
    """Release claims whose first quote was accepted, and mark every claim of these quotes as changed."""
    claims = {row.pk: row for row in Claim.objects.filter(pk__in={quote.claim_id for quote in quotes}).order_by("pk")}
    for quote in quotes:
        if quote.claim_id and quote.decision == Decision.ACCEPTED:
            claim = claims[quote.claim_id]
            claim.released_at = claim.released_at or quote.decided_at
            claim.speaker_id = claim.speaker_id or quote.speaker_id
    rows = list(claims.values())
    record.update(rows, ["released_at", "speaker"], user=editor, reason="a quote of it was decided")
