"""Changes with their history: every service writes rows through here, so that no change goes unrecorded.

What is written while an `operation` is open is noted with the values before and after, so that it can be undone.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from claims.models import Claim, Operation
from claims.models.fields import Timestamped
from claims.services.changes import after_commit

BATCH = 500
LONGEST_SUMMARY = 300

_open: ContextVar["Noted | None"] = ContextVar("operation", default=None)
_because: ContextVar[tuple[str, tuple[type[models.Model], ...]] | None] = ContextVar("because", default=None)


class Noted:
    """What is noted of the operation that is open. `summary` may be said better once it is known what was done."""

    def __init__(self, summary: str) -> None:
        self.summary = summary
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """As an Operation keeps them, without the columns that ended as they began."""
        kept = []
        for (model, pk), row in self._rows.items():
            before, after = row["before"], row["after"]
            if before is not None and after is not None:
                changed = [name for name in after if before[name] != after[name]]
                before, after = ({name: values[name] for name in changed} for values in (before, after))
            if after or after is None:
                kept.append({"model": model, "pk": pk, "before": before, "after": after})
        return kept

    def made(self, row: models.Model) -> None:
        """A row that was not there before."""
        self._rows[_place(row)] = {"before": None, "after": values(row)}

    def changed(self, row: models.Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Columns of a row that may have been touched in this operation already."""
        noted = self._rows.setdefault(_place(row), {"before": {}, "after": {}})
        if noted["before"] is not None:
            noted["before"] = before | noted["before"]
        noted["after"] |= after

    def gone(self, row: models.Model) -> None:
        """A row that is no more: forgotten if it was made in this operation, else noted as it was before."""
        noted = self._rows.pop(_place(row), None)
        if noted is None or noted["before"] is not None:
            self._rows[_place(row)] = {"before": values(row) | ((noted or {}).get("before") or {}), "after": None}


@contextmanager
def operation(*, verb: str, summary: str, editor: User, undoes: Operation | None = None) -> Iterator[Noted]:
    """One transaction, which is kept as an Operation if it changed anything; within another, part of that.

    `verb` is the service's ("accept"), `summary` what the editor is told of it.
    """
    if _open.get() is not None:
        yield Noted(summary)  # of which nothing is kept: the outer one is told of the rows
        return
    noted = Noted(summary)
    token = _open.set(noted)
    try:
        with transaction.atomic():
            yield noted
            if noted.rows or undoes:
                summary = noted.summary[:LONGEST_SUMMARY]
                Operation.objects.create(verb=verb, summary=summary, editor=editor, rows=noted.rows, undoes=undoes)
    finally:
        _open.reset(token)


@contextmanager
def because(reason: str, *of: type[models.Model]) -> Iterator[None]:
    """What is written meanwhile of rows of these models says so in its history, before the reason of its service."""
    token = _because.set((reason, of))
    try:
        yield
    finally:
        _because.reset(token)


def _why(model: type[models.Model], reason: str) -> str:
    given = _because.get()
    if given and model in given[1] and reason != given[0]:
        reason = f"{given[0]}: {reason}"
    return reason[:100]


def create(rows: Sequence[models.Model], *, user: User | None, reason: str) -> list[Any]:
    """Store new rows of one model, with who and why; they come back with their ids."""
    if not rows:
        return []
    after_commit()
    model = type(rows[0])
    created: list[Any] = bulk_create_with_history(
        rows, model, batch_size=BATCH, default_user=user, default_change_reason=_why(model, reason)
    )
    if noted := _open.get():
        for row in created:
            noted.made(row)
    return created


def update(rows: Sequence[models.Model], fields: list[str], *, user: User | None, reason: str) -> None:
    """Store the changed `fields` of rows of one model, with who, when and why."""
    if not rows:
        return
    after_commit()
    model = type(rows[0])
    if noted := _open.get():
        stored = model._base_manager.in_bulk([row.pk for row in rows])  # noqa: SLF001  # public by its docs
        for row in rows:
            noted.changed(row, values(stored[row.pk], fields), values(row, fields))
    if issubclass(model, Timestamped):
        for row in rows:
            row.updated_at = timezone.now()  # type: ignore[attr-defined]  # a Timestamped, as was just seen
        fields = [*fields, "updated_at"]
    bulk_update_with_history(
        rows, model, fields, batch_size=BATCH, default_user=user, default_change_reason=_why(model, reason)
    )
    if model is Claim:
        _record_topics([row.pk for row in rows])


def set_topics(claims: Sequence[Claim], topics: dict[int, Collection[int]], *, user: User | None, reason: str) -> None:
    """Give claims other topics: `topics` maps the id of each claim to the ids of all its topics from now on."""
    through = Claim.topics.through
    for claim in claims:
        former = set(claim.topics.values_list("pk", flat=True))
        wanted = set(topics[claim.pk])
        through.objects.filter(claim=claim, topic__in=former - wanted).delete()
        through.objects.bulk_create([through(claim=claim, topic_id=pk) for pk in sorted(wanted - former)])
        if noted := _open.get():
            noted.changed(claim, {"topics": sorted(former)}, {"topics": sorted(wanted)})
    update(claims, [], user=user, reason=reason)


def remove(row: models.Model, *, user: User, reason: str) -> None:
    """Take a row away whose history stays: what an undone operation had made, or what a new reading replaces."""
    row._history_user = user  # type: ignore[attr-defined]  # noqa: SLF001  # django-simple-history's own way to be told
    row._change_reason = reason[:100]  # type: ignore[attr-defined]  # noqa: SLF001  # as above
    after_commit()
    if noted := _open.get():
        noted.gone(row)
    row.delete()


def values(row: models.Model, names: Collection[str] | None = None) -> dict[str, Any]:
    """Columns of the row as JSON has them: all that were not set by the clock, or those named."""
    columns = type(row)._meta.concrete_fields  # noqa: SLF001  # public by its docs
    asked = {field.name for field in columns if not field.primary_key} - {"updated_at"} if names is None else names
    return {field.name: _plain(getattr(row, field.attname)) for field in columns if field.name in asked}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _place(row: models.Model) -> tuple[str, int]:
    return str(type(row)._meta.model_name), row.pk  # noqa: SLF001  # as above


def _record_topics(claim_ids: list[int]) -> None:
    """Add the topics to the newest history rows of these claims: bulk updates leave many-to-many fields out."""
    history = Claim.history.model
    newest = dict(
        history.objects.filter(id__in=claim_ids).values_list("id").annotate(models.Max("history_id")).order_by()
    )
    recorded = history.topics.model
    recorded.objects.bulk_create(
        recorded(history_id=newest[row.claim_id], claim_id=row.claim_id, topic_id=row.topic_id, id=row.pk)
        for row in Claim.topics.through.objects.filter(claim_id__in=claim_ids)
    )
