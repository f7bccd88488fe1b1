"""What changed since a moment, so that a copy elsewhere can follow; and what became of an id that is gone."""

import datetime as dt
from typing import Any

from django.core.signing import Signer
from django.db.models import Max, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.pagination import Cursors, size_of
from claims.api.problems import RETRACTED, Elsewhere, Gone, ParameterProblem
from claims.api.tombstones import OTHER, SINCE
from claims.export.addresses import address
from claims.export.moments import moment_text
from claims.models import Cause, Change, Claim, Correction, CorrectionKind, Kind
from claims.search.keyset import beyond, in_order
from claims.search.values import Moment
from claims.services.changes import INSTANT, catch_up

NOT_HERE = ("ordering", "count")  # a stream of changes has an order of its own, and no end
ORDERING = ("changed_at", "id")
CURSORS = Cursors(Signer(salt="claims.api.changes"), "must be one that this list of changes gave out: follow `next`")
BECAUSE = {
    Cause.RETRACTED: "It was retracted.",
    Cause.REJECTED: "An editor found that it is not so in its source.",
    Cause.MERGED: "It was made one with another, which readers do not see now.",
    Cause.SUPERSEDED: "A newer verdict took its place.",
    Cause.WITHDRAWN: "It was withdrawn.",
    Cause.UNUSED: "Nothing that is public refers to it any more.",
    Cause.DELETED: "It was deleted.",
}


def kind_of(view: Any) -> Kind:
    """What the view has a list of."""
    return Kind(view.basename.removeprefix("api-"))


def since(view: Any, request: Request) -> Response:
    """A page of what changed, the first change first: rows as the list shows them, and tombstones.

    Rows are read after their changes: one that changes in between comes as it is by then, and once more later, as its
    new change is entered behind all that this page has. So nothing is lost, whatever is written meanwhile.
    """
    misplaced = [name for name in NOT_HERE if name in request.query_params]
    if misplaced:
        raise ParameterProblem(dict.fromkeys(misplaced, f"has no place beside {SINCE}, which has an order of its own"))
    rows = view.filter_queryset(view.get_queryset())  # which refuses what cannot be asked
    kind, size, asked = kind_of(view), size_of(request), Moment().to_python(request.query_params[SINCE])
    known = _known(asked)
    entries = in_order(Change.objects.seen().filter(kind=kind, changed_at__gte=asked), ORDERING)
    if place := CURSORS.place(request, kind, 2):
        moment, pk = place
        entries = entries.filter(beyond(ORDERING, (dt.datetime.fromisoformat(moment), pk)))
    found = list(entries[: size + 1])
    page = found[:size]
    shown = _shown(view, rows, [entry.object_id for entry in page if entry.gone_at is None])
    kept = _kept([entry for entry in page if entry.merged_into])
    last = [kind, _written(page[-1].changed_at), page[-1].pk] if len(found) > size else None
    (following,) = CURSORS.addresses(request, last)
    return Response(
        {
            "next": following,
            "previous": None,
            "results": [shown[entry.object_id] for entry in page if entry.object_id in shown],
            "tombstones": [_tombstone(entry, kept) for entry in page if entry.object_id not in shown],
            SINCE: _written(_from_now_on(known, page, more=bool(following))),
        },
        headers={"Link": f'<{following}>; rel="next"'} if following else {},
    )


def explain_absence(kind: Kind, pk: int) -> None:
    """Raise what became of it, if readers saw it once: where it is now, or why it is gone."""
    catch_up()
    entry = Change.objects.gone().filter(kind=kind, object_id=pk).first()
    if entry is None:
        return
    if entry.cause == Cause.MERGED and (kept := _kept([entry]).get(pk)):
        raise Elsewhere(address(kind, kept), for_good=True)
    stub: dict[str, Any] = {"id": pk, "url": address(kind, pk), "cause": entry.cause, "at": _written(entry.gone_at)}
    if kind == Kind.CLAIMS and entry.cause == Cause.RETRACTED:
        why = Correction.objects.filter(claim=pk, kind=CorrectionKind.RETRACTION).order_by("-made_at", "-id")
        stub["reason"] = why.values_list("reason", flat=True).first()
        retracted_at = Claim.objects.values_list("retracted_at", flat=True).filter(pk=pk).first()
        stub["retracted_at"] = _written(retracted_at)
        raise Gone(stub, "This claim was retracted.", kind=RETRACTED)
    raise Gone(stub, BECAUSE[Cause(entry.cause)])


def _shown(view: Any, rows: QuerySet[Any], ids: list[int]) -> dict[int, Any]:
    """Those of the rows that have these ids, as the list shows them, by their id."""
    found = view.plan().placed(in_order(rows.filter(pk__in=ids), ("id", "id"))) if ids else []
    return {pk: row for (_, pk), row in found}


def _kept(merged: list[Change]) -> dict[int, int]:
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


def _tombstone(entry: Change, kept: dict[int, int]) -> dict[str, Any]:
    stone: dict[str, Any] = {
        "id": entry.object_id,
        "url": address(entry.kind, entry.object_id),
        "cause": entry.cause or OTHER,
        "at": _written(entry.gone_at or entry.changed_at),
    }
    if into := kept.get(entry.object_id):
        stone["merged_into"] = {"id": into, "url": address(entry.kind, into)}
    return stone


def _known(asked: dt.datetime) -> dt.datetime:
    """The moment asked from; if that has not come yet, the one just after all that was entered until now."""
    if asked <= timezone.now():
        return asked
    last = Change.objects.aggregate(last=Max("changed_at"))["last"]
    return min(asked, last + INSTANT) if last else dt.datetime.min.replace(tzinfo=dt.UTC)


def _from_now_on(known: dt.datetime, page: list[Change], *, more: bool) -> dt.datetime:
    """From when to ask next time: just after the last change, once all of that moment have come."""
    last = page[-1].changed_at if page else None
    if last is None:
        return known
    return last if more else last + INSTANT


def _written(moment: dt.datetime | None) -> str | None:
    """As the lists write moments."""
    return moment_text(moment) if moment else None
