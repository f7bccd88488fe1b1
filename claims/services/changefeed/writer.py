"""Writes the rows of the change feed: what changed, what is no longer public and why, and what will be public.

Each is one SQL statement for any number of rows.
"""

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.models import Change, Claim, Quote, QuoteDecision, Rating, RemovalCause, ResourceKind, Speaker
from claims.resources import RESOURCES
from claims.services.changefeed.change_dependencies import IdQuerySet
from claims.services.changefeed.public_counts import COUNTS_OF_KIND, recount

KINDS_WITH_MERGES = {ResourceKind.CLAIMS, ResourceKind.SPEAKERS, ResourceKind.SOURCES}
NO_ROW_ID = 0  # stands for NULL where two ids are compared
_SET_DUE_AT = "UPDATE SET due_at = excluded.due_at"


def write_changes(
    kind: str, affected: IdQuerySet | None, *, stamp: dt.datetime, include_redirects: bool = False
) -> int:
    """Write the changes of the `affected` ids of this kind at the time `stamp`; returns the number of changed rows.

    With None, write the changes of all objects for which the feed is wrong. `include_redirects` adds the claims and
    speakers that were merged before the feed existed.
    """
    for rows, time_column in _formerly_public_rows(kind, include_redirects=include_redirects):
        _write_due_at(kind, _restrict_to(rows, affected), time_column, "NOTHING")
    only_wrong = (
        "" if affected is not None else " WHERE claims_change.changed_at IS NULL OR claims_change.gone_at IS NOT NULL"
    )
    changed = insert_from_select(
        Change,
        "kind, object_id, changed_at, cause",
        _restrict_to(released_rows(kind), affected).values("pk"),
        "SELECT %s, pk, %s, '' FROM ids WHERE TRUE ORDER BY pk"
        " ON CONFLICT (kind, object_id) DO UPDATE SET changed_at = excluded.changed_at, gone_at = NULL, cause = '',"
        f" merged_into = NULL, due_at = NULL{only_wrong}",
        [kind, _database_time(stamp)],
    )
    changes = Change.objects.filter(kind=kind)
    if affected is None:
        changes = changes.exclude(gone_at__isnull=False, due_at=None)
    else:
        changes = changes.filter(object_id__in=affected)
    changed += _write_tombstones(kind, changes, stamp)
    if kind in COUNTS_OF_KIND:
        public = _restrict_to(released_rows(kind), affected)
        recounted = recount(kind, public, affected, moment=_database_time(timezone.now()))
        changed = max(changed, recounted)  # of the same objects, as a rule
    if embargo := RESOURCES[kind].embargo:
        changes.filter(changed_at=None).delete()
        changes.filter(due_at__isnull=False).update(due_at=None)
        upcoming = embargo.rows().filter(**{f"{embargo.ends_at}__gt": timezone.now()})
        _write_due_at(kind, _restrict_to(upcoming, affected), embargo.ends_at, _SET_DUE_AT)
    return changed


def released_rows(kind: str) -> QuerySet[Model]:
    """The objects of this kind that are public now."""
    model = RESOURCES[kind].model
    rows: QuerySet[Model] = model.objects.all() if model is Rating else model.objects.released()
    return rows


def insert_from_select(model: type[Model], columns: str, rows: IdQuerySet, select: str, values: list[Any]) -> int:
    """Run `INSERT … SELECT` into a model's table; returns the number of rows.

    `select` reads the values of `rows` from a common table expression `ids` with the column `pk` and, if the rows have
    a second value, `moment`. `values` are the parameters of `select`.
    """
    sql, params = rows.order_by().query.sql_with_params()
    names = "pk, moment" if len(rows.query.values_select) > 1 else "pk"
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) WITH ids ({names}) AS ({sql}) {select}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *values])
        return int(cursor.rowcount)


def _database_time(moment: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _restrict_to(rows: QuerySet[Model], affected: IdQuerySet | None) -> QuerySet[Model]:
    return rows if affected is None else rows.filter(pk__in=affected)


def _write_due_at(kind: str, rows: QuerySet[Model], time_column: str, on_conflict: str) -> None:
    insert_from_select(
        Change,
        "kind, object_id, cause, due_at",
        rows.values_list("pk", time_column),
        f"SELECT %s, pk, '', moment FROM ids WHERE TRUE ORDER BY pk ON CONFLICT (kind, object_id) DO {on_conflict}",
        [kind],
    )


def _write_tombstones(kind: str, changes: QuerySet[Change], stamp: dt.datetime) -> int:
    """Mark objects that were public, by the feed or because their embargo has ended, and are no longer.

    Later edits of such an object do not change its tombstone, unless it was merged or retracted since.
    """
    is_public = Exists(released_rows(kind).filter(pk=OuterRef("object_id")))
    was_public = Q(changed_at__isnull=False) | Q(due_at__lte=timezone.now())
    resource = RESOURCES[kind]
    row: QuerySet[Model] = resource.model._base_manager.filter(pk=OuterRef("object_id"))
    causes = [When(condition, then=Value(cause.value)) for condition, cause in resource.removal_causes]
    cause = Case(*causes, default=Value(resource.default_removal_cause.value), output_field=CharField())
    new_cause = Coalesce(Subquery(row.annotate(new_cause=cause).values("new_cause")), Value(RemovalCause.DELETED.value))
    merged_into: Subquery | Value = Value(None, output_field=BigIntegerField())
    if kind in KINDS_WITH_MERGES:
        merged_into = Subquery(row.values("merged_into"))
    gone = changes.filter(~is_public, was_public).annotate(
        new_cause=new_cause,
        new_target=Coalesce(merged_into, NO_ROW_ID),
        old_target=Coalesce("merged_into", NO_ROW_ID),
    )
    is_up_to_date = Q(gone_at__isnull=False) & (
        ~Q(new_cause__in=[RemovalCause.MERGED, RemovalCause.RETRACTED])
        | Q(cause=F("new_cause"), old_target=F("new_target"))
    )
    return gone.exclude(is_up_to_date).update(
        changed_at=stamp,
        gone_at=Coalesce("gone_at", Value(stamp)),
        cause=new_cause,
        merged_into=merged_into,
        due_at=None,
    )


def _formerly_public_rows(kind: str, *, include_redirects: bool) -> list[tuple[QuerySet[Model], str]]:
    """Objects whose own columns say that they were public once, and the column with the time since when."""
    rows: list[tuple[QuerySet[Model], str]] = []
    retracted_quotes = Quote.objects.accepted().filter(
        claim__released_at__lte=F("claim__retracted_at"),
        claim__retracted_at__lte=timezone.now(),
        decided_at__lte=F("claim__retracted_at"),
    )
    if kind == ResourceKind.QUOTES:
        rows.append((retracted_quotes, "claim__released_at"))
    if kind == ResourceKind.CLAIMS:
        rows.append((Claim.objects.filter(pk__in=retracted_quotes.values("claim_id")), "released_at"))
    if kind == ResourceKind.CLAIMS and include_redirects:
        rows.append((Claim.objects.redirects(), "released_at"))
    if kind == ResourceKind.SPEAKERS and include_redirects:
        accepted = Quote.history.model.objects.filter(speaker=OuterRef("pk"), decision=QuoteDecision.ACCEPTED)
        rows.append((Speaker.objects.filter(Exists(accepted), merged_into__isnull=False), "updated_at"))
    return rows
