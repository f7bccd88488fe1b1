"""What is entered of one kind of thing: that it changed, that it is gone and why, that it will be public.

Each is one statement for any number of rows.
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

from claims.models import Change, Claim, Quote, QuoteDecision, RemovalCause, ResourceKind, Speaker, VerificationState
from claims.services.changefeed.change_dependencies import MODELS_BY_KIND, embargoed_rows, released_rows

NO_ROW_ID = 0  # the id of no row


def write_changes(kind: str, affected: QuerySet[Any] | None, *, stamp: dt.datetime, earlier: bool = False) -> int:
    """Enter what readers see and no longer see of the `affected` ids; returns how many rows changed.

    With None, of all, but only where it differs from what was entered. `earlier`: with the redirects that were
    given before anything was entered at all.
    """
    for rows, moment in _formerly_public_rows(kind, earlier=earlier):
        _write_due_at(kind, _restrict_to(rows, affected), moment, "NOTHING")
    seen = (
        "" if affected is not None else " WHERE claims_change.changed_at IS NULL OR claims_change.gone_at IS NOT NULL"
    )
    changed = insert_from_select(
        Change,
        "kind, object_id, changed_at, cause",
        _restrict_to(released_rows(kind), affected).values("pk"),
        "SELECT %s, pk, %s, '' FROM ids WHERE TRUE ORDER BY pk"  # noqa: S608  # `seen` is one of the two above  # nosec B608
        " ON CONFLICT (kind, object_id) DO UPDATE SET changed_at = excluded.changed_at, gone_at = NULL, cause = '',"
        f" merged_into = NULL, due_at = NULL{seen}",
        [kind, connection.ops.adapt_datetimefield_value(stamp)],
    )
    entered = Change.objects.filter(kind=kind)
    entered = (
        entered.exclude(gone_at__isnull=False, due_at=None)
        if affected is None
        else entered.filter(object_id__in=affected)
    )
    changed += _write_tombstones(kind, entered, stamp)
    if held := embargoed_rows(kind):
        entered.filter(changed_at=None).delete()
        entered.filter(due_at__isnull=False).update(due_at=None)
        rows, moment = held
        _write_due_at(
            kind, _restrict_to(rows.filter(**{f"{moment}__gt": timezone.now()}), affected), moment, _SET_DUE_AT
        )
    return changed


_SET_DUE_AT = "UPDATE SET due_at = excluded.due_at"


def insert_from_select(into: type[Model], columns: str, rows: QuerySet[Any], select: str, values: list[Any]) -> int:
    """Insert into these columns of a table what `select` makes of the rows, which it knows as `ids`; how many."""
    sql, params = rows.order_by().query.sql_with_params()
    table = into._meta.db_table  # public by its docs
    names = "pk, moment" if len(rows.query.values_select) > 1 else "pk"
    statement = (
        f"INSERT INTO {table} ({columns}) WITH ids ({names}) AS ({sql}) {select}"  # our own names; values are bound
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *values])
        return int(cursor.rowcount)


def _restrict_to(rows: QuerySet[Any], affected: QuerySet[Any] | None) -> QuerySet[Any]:
    return rows if affected is None else rows.filter(pk__in=affected)


def _write_due_at(kind: str, rows: QuerySet[Any], moment: str, on_conflict: str) -> None:
    insert_from_select(
        Change,
        "kind, object_id, cause, due_at",
        rows.values_list("pk", moment),
        f"SELECT %s, pk, '', moment FROM ids WHERE TRUE ORDER BY pk ON CONFLICT (kind, object_id) DO {on_conflict}",  # noqa: S608  # of the two below  # nosec B608
        [kind],
    )


def _write_tombstones(kind: str, entered: QuerySet[Change], stamp: dt.datetime) -> int:
    """What was public, by what is entered or by the clock, and is not; again only if there is more to say of it."""
    is_seen = Exists(released_rows(kind).filter(pk=OuterRef("object_id")))
    was_seen = Q(changed_at__isnull=False) | Q(due_at__lte=timezone.now())
    row: QuerySet[Any] = MODELS_BY_KIND[ResourceKind(kind)]._base_manager.filter(pk=OuterRef("object_id"))  # public
    why = Coalesce(
        Subquery(row.annotate(why=CAUSE_EXPRESSIONS[ResourceKind(kind)]).values("why")),
        Value(RemovalCause.DELETED.value),
    )
    other = row.values("merged_into") if kind in {ResourceKind.CLAIMS, ResourceKind.SPEAKERS} else None
    into = Subquery(other) if other is not None else Value(None, output_field=BigIntegerField())
    gone = entered.filter(~is_seen, was_seen).annotate(why=why, into=Coalesce(into, NO_ROW_ID))
    # What editors do later with what is gone is theirs; but where it leads now, and that it is retracted, is said.
    silent = Q(gone_at__isnull=False) & (
        ~Q(why__in=[RemovalCause.MERGED, RemovalCause.RETRACTED]) | Q(cause=F("why"), known=F("into"))
    )
    gone = gone.annotate(known=Coalesce("merged_into", NO_ROW_ID)).exclude(silent)
    return gone.update(
        changed_at=stamp, gone_at=Coalesce("gone_at", Value(stamp)), cause=why, merged_into=into, due_at=None
    )


def _cause_case(*whens: tuple[Any, RemovalCause], default: RemovalCause) -> Case:
    cases = [When(condition, then=Value(cause.value)) for condition, cause in whens]
    return Case(*cases, default=Value(default.value), output_field=CharField())


_MERGED = Q(merged_into__isnull=False), RemovalCause.MERGED
_CLAIM_RETRACTED = Q(claim__retracted_at__isnull=False), RemovalCause.RETRACTED
CAUSE_EXPRESSIONS = {
    ResourceKind.QUOTES: _cause_case(
        (Q(decision=QuoteDecision.REJECTED), RemovalCause.REJECTED), _CLAIM_RETRACTED, default=RemovalCause.WITHDRAWN
    ),
    ResourceKind.CLAIMS: _cause_case(
        _MERGED, (Q(retracted_at__isnull=False), RemovalCause.RETRACTED), default=RemovalCause.WITHDRAWN
    ),
    ResourceKind.SPEAKERS: _cause_case(_MERGED, default=RemovalCause.UNUSED),
    ResourceKind.SOURCES: _cause_case(default=RemovalCause.UNUSED),
    ResourceKind.VERIFICATIONS: _cause_case(
        (Q(state=VerificationState.SUPERSEDED), RemovalCause.SUPERSEDED),
        _CLAIM_RETRACTED,
        default=RemovalCause.WITHDRAWN,
    ),
    ResourceKind.CORRECTIONS: _cause_case(default=RemovalCause.WITHDRAWN),
    ResourceKind.TOPICS: _cause_case(default=RemovalCause.UNUSED),
    ResourceKind.RATINGS: _cause_case(default=RemovalCause.WITHDRAWN),
}


def _formerly_public_rows(kind: str, *, earlier: bool) -> list[tuple[QuerySet[Any], str]]:
    """What was public by what its own columns say, entered or not, and the column with the moment from which it was."""
    now = timezone.now()
    found: list[tuple[QuerySet[Any], str]] = []
    out = Quote.objects.accepted().filter(
        claim__released_at__lte=F("claim__retracted_at"),
        claim__retracted_at__lte=now,
        decided_at__lte=F("claim__retracted_at"),
    )
    if kind == ResourceKind.QUOTES:
        found.append((out, "claim__released_at"))
    if kind == ResourceKind.CLAIMS:
        found.append((Claim.objects.filter(pk__in=out.values("claim_id")), "released_at"))
    if kind == ResourceKind.CLAIMS and earlier:
        found.append((Claim.objects.redirects(), "released_at"))
    if kind == ResourceKind.SPEAKERS and earlier:
        quoted = Quote.history.model.objects.filter(speaker=OuterRef("pk"), decision=QuoteDecision.ACCEPTED)
        found.append((Speaker.objects.filter(Exists(quoted), merged_into__isnull=False), "updated_at"))
    return found
