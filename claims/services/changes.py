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

from claims.models import Change, Kind, Touched
from claims.services.entries import enter, insert
from claims.services.reach import OF_CLAIMS, TO_CLAIMS, WAYS, Way, released

EVERYTHING = "everything"  # a note that says: enter what readers see, whatever was noted
AT_ONCE = 5000  # notes taken in one transaction: on SQLite editors wait for its end
NOTED, TAKEN, REACHED = range(3)  # the steps of a note
# Kinds of which a thing is shown, counted and linked only where it is public itself.
PUBLIC_ALONE = {Kind.QUOTES, Kind.CLAIMS, Kind.SPEAKERS, Kind.SOURCES, Kind.TOPICS}
LOCK = 7_265_001  # of PostgreSQL's advisory locks, the one that this holds
INSTANT = dt.timedelta(microseconds=1)


def after_commit() -> None:
    """Enter what this transaction touched as soon as it is committed. A failure is logged; the next one makes up."""
    if not any(waiting is catch_up for _, waiting, *_ in connection.run_on_commit):
        transaction.on_commit(catch_up, robust=True)


def catch_up() -> None:
    """Enter all that was committed and not entered yet, and what an embargo held back until now."""
    while _is_behind():
        with transaction.atomic():
            _enter()


def reconcile(*, mend: bool = True) -> dict[str, int]:
    """Compare all that readers see with what is entered, and mend it; returns how many rows of each kind are wrong.

    After a load without the triggers. What changed without becoming public or ceasing to be is not found.
    """
    catch_up()
    with transaction.atomic():
        stamp = _stamp()
        wrong = {kind: enter(kind, None, stamp=stamp) for kind in Kind.values}
        transaction.set_rollback(not mend)
    return wrong


def _is_behind() -> bool:
    due = Change.objects.filter(due_at__lte=timezone.now())
    return Touched.objects.exists() or due.exists()


def _stamp() -> dt.datetime:
    """The moment of this entry: later than every other, and by the clock where that has not been set back.

    From here on others wait until this transaction ends.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Change.objects.aggregate(last=Max("changed_at"))["last"]
    now = timezone.now()
    return max(now, last + INSTANT) if last else now


def _enter() -> None:
    stamp = _stamp()
    notes = Touched.objects.filter(pk__in=Touched.objects.order_by("pk").values("pk")[:AT_ONCE])
    notes.update(step=TAKEN)
    for kind in Kind.values:
        due = Change.objects.filter(kind=kind, due_at__lte=timezone.now())
        if due.exists():
            _note(due.values("object_id"), kind=kind, step=TAKEN)
    for ways, step in [(TO_CLAIMS, TAKEN), (OF_CLAIMS, REACHED), (WAYS, REACHED)]:
        if ways is WAYS:
            _forget_what_nobody_saw()
        there = set(Touched.objects.filter(step=TAKEN).values_list("kind", "wide").distinct())
        for way in ways:
            if (way.start, True) in there or (not way.wide and (way.start, False) in there):
                _note(way.ids(_taken(way)), kind=way.end, step=step)
    kinds = set(Touched.objects.filter(step__gt=NOTED).values_list("kind", flat=True).distinct())
    for kind in Kind.values:
        if EVERYTHING in kinds:
            enter(kind, None, stamp=stamp, earlier=True)
        if kind in kinds:
            affected = Touched.objects.filter(step__gt=NOTED, kind=kind)
            enter(kind, affected.values("object_id"), stamp=stamp)
    Touched.objects.filter(step__gt=NOTED).delete()


def _taken(way: Way) -> QuerySet[Touched]:
    notes = Touched.objects.filter(step=TAKEN, kind=way.start)
    return (notes.filter(wide=True) if way.wide else notes).values("object_id")  # type: ignore[return-value]  # ids


def _note(ids: QuerySet[Any], *, kind: str, step: int) -> None:
    select = "SELECT DISTINCT %s, pk, TRUE, '', %s FROM ids WHERE pk IS NOT NULL"
    insert(Touched, 'kind, object_id, wide, "by", step', ids, select, [kind, step])


def _forget_what_nobody_saw() -> None:
    """Of what readers neither saw nor see, nothing shows in another: not even that it was touched."""
    taken = Touched.objects.filter(step=TAKEN)
    for kind in set(taken.values_list("kind", flat=True).distinct()) & PUBLIC_ALONE:
        notes = taken.filter(kind=kind)
        notes.exclude(object_id__in=_seen(kind, notes.values("object_id"))).update(step=REACHED)
    for kind in set(taken.exclude(by="").values_list("by", flat=True).distinct()):
        notes = taken.filter(by=kind)
        notes.exclude(by_id__in=_seen(kind, notes.values("by_id"))).delete()


def _seen(kind: str, ids: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the ids that readers see now, or saw when it was last entered."""
    now = released(kind).filter(pk__in=ids).order_by().values("pk")
    before = Change.objects.live().filter(kind=kind, object_id__in=ids).order_by().values("object_id")
    return now.union(before)
