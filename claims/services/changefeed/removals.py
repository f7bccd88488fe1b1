"""What became of a row that was public once: where it is now, or why it is gone."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from claims.models import (
    Change,
    Claim,
    Correction,
    CorrectionKind,
    Quote,
    RejectionReason,
    RemovalCause,
    ResourceKind,
    Verification,
)
from claims.resources.corrections import CORRECTIONS
from claims.resources.sql.sql_serializer import JSONRow, sql_serializer_for
from claims.search.parameter_values import MAX_ID
from claims.services.changefeed.processor import process_pending

CAUSE_DETAILS = {
    RemovalCause.RETRACTED: "Retracted.",
    RemovalCause.REJECTED: "Withdrawn by an editor.",
    RemovalCause.MERGED: "Merged into another one, which is not public.",
    RemovalCause.SUPERSEDED: "Superseded: a newer verdict was published, or this one went back to review.",
    RemovalCause.WITHDRAWN: "Withdrawn.",
    RemovalCause.UNUSED: "No longer referenced by anything public.",
    RemovalCause.DELETED: "Deleted.",
}
REJECTION_DETAILS = {
    RejectionReason.NO_QUOTE: "Withdrawn: it is not a quote.",
    RejectionReason.WRONG_WORDS: "Withdrawn: these were not the words.",
    RejectionReason.WRONG_SPEAKER: "Withdrawn: somebody else said it.",
    RejectionReason.DUPLICATE: "Withdrawn: it duplicates another quote.",
    RejectionReason.SOURCE_CHANGED: "Withdrawn: the source was changed.",
}
RETRACTED_CLAIM = "This claim was retracted."
KINDS_WITH_CORRECTIONS = (ResourceKind.CLAIMS, ResourceKind.QUOTES, ResourceKind.VERIFICATIONS)
MAX_STUB_CORRECTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A row that is not public any more. Its `corrections` are the public ones, newest first, as the API shows them.

    A merged row has the id of the one that it went into, if that is or was public. `rejection_reason` is the code for a
    rejected quote (empty if not known), else None. `retraction_reason` and `retracted_at` are those of a retracted
    claim; `superseded_by` is the id of the verdict that replaced a verdict.
    """

    kind: ResourceKind
    pk: int
    cause: RemovalCause
    gone_at: dt.datetime | None
    detail: str
    merged_into: int | None = None
    corrections: tuple[JSONRow, ...] = ()
    rejection_reason: str | None = None
    retraction_reason: str | None = None
    retracted_at: dt.datetime | None = None
    superseded_by: int | None = None

    @property
    def is_retracted_claim(self) -> bool:
        return self.kind == ResourceKind.CLAIMS and self.cause == RemovalCause.RETRACTED


def find_removal(kind: ResourceKind, pk: int) -> Removal | None:
    """Returns what became of a row that was public once; None if it never was."""
    if pk > MAX_ID:
        return None
    process_pending()
    change = Change.objects.gone().filter(kind=kind, object_id=pk).first()
    if change is None:
        return None
    cause = RemovalCause(change.cause)
    if cause == RemovalCause.MERGED and (target := merge_targets([change]).get(pk)):
        detail = CAUSE_DETAILS[cause]
        return Removal(kind=kind, pk=pk, cause=cause, gone_at=change.gone_at, detail=detail, merged_into=target)
    corrections = _corrections_of_removed(kind, pk).order_by("-made_at", "-id")
    rejection_reason = rejection_reasons([change]).get(pk)
    retraction_reason = retracted_at = superseded_by = None
    detail = CAUSE_DETAILS[cause]
    if kind == ResourceKind.CLAIMS and cause == RemovalCause.RETRACTED:
        detail = RETRACTED_CLAIM
        retractions = corrections.filter(kind=CorrectionKind.RETRACTION)
        retraction_reason = retractions.values_list("reason", flat=True).first()
        retracted_at = Claim.objects.values_list("retracted_at", flat=True).filter(pk=pk).first()
    elif rejection_reason:
        detail = REJECTION_DETAILS.get(RejectionReason(rejection_reason), detail)
    if kind == ResourceKind.VERIFICATIONS and cause == RemovalCause.SUPERSEDED:
        newer = Verification.objects.released().filter(claim__verifications=pk)
        superseded_by = newer.values_list("pk", flat=True).first()
    rows = sql_serializer_for(CORRECTIONS.serializer_class).rows(corrections[:MAX_STUB_CORRECTIONS])
    return Removal(
        kind=kind,
        pk=pk,
        cause=cause,
        gone_at=change.gone_at,
        detail=detail,
        corrections=tuple(rows),
        rejection_reason=rejection_reason,
        retraction_reason=retraction_reason,
        retracted_at=retracted_at,
        superseded_by=superseded_by,
    )


def _corrections_of_removed(kind: ResourceKind, pk: int) -> QuerySet[Correction]:
    """Returns the public corrections that say what became of a claim, a quote or a verdict."""
    corrections = Correction.objects.released()
    match kind:
        case ResourceKind.CLAIMS:
            return corrections.filter(claim=pk)
        case ResourceKind.QUOTES:
            # A quote is gone with its claim, too.
            retractions = corrections.filter(claim__quotes=pk, claim__retracted_at__isnull=False)
            return corrections.filter(
                Q(pk__in=Correction.objects.about_quote(pk).values("pk"))
                | Q(pk__in=retractions.filter(kind=CorrectionKind.RETRACTION).values("pk"))
            )
        case ResourceKind.VERIFICATIONS:
            return corrections.filter(verification=pk)
    return corrections.none()


def rejection_reasons(changes: list[Change]) -> dict[int, str]:
    """Returns the codes of why quotes were rejected, by id; empty where it is not known."""
    rejected = [
        change.object_id
        for change in changes
        if change.kind == ResourceKind.QUOTES and change.cause == RemovalCause.REJECTED
    ]
    if not rejected:
        return {}
    return dict.fromkeys(rejected, "") | dict(
        Quote.objects.filter(pk__in=rejected).values_list("pk", "rejection_reason")
    )


def merge_targets(merged: list[Change]) -> dict[int, int]:
    """Follows all later merges of these rows. Returns the id of the last row of each, if it is or was public."""
    changes: dict[int, Change] = {}
    ids = {change.merged_into for change in merged if change.merged_into}
    while ids:
        targets = list(Change.objects.seen().filter(kind=merged[0].kind, object_id__in=ids))
        changes |= {change.object_id: change for change in targets}
        ids = {change.merged_into for change in targets if change.merged_into} - changes.keys()
    targets_by_id = {}
    for start in merged:
        change, visited = changes.get(start.merged_into or 0), {start.object_id}
        while change and change.merged_into and change.object_id not in visited:
            visited.add(change.object_id)
            change = changes.get(change.merged_into)
        if change and not change.merged_into:
            targets_by_id[start.object_id] = change.object_id
    return targets_by_id
