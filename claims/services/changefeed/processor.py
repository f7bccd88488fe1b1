"""Processes the change feed: turns touched rows into changes that readers see, in commit order.

Database triggers record what a transaction touched (`Touched`). The processor takes the records of committed
transactions, finds the public objects that show them (`change_dependencies`) and writes these as changed (`Change`),
all with one timestamp. Processors wait for each other, so a timestamp is never lower than one that a reader has seen;
writers wait for nobody. It runs after each commit (`history.audit`, and every request that may write) and before the
feed is read: that catches what other programs wrote, and embargoes that have ended.
"""

import datetime as dt

import psycopg
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from claims.database.connections.outages import outage_logged
from claims.database.migrate_signals import TOUCH_EVERYTHING
from claims.models import Change, Quote, ResourceKind, Touched
from claims.reading import read_from_writer
from claims.services.changefeed.change_dependencies import (
    CLAIM_DEPENDENTS,
    CLAIM_SOURCES,
    DEPENDENCIES,
    ChangeDependency,
    IdQuerySet,
)
from claims.services.changefeed.repeats import update_repeats
from claims.services.changefeed.writer import insert_from_select, released_rows, write_changes
from claims.services.locks import change_feed_transaction

MAX_RECORDS_PER_BATCH = 5000  # processed in one transaction: on SQLite, editors wait for its end
RECORDED, TAKEN, REACHED = range(3)  # `Touched.step`: by a trigger, in this batch, derived from another object
# Objects of these kinds are shown, counted and linked only if they are public themselves.
INDEPENDENTLY_PUBLIC_KINDS = {
    ResourceKind.QUOTES,
    ResourceKind.CLAIMS,
    ResourceKind.SPEAKERS,
    ResourceKind.SOURCES,
    ResourceKind.VERIFICATIONS,
    ResourceKind.TOPICS,
}
# What is public of other objects depends on these.
DECISIVE_KINDS = {ResourceKind.QUOTES, ResourceKind.CLAIMS, ResourceKind.VERIFICATIONS}
STAMP_RESOLUTION = dt.timedelta(microseconds=1)


def process_after_commit() -> None:
    """Call `process_pending` when this transaction commits. A failure is logged; the next call makes up for it."""
    if not any(callback is _process_or_log for _, callback, *_ in connection.run_on_commit):
        transaction.on_commit(_process_or_log, robust=True)


@outage_logged(consequence="the change feed is processed later")
def _process_or_log() -> None:
    process_pending()


def process_pending() -> None:
    """Write the changes of all committed transactions, and of embargoes that have ended.

    A request for which something was written reads from the writer from then on: a replica has it a little later.
    """
    if not _has_pending():
        return
    read_from_writer()
    while _has_pending():
        try:
            with change_feed_transaction():
                _process_batch()
        except OperationalError as error:  # somebody deleted a row that the batch changes: the next one sees that
            if not isinstance(error.__cause__, psycopg.errors.SerializationFailure):
                raise


def mark_everything_changed() -> None:
    """Count all public objects as changed, where nothing has recorded which of them readers see or find now."""
    Touched.objects.create(kind=TOUCH_EVERYTHING, object_id=0, wide=True, step=RECORDED)
    process_pending()


def reconcile(*, repair: bool = True) -> dict[str, int]:
    """Compare the feed with what is public, and repair it; returns the number of wrong rows of each kind.

    For use after rows were loaded without the triggers. Does not find changes of objects that were and stay public.
    """
    process_pending()
    with change_feed_transaction():
        stamp = _next_stamp()
        wrong = {kind: write_changes(kind, None, stamp=stamp) for kind in ResourceKind.values}
        for kind, count in _record_repeats(None, step=RECORDED).items():
            wrong[kind] += count
        transaction.set_rollback(not repair)
    return wrong


def _has_pending() -> bool:
    due = Change.objects.filter(due_at__lte=timezone.now())
    return Touched.objects.exists() or due.exists()


def _next_stamp() -> dt.datetime:
    """A timestamp later than all others: the current time, unless the clock was set back."""
    last = Change.objects.aggregate(last=Max("changed_at"))["last"]
    now = timezone.now()
    return max(now, last + STAMP_RESOLUTION) if last else now


def _process_batch() -> None:
    stamp = _next_stamp()
    records = Touched.objects.filter(pk__in=Touched.objects.order_by("pk").values("pk")[:MAX_RECORDS_PER_BATCH])
    records.update(step=TAKEN)
    for kind in ResourceKind.values:
        due = Change.objects.filter(kind=kind, due_at__lte=timezone.now())
        if due.exists():
            _add_records(due.values("object_id"), kind=kind, step=TAKEN)
    _widen_changes_of_visibility()
    for dependencies, step in [(CLAIM_SOURCES, TAKEN), (CLAIM_DEPENDENTS, REACHED), (DEPENDENCIES, REACHED)]:
        if dependencies is DEPENDENCIES:
            _settle_quotes_of_claims()
            _discard_never_public()
        taken = set(Touched.objects.filter(step=TAKEN).values_list("kind", "wide").distinct())
        for dependency in dependencies:
            kind = dependency.kind
            if (kind, True) in taken or (not dependency.wide and (kind, False) in taken):
                dependent_ids = dependency.find_dependents(_taken_ids(dependency))
                _add_records(dependent_ids, kind=dependency.dependent_kind, step=step)
    _write_touched(stamp)
    Touched.objects.filter(step__gt=RECORDED).delete()


def _write_touched(stamp: dt.datetime) -> None:
    """Write the changes of all objects in the batch."""
    kinds = set(Touched.objects.filter(step__gt=RECORDED).values_list("kind", flat=True).distinct())
    if {ResourceKind.CLAIMS, TOUCH_EVERYTHING} & kinds:
        claims = Touched.objects.filter(step__gt=RECORDED, kind=ResourceKind.CLAIMS).order_by().values("object_id")
        kinds |= _record_repeats(None if TOUCH_EVERYTHING in kinds else claims, step=REACHED).keys()
    for kind in ResourceKind.values:
        if TOUCH_EVERYTHING in kinds:
            write_changes(kind, None, stamp=stamp, include_redirects=True)
            write_changes(kind, released_rows(kind).order_by().values("pk"), stamp=stamp)
        if kind in kinds:
            affected = Touched.objects.filter(step__gt=RECORDED, kind=kind)
            write_changes(kind, affected.values("object_id"), stamp=stamp)


def _taken_ids(dependency: ChangeDependency) -> IdQuerySet:
    records = Touched.objects.filter(step=TAKEN, kind=dependency.kind)
    return (records.filter(wide=True) if dependency.wide else records).values("object_id")


def _add_records(ids: IdQuerySet, *, kind: str, step: int) -> None:
    select = "SELECT DISTINCT %s, pk, TRUE, '', %s FROM ids WHERE pk IS NOT NULL"
    insert_from_select(Touched, 'kind, object_id, wide, "by", step', ids, select, [kind, step])


def _record_repeats(claims: IdQuerySet | None, *, step: int) -> dict[str, int]:
    """Update the repeats of these claims (with None, of all), and record what they change; returns how many by kind."""
    changed = {kind: ids for kind, ids in update_repeats(claims).items() if ids}
    for kind, ids in changed.items():
        records = (Touched(kind=kind, object_id=pk, wide=False, step=step) for pk in sorted(ids))
        Touched.objects.bulk_create(records, batch_size=1000)
    return {kind: len(ids) for kind, ids in changed.items()}


def _widen_changes_of_visibility() -> None:
    """Count objects that readers see now, or no longer, as changed for all that are public with them.

    What hid such an object may be recorded in a later batch, which finds it hidden in the feed already.
    """
    narrow = Touched.objects.filter(step=TAKEN, wide=False)
    for kind in set(narrow.values_list("kind", flat=True).distinct()) & DECISIVE_KINDS:
        narrow.filter(_has_changed_visibility(kind), kind=kind).update(wide=True)


def _has_changed_visibility(kind: str) -> Q:
    is_live = Exists(Change.objects.live().filter(kind=kind, object_id=OuterRef("object_id")))
    is_public = Exists(released_rows(kind).filter(pk=OuterRef("object_id")))
    return (is_live & ~is_public) | (is_public & ~is_live)


def _settle_quotes_of_claims() -> None:
    """Of the quotes of changed claims, keep those that show their claim, and those that it hides now, or no longer.

    The latter count as changed themselves, since what shows or counts them depends on no claim that was public.
    """
    quotes = Touched.objects.filter(step=REACHED, kind=ResourceKind.QUOTES)
    if quotes.exists():
        quotes.filter(_has_changed_visibility(ResourceKind.QUOTES)).update(step=TAKEN)
        claims = Touched.objects.filter(step=TAKEN, kind=ResourceKind.CLAIMS).values("object_id")
        shown = Quote.objects.filter(claim__in=_public_ids(ResourceKind.CLAIMS, claims))
        quotes.exclude(object_id__in=shown.values("pk")).delete()


def _discard_never_public() -> None:
    """Discard the records of objects that readers never saw: no public object shows them."""
    taken = Touched.objects.filter(step=TAKEN)
    for kind in set(taken.values_list("kind", flat=True).distinct()) & INDEPENDENTLY_PUBLIC_KINDS:
        records = taken.filter(kind=kind)
        records.exclude(object_id__in=_public_ids(kind, records.values("object_id"))).update(step=REACHED)
    for kind in set(taken.exclude(by="").values_list("by", flat=True).distinct()):
        records = taken.filter(by=kind)
        records.exclude(by_id__in=_public_ids(kind, records.values("by_id"))).delete()


def _public_ids(kind: str, ids: IdQuerySet) -> IdQuerySet:
    """Those of the ids that are public now, or are public according to the feed."""
    now = released_rows(kind).filter(pk__in=ids).order_by().values("pk")
    before = Change.objects.live().filter(kind=kind, object_id__in=ids).order_by().values("object_id")
    return now.union(before)
