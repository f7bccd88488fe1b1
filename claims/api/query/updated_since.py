"""Change tracking for readers: the changes of a list since a moment, and what became of a row that is gone."""

import datetime as dt
from typing import Any

from django.core.signing import Signer
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import RETRACTED_TYPE, Gone, ParameterProblem, Redirect
from claims.api.query.openapi_parameters import NO_LONGER_MATCHES, UPDATED_SINCE
from claims.api.query.pagination import CursorCodec, ReadRows, parse_page_size
from claims.export.timestamps import format_timestamp
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
from claims.resources.permalinks import permalink
from claims.resources.sql.sql_serializer import JSONRow, sql_serializer_for
from claims.search.keyset import after_position, order_by_keyset
from claims.search.parameter_values import DateTimeValue
from claims.services.changefeed.processor import STAMP_RESOLUTION, process_pending

UNSUPPORTED_PARAMETERS = ("ordering", "count")  # changes have an order of their own, and no end
CHANGE_ORDERING = ("changed_at", "id")
CHANGE_CURSORS = CursorCodec(Signer(salt="claims.api.changes"), "must come from a `next` link of this list of changes")
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
KINDS_WITH_CORRECTIONS = (ResourceKind.CLAIMS, ResourceKind.QUOTES, ResourceKind.VERIFICATIONS)
MAX_STUB_CORRECTIONS = 50


def reject_parameters(request: Request) -> None:
    """Raises ParameterProblem for parameters that a list of changes does not take."""
    unsupported = [name for name in UNSUPPORTED_PARAMETERS if name in request.query_params]
    if unsupported:
        raise ParameterProblem(dict.fromkeys(unsupported, f"not allowed with {UPDATED_SINCE}"))


def changes_response(request: Request, kind: ResourceKind, rows: QuerySet[Any], read: ReadRows) -> Response:
    """Returns a page of changes of these rows, oldest first: rows as `read` shows them now, and tombstones.

    Rows are read after their changes. A row that changes in between comes in its newest state, and once more later, as
    its new change is behind all of this page. So no change is missed, whatever is written meanwhile.
    """
    page_size = parse_page_size(request)
    since = DateTimeValue().to_python(request.query_params[UPDATED_SINCE])
    start = _clamp_to_last_change(since)
    queryset = order_by_keyset(Change.objects.seen().filter(kind=kind, changed_at__gte=since), CHANGE_ORDERING)
    if cursor := CHANGE_CURSORS.read(request, kind, 2):
        changed_at, pk = cursor
        queryset = queryset.filter(after_position(CHANGE_ORDERING, (dt.datetime.fromisoformat(changed_at), pk)))
    changes = list(queryset[: page_size + 1])
    page, has_more = changes[:page_size], len(changes) > page_size
    rows_by_id = _rows_by_id(rows, read, [change.object_id for change in page if change.gone_at is None])
    merge_targets = _merge_targets([change for change in page if change.merged_into])
    rejection_reasons = _rejection_reasons(page)
    next_cursor = [kind, _format_or_none(page[-1].changed_at), page[-1].pk] if has_more else None
    (next_url,) = CHANGE_CURSORS.urls(request, next_cursor)
    return Response(
        {
            "next": next_url,
            "previous": None,
            "results": [rows_by_id[change.object_id] for change in page if change.object_id in rows_by_id],
            "tombstones": [
                _build_tombstone(change, merge_targets, rejection_reasons)
                for change in page
                if change.object_id not in rows_by_id
            ],
            UPDATED_SINCE: format_timestamp(_next_updated_since(start, page, has_more=has_more)),
        },
        headers={"Link": f'<{next_url}>; rel="next"'} if next_url else {},
    )


def raise_if_gone(kind: ResourceKind, pk: int) -> None:
    """Raises Redirect or Gone if the row was public once: where it is now, or why it is gone."""
    process_pending()
    change = Change.objects.gone().filter(kind=kind, object_id=pk).first()
    if change is None:
        return
    if change.cause == RemovalCause.MERGED and (target := _merge_targets([change]).get(pk)):
        raise Redirect(permalink(kind, target), permanent=True)
    stub: dict[str, object] = {
        "id": pk,
        "url": permalink(kind, pk),
        "cause": change.cause,
        "at": _format_or_none(change.gone_at),
    }
    corrections = _corrections_of_removed(kind, pk).order_by("-made_at", "-id")
    if kind in KINDS_WITH_CORRECTIONS:
        stub["corrections"] = sql_serializer_for(CORRECTIONS.serializer_class).rows(corrections[:MAX_STUB_CORRECTIONS])
    if kind == ResourceKind.CLAIMS and change.cause == RemovalCause.RETRACTED:
        retractions = corrections.filter(kind=CorrectionKind.RETRACTION)
        stub["reason"] = retractions.values_list("reason", flat=True).first()
        retracted_at = Claim.objects.values_list("retracted_at", flat=True).filter(pk=pk).first()
        stub["retracted_at"] = _format_or_none(retracted_at)
        raise Gone(stub, "This claim was retracted.", type_uri=RETRACTED_TYPE)
    detail = CAUSE_DETAILS[RemovalCause(change.cause)]
    if reasons := _rejection_reasons([change]):
        stub["rejection_reason"] = reasons[pk]
        detail = REJECTION_DETAILS.get(RejectionReason(reasons[pk]), detail) if reasons[pk] else detail
    if kind == ResourceKind.VERIFICATIONS and change.cause == RemovalCause.SUPERSEDED:
        newer = Verification.objects.released().filter(claim__verifications=pk).values_list("pk", flat=True).first()
        stub["superseded_by"] = {"id": newer, "url": permalink(kind, newer)} if newer else None
    raise Gone(stub, detail)


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


def _rejection_reasons(changes: list[Change]) -> dict[int, str]:
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


def _rows_by_id(rows: QuerySet[Any], read: ReadRows, ids: list[int]) -> dict[int, JSONRow]:
    """Returns those of the rows that have these ids, as the list shows them."""
    if not ids:
        return {}
    return {pk: row for _, pk, row in read(order_by_keyset(rows.filter(pk__in=ids), ("id", "id")))}


def _merge_targets(merged: list[Change]) -> dict[int, int]:
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


def _build_tombstone(
    change: Change, merge_targets: dict[int, int], rejection_reasons: dict[int, str]
) -> dict[str, object]:
    tombstone: dict[str, object] = {
        "id": change.object_id,
        "url": permalink(change.kind, change.object_id),
        "cause": change.cause or NO_LONGER_MATCHES,
        "at": _format_or_none(change.gone_at or change.changed_at),
    }
    if target := merge_targets.get(change.object_id):
        tombstone["merged_into"] = {"id": target, "url": permalink(change.kind, target)}
    if change.object_id in rejection_reasons:
        tombstone["rejection_reason"] = rejection_reasons[change.object_id]
    return tombstone


def _clamp_to_last_change(since: dt.datetime) -> dt.datetime:
    """Returns a moment in the past unchanged; for one in the future (the client's clock may be fast), just after the
    last change."""
    if since <= timezone.now():
        return since
    last = Change.objects.aggregate(last=Max("changed_at"))["last"]
    return min(since, last + STAMP_RESOLUTION) if last else dt.datetime.min.replace(tzinfo=dt.UTC)


def _next_updated_since(start: dt.datetime, page: list[Change], *, has_more: bool) -> dt.datetime:
    """Returns the moment to ask from next time: just after the last change, unless there are more of that moment."""
    last = page[-1].changed_at if page else None
    if last is None:
        return start
    return last if has_more else last + STAMP_RESOLUTION


def _format_or_none(moment: dt.datetime | None) -> str | None:
    return format_timestamp(moment) if moment else None
