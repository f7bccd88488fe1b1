"""Extracts the quotes of a stored text again with the current extractor, as one operation that can be undone.

What an editor touched stays; `reextraction_plan` decides what becomes of each quote.
"""

from django.contrib.auth.models import User

from claims.models import HistoryCause, OperationVerb, Quote, Snapshot
from claims.services.claims import claim_proposals
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.ingestion.quote_factory import build_quote, build_speaker_directory
from claims.services.ingestion.reextraction_plan import (
    EXTRACTED_FIELDS,
    ReextractionOutcome,
    ReextractionPlan,
    build_extracted_quote,
    edited_claims,
    extract_statements,
    plan_reextraction,
)
from claims.services.locks import lock_speakers

_COPIED_FIELDS = [*EXTRACTED_FIELDS, "confidence", "speaker", "speaker_confidence", "extractor", "extractor_version"]


def reextract(*, snapshot: Snapshot, editor: User, digest: str | None = None) -> ReextractionPlan:
    """Apply the plan of `plan_reextraction`. Applying it again changes nothing.

    With the `digest` of a plan that an editor saw, raises RefusedError if it would change something else by now.
    """
    # Slow, and cached: before the transaction that others wait for.
    extract_statements(snapshot.text, snapshot.source.language)
    with audit.operation(verb=OperationVerb.REEXTRACT, editor=editor) as journal:
        lock_speakers()
        list(Quote.objects.select_for_update().filter(snapshot=snapshot).order_by("pk").values_list("pk"))
        plan = plan_reextraction(snapshot=snapshot)
        if digest is not None and digest != plan.digest:
            raise RefusedError("The quotes have changed since the preview: check it again.")
        journal.summary = f"Re-extracted “{snapshot.source}”: {plan}"
        _apply(plan, editor)
    return plan


def _apply(plan: ReextractionPlan, editor: User) -> None:
    planned = {outcome: [row for row in plan.quotes if row.outcome is outcome] for outcome in ReextractionOutcome}
    updates = [
        (row.quote, row.quotation) for row in planned[ReextractionOutcome.UPDATED] if row.quote and row.quotation
    ]
    additions = [row.quotation for row in planned[ReextractionOutcome.NEW] if row.quotation]
    directory = build_speaker_directory([*(quotation for _, quotation in updates), *additions], editor=editor)
    former_claims: set[int] = set()
    for row in planned[ReextractionOutcome.GONE]:
        if row.quote:
            former_claims.add(row.quote.claim_id or 0)
            audit.delete(row.quote, user=editor, cause=HistoryCause.REEXTRACTED)
    for quote, quotation in updates:
        extracted = build_extracted_quote(quotation, plan.snapshot, quote, directory)
        if quote.speaker_id != extracted.speaker_id:  # it makes a claim of another speaker now
            former_claims.add(quote.claim_id or 0)
            quote.claim = None
        for name in _COPIED_FIELDS:
            setattr(quote, name, getattr(extracted, name))
    updated = [quote for quote, _ in updates]
    added = [build_quote(quotation, plan.snapshot, directory) for quotation in additions]
    claim_proposals.propose_claims([*updated, *added], editor=editor)
    audit.update(updated, [*_COPIED_FIELDS, "claim"], user=editor, cause=HistoryCause.REEXTRACTED)
    audit.create(added, user=editor, cause=HistoryCause.REEXTRACTED)
    untouched = former_claims - edited_claims(former_claims)
    claim_proposals.remove_abandoned_proposals(untouched, editor=editor, cause=HistoryCause.REEXTRACTED)
    directory.suggest_merges()
