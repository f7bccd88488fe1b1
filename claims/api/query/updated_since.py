"""Change tracking for readers: the changes of a list since a moment, and what became of a row that is gone."""

import datetime as dt
from typing import Any

from django.core.signing import Signer
from django.db.models import Max, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import RETRACTED_TYPE, Gone, ParameterProblem, Redirect
from claims.api.query.openapi_parameters import NO_LONGER_MATCHES, UPDATED_SINCE
from claims.export.timestamps import format_timestamp
from claims.http.cursors import CursorCodec
from claims.http.list_pages import ReadRows, parse_page_size
from claims.models import (
    Change,
    RemovalCause,
    ResourceKind,
)
from claims.resources.permalinks import permalink
from claims.resources.sql.sql_serializer import JSONRow
from claims.search.keyset import after_position, order_by_keyset
from claims.search.parameter_values import DateTimeValue
from claims.services.changefeed.processor import STAMP_RESOLUTION
from claims.services.changefeed.removals import KINDS_WITH_CORRECTIONS, find_removal, merge_targets, rejection_reasons

UNSUPPORTED_PARAMETERS = ("ordering", "count")  # changes have an order of their own, and no end
CHANGE_ORDERING = ("changed_at", "id")
CHANGE_CURSORS = CursorCodec(Signer(salt="claims.api.changes"), "must come from a `next` link of this list of changes")


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
    page_size = parse_page_size(request.query_params)
    since = DateTimeValue().to_python(request.query_params[UPDATED_SINCE])
    start = _clamp_to_last_change(since)
    queryset = order_by_keyset(Change.objects.seen().filter(kind=kind, changed_at__gte=since), CHANGE_ORDERING)
    if cursor := CHANGE_CURSORS.read(request.query_params, kind, 2):
        changed_at, pk = cursor
        queryset = queryset.filter(after_position(CHANGE_ORDERING, (dt.datetime.fromisoformat(changed_at), pk)))
    changes = list(queryset[: page_size + 1])
    page, has_more = changes[:page_size], len(changes) > page_size
    rows_by_id = _rows_by_id(rows, read, [change.object_id for change in page if change.gone_at is None])
    targets = merge_targets([change for change in page if change.merged_into])
    reasons = rejection_reasons(page)
    next_cursor = [kind, _format_or_none(page[-1].changed_at), page[-1].pk] if has_more else None
    list_url = request.build_absolute_uri(request.path)
    (next_url,) = CHANGE_CURSORS.urls(list_url, request.query_params, next_cursor)
    return Response(
        {
            "next": next_url,
            "previous": None,
            "results": [rows_by_id[change.object_id] for change in page if change.object_id in rows_by_id],
            "tombstones": [
                _build_tombstone(change, targets, reasons) for change in page if change.object_id not in rows_by_id
            ],
            UPDATED_SINCE: format_timestamp(_next_updated_since(start, page, has_more=has_more)),
        },
        headers={"Link": f'<{next_url}>; rel="next"'} if next_url else {},
    )


def raise_if_gone(kind: ResourceKind, pk: int) -> None:
    """Raises Redirect or Gone if the row was public once: where it is now, or why it is gone."""
    removal = find_removal(kind, pk)
    if removal is None:
        return
    if removal.merged_into:
        raise Redirect(permalink(kind, removal.merged_into), permanent=True)
    stub: dict[str, object] = {
        "id": pk,
        "url": permalink(kind, pk),
        "cause": removal.cause,
        "at": _format_or_none(removal.gone_at),
    }
    if kind in KINDS_WITH_CORRECTIONS:
        stub["corrections"] = list(removal.corrections)
    if removal.is_retracted_claim:
        stub["reason"] = removal.retraction_reason
        stub["retracted_at"] = _format_or_none(removal.retracted_at)
        raise Gone(stub, removal.detail, type_uri=RETRACTED_TYPE)
    if removal.rejection_reason is not None:
        stub["rejection_reason"] = removal.rejection_reason
    if kind == ResourceKind.VERIFICATIONS and removal.cause == RemovalCause.SUPERSEDED:
        newer = removal.superseded_by
        stub["superseded_by"] = {"id": newer, "url": permalink(kind, newer)} if newer else None
    raise Gone(stub, removal.detail)


def _rows_by_id(rows: QuerySet[Any], read: ReadRows, ids: list[int]) -> dict[int, JSONRow]:
    """Returns those of the rows that have these ids, as the list shows them."""
    if not ids:
        return {}
    return {pk: row for _, pk, row in read(order_by_keyset(rows.filter(pk__in=ids), ("id", "id")))}


def _build_tombstone(change: Change, targets: dict[int, int], reasons: dict[int, str]) -> dict[str, object]:
    tombstone: dict[str, object] = {
        "id": change.object_id,
        "url": permalink(change.kind, change.object_id),
        "cause": change.cause or NO_LONGER_MATCHES,
        "at": _format_or_none(change.gone_at or change.changed_at),
    }
    if target := targets.get(change.object_id):
        tombstone["merged_into"] = {"id": target, "url": permalink(change.kind, target)}
    if change.object_id in reasons:
        tombstone["rejection_reason"] = reasons[change.object_id]
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
