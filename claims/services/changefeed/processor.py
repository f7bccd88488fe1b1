"""What changed for readers, entered after the fact and in the order in which it was committed.

The database's triggers note what a transaction touched (`Touched`); this takes the notes of committed transactions,
works out which public things show it (`services.reach`), and enters them (`Change`) with one stamp. Two that do so wait
for each other, so a stamp is never lower than one that a reader has seen; who writes waits for nobody. It happens after
each commit (`services.record`, and every request that is no question), and before anybody is told what changed: what
another program wrote, and embargoes that ended by the clock, are found then.
"""

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from claims.models import Change, ResourceKind, Touched
from claims.services.changefeed.change_dependencies import (
    CLAIM_DEPENDENTS,
    CLAIM_SOURCES,
    DEPENDENCIES,
    ChangeDependency,
    released_rows,
)
from claims.services.changefeed.writer import insert_from_select, write_changes

TOUCH_EVERYTHING = "everything"  # a note that says: enter what readers see, whatever was noted
MAX_NOTES_PER_BATCH = 5000  # notes taken in one transaction: on SQLite editors wait for its end
NOTED, TAKEN, REACHED = range(3)  # the steps of a note
# Kinds of which a thing is shown, counted and linked only where it is public itself.
INDEPENDENTLY_PUBLIC_KINDS = {
    ResourceKind.QUOTES,
    ResourceKind.CLAIMS,
    ResourceKind.SPEAKERS,
    ResourceKind.SOURCES,
    ResourceKind.TOPICS,
}
CHANGEFEED_LOCK_ID = 7_265_001  # of PostgreSQL's advisory locks, the one that this holds
STAMP_RESOLUTION = dt.timedelta(microseconds=1)


def process_after_commit() -> None:
    """Enter what this transaction touched as soon as it is committed. A failure is logged; the next one makes up."""
    if not any(waiting is process_pending for _, waiting, *_ in connection.run_on_commit):
        transaction.on_commit(process_pending, robust=True)


def process_pending() -> None:
    """Enter all that was committed and not entered yet, and what an embargo held back until now."""
    while _has_pending():
        with transaction.atomic():
            _process_batch()


def reconcile(*, mend: bool = True) -> dict[str, int]:
    """Compare all that readers see with what is entered, and mend it; returns how many rows of each kind are wrong.

    After a load without the triggers. What changed without becoming public or ceasing to be is not found.
    """
    process_pending()
    with transaction.atomic():
        stamp = _next_stamp()
        wrong = {kind: write_changes(kind, None, stamp=stamp) for kind in ResourceKind.values}
        transaction.set_rollback(not mend)
    return wrong


def _has_pending() -> bool:
    due = Change.objects.filter(due_at__lte=timezone.now())
    return Touched.objects.exists() or due.exists()


def _next_stamp() -> dt.datetime:
    """The moment of this entry: later than every other, and by the clock where that has not been set back.

    From here on others wait until this transaction ends.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGEFEED_LOCK_ID])
    last = Change.objects.aggregate(last=Max("changed_at"))["last"]
    now = timezone.now()
    return max(now, last + STAMP_RESOLUTION) if last else now


def _process_batch() -> None:
    stamp = _next_stamp()
    notes = Touched.objects.filter(pk__in=Touched.objects.order_by("pk").values("pk")[:MAX_NOTES_PER_BATCH])
    notes.update(step=TAKEN)
    for kind in ResourceKind.values:
        due = Change.objects.filter(kind=kind, due_at__lte=timezone.now())
        if due.exists():
            _add_notes(due.values("object_id"), kind=kind, step=TAKEN)
    for ways, step in [(CLAIM_SOURCES, TAKEN), (CLAIM_DEPENDENTS, REACHED), (DEPENDENCIES, REACHED)]:
        if ways is DEPENDENCIES:
            _discard_never_public()
        there = set(Touched.objects.filter(step=TAKEN).values_list("kind", "wide").distinct())
        for way in ways:
            if (way.start, True) in there or (not way.wide and (way.start, False) in there):
                _add_notes(way.ids(_taken_ids(way)), kind=way.end, step=step)
    kinds = set(Touched.objects.filter(step__gt=NOTED).values_list("kind", flat=True).distinct())
    for kind in ResourceKind.values:
        if TOUCH_EVERYTHING in kinds:
            write_changes(kind, None, stamp=stamp, earlier=True)
        if kind in kinds:
            affected = Touched.objects.filter(step__gt=NOTED, kind=kind)
            write_changes(kind, affected.values("object_id"), stamp=stamp)
    Touched.objects.filter(step__gt=NOTED).delete()


def _taken_ids(way: ChangeDependency) -> QuerySet[Touched]:
    notes = Touched.objects.filter(step=TAKEN, kind=way.start)
    return (notes.filter(wide=True) if way.wide else notes).values("object_id")  # type: ignore[return-value]  # ids


def _add_notes(ids: QuerySet[Any], *, kind: str, step: int) -> None:
    select = "SELECT DISTINCT %s, pk, TRUE, '', %s FROM ids WHERE pk IS NOT NULL"
    insert_from_select(Touched, 'kind, object_id, wide, "by", step', ids, select, [kind, step])


def _discard_never_public() -> None:
    """Of what readers neither saw nor see, nothing shows in another: not even that it was touched."""
    taken = Touched.objects.filter(step=TAKEN)
    for kind in set(taken.values_list("kind", flat=True).distinct()) & INDEPENDENTLY_PUBLIC_KINDS:
        notes = taken.filter(kind=kind)
        notes.exclude(object_id__in=_public_ids(kind, notes.values("object_id"))).update(step=REACHED)
    for kind in set(taken.exclude(by="").values_list("by", flat=True).distinct()):
        notes = taken.filter(by=kind)
        notes.exclude(by_id__in=_public_ids(kind, notes.values("by_id"))).delete()


def _public_ids(kind: str, ids: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the ids that readers see now, or saw when it was last entered."""
    now = released_rows(kind).filter(pk__in=ids).order_by().values("pk")
    before = Change.objects.live().filter(kind=kind, object_id__in=ids).order_by().values("object_id")
    return now.union(before)
