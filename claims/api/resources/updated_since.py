"""What changed since a moment, so that a copy elsewhere can follow; and what became of an id that is gone."""

import datetime as dt
from typing import Any

from django.core.signing import Signer
from django.db.models import Max, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import RETRACTED_TYPE, Gone, ParameterProblem, Redirect
from claims.api.query.pagination import CursorCodec, parse_page_size
from claims.api.query.tombstones import NO_LONGER_MATCHES, UPDATED_SINCE
from claims.export.permalinks import permalink
from claims.export.timestamps import format_timestamp
from claims.models import Change, Claim, Correction, CorrectionKind, RemovalCause, ResourceKind
from claims.search.keyset import after_position, order_by_keyset
from claims.search.parameter_values import DateTimeValue
from claims.services.changefeed.processor import STAMP_RESOLUTION, process_pending

UNSUPPORTED_PARAMETERS = ("ordering", "count")  # a stream of changes has an order of its own, and no end
CHANGE_ORDERING = ("changed_at", "id")
CHANGE_CURSORS = CursorCodec(
    Signer(salt="claims.api.resources.updated_since"), "must be one that this list of changes gave out: follow `next`"
)
CAUSE_DETAILS = {
    RemovalCause.RETRACTED: "It was retracted.",
    RemovalCause.REJECTED: "An editor found that it is not so in its source.",
    RemovalCause.MERGED: "It was made one with another, which readers do not see now.",
    RemovalCause.SUPERSEDED: "A newer verdict took its place.",
    RemovalCause.WITHDRAWN: "It was withdrawn.",
    RemovalCause.UNUSED: "Nothing that is public refers to it any more.",
    RemovalCause.DELETED: "It was deleted.",
}


def resource_kind(view: Any) -> ResourceKind:
    """What the view has a list of."""
    return ResourceKind(view.basename.removeprefix("api-"))


def changes_response(view: Any, request: Request) -> Response:
    """A page of what changed, the first change first: rows as the list shows them, and tombstones.

    Rows are read after their changes: one that changes in between comes as it is by then, and once more later, as its
    new change is entered behind all that this page has. So nothing is lost, whatever is written meanwhile.
    """
    misplaced = [name for name in UNSUPPORTED_PARAMETERS if name in request.query_params]
    if misplaced:
        raise ParameterProblem(
            dict.fromkeys(misplaced, f"has no place beside {UPDATED_SINCE}, which has an order of its own")
        )
    rows = view.filter_queryset(view.get_queryset())  # which refuses what cannot be asked
    kind, size, asked = (
        resource_kind(view),
        parse_page_size(request),
        DateTimeValue().to_python(request.query_params[UPDATED_SINCE]),
    )
    known = _start_of_window(asked)
    entries = order_by_keyset(Change.objects.seen().filter(kind=kind, changed_at__gte=asked), CHANGE_ORDERING)
    if place := CHANGE_CURSORS.place(request, kind, 2):
        moment, pk = place
        entries = entries.filter(after_position(CHANGE_ORDERING, (dt.datetime.fromisoformat(moment), pk)))
    found = list(entries[: size + 1])
    page = found[:size]
    shown = _rows_by_id(view, rows, [entry.object_id for entry in page if entry.gone_at is None])
    kept = _merge_targets([entry for entry in page if entry.merged_into])
    last = [kind, _format_or_none(page[-1].changed_at), page[-1].pk] if len(found) > size else None
    (following,) = CHANGE_CURSORS.addresses(request, last)
    return Response(
        {
            "next": following,
            "previous": None,
            "results": [shown[entry.object_id] for entry in page if entry.object_id in shown],
            "tombstones": [_build_tombstone(entry, kept) for entry in page if entry.object_id not in shown],
            UPDATED_SINCE: _format_or_none(_next_updated_since(known, page, more=bool(following))),
        },
        headers={"Link": f'<{following}>; rel="next"'} if following else {},
    )


def raise_if_gone(kind: ResourceKind, pk: int) -> None:
    """Raise what became of it, if readers saw it once: where it is now, or why it is gone."""
    process_pending()
    entry = Change.objects.gone().filter(kind=kind, object_id=pk).first()
    if entry is None:
        return
    if entry.cause == RemovalCause.MERGED and (kept := _merge_targets([entry]).get(pk)):
        raise Redirect(permalink(kind, kept), for_good=True)
    stub: dict[str, Any] = {
        "id": pk,
        "url": permalink(kind, pk),
        "cause": entry.cause,
        "at": _format_or_none(entry.gone_at),
    }
    if kind == ResourceKind.CLAIMS and entry.cause == RemovalCause.RETRACTED:
        why = Correction.objects.filter(claim=pk, kind=CorrectionKind.RETRACTION).order_by("-made_at", "-id")
        stub["reason"] = why.values_list("reason", flat=True).first()
        retracted_at = Claim.objects.values_list("retracted_at", flat=True).filter(pk=pk).first()
        stub["retracted_at"] = _format_or_none(retracted_at)
        raise Gone(stub, "This claim was retracted.", kind=RETRACTED_TYPE)
    raise Gone(stub, CAUSE_DETAILS[RemovalCause(entry.cause)])


def _rows_by_id(view: Any, rows: QuerySet[Any], ids: list[int]) -> dict[int, Any]:
    """Those of the rows that have these ids, as the list shows them, by their id."""
    found = view.plan().placed(order_by_keyset(rows.filter(pk__in=ids), ("id", "id"))) if ids else []
    return {pk: row for (_, pk), row in found}


def _merge_targets(merged: list[Change]) -> dict[int, int]:
    """Where each of these leads, over all merges since: the ids of things that readers see, or saw."""
    met: dict[int, Change] = {}
    asked = {entry.merged_into for entry in merged if entry.merged_into}
    while asked:
        found = list(Change.objects.seen().filter(kind=merged[0].kind, object_id__in=asked))
        met |= {entry.object_id: entry for entry in found}
        asked = {entry.merged_into for entry in found if entry.merged_into} - met.keys()
    ends = {}
    for start in merged:
        entry, passed = met.get(start.merged_into or 0), {start.object_id}
        while entry and entry.merged_into and entry.object_id not in passed:
            passed.add(entry.object_id)
            entry = met.get(entry.merged_into)
        if entry and not entry.merged_into:
            ends[start.object_id] = entry.object_id
    return ends


def _build_tombstone(entry: Change, kept: dict[int, int]) -> dict[str, Any]:
    stone: dict[str, Any] = {
        "id": entry.object_id,
        "url": permalink(entry.kind, entry.object_id),
        "cause": entry.cause or NO_LONGER_MATCHES,
        "at": _format_or_none(entry.gone_at or entry.changed_at),
    }
    if into := kept.get(entry.object_id):
        stone["merged_into"] = {"id": into, "url": permalink(entry.kind, into)}
    return stone


def _start_of_window(asked: dt.datetime) -> dt.datetime:
    """The moment asked from; if that has not come yet, the one just after all that was entered until now."""
    if asked <= timezone.now():
        return asked
    last = Change.objects.aggregate(last=Max("changed_at"))["last"]
    return min(asked, last + STAMP_RESOLUTION) if last else dt.datetime.min.replace(tzinfo=dt.UTC)


def _next_updated_since(known: dt.datetime, page: list[Change], *, more: bool) -> dt.datetime:
    """From when to ask next time: just after the last change, once all of that moment have come."""
    last = page[-1].changed_at if page else None
    if last is None:
        return known
    return last if more else last + STAMP_RESOLUTION


def _format_or_none(moment: dt.datetime | None) -> str | None:
    """As the lists write moments."""
    return format_timestamp(moment) if moment else None
