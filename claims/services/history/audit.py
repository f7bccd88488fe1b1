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
from claims.models.base import Timestamped
from claims.services.changefeed.processor import process_after_commit

BATCH_SIZE = 500
MAX_SUMMARY_LENGTH = 300

_current_journal: ContextVar["Journal | None"] = ContextVar("operation", default=None)
_reason_prefix: ContextVar[tuple[str, tuple[type[models.Model], ...]] | None] = ContextVar("because", default=None)


class Journal:
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
        self._rows[_row_key(row)] = {"before": None, "after": column_values(row)}

    def changed(self, row: models.Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Columns of a row that may have been touched in this operation already."""
        noted = self._rows.setdefault(_row_key(row), {"before": {}, "after": {}})
        if noted["before"] is not None:
            noted["before"] = before | noted["before"]
        noted["after"] |= after

    def gone(self, row: models.Model) -> None:
        """A row that is no more: forgotten if it was made in this operation, else noted as it was before."""
        noted = self._rows.pop(_row_key(row), None)
        if noted is None or noted["before"] is not None:
            self._rows[_row_key(row)] = {
                "before": column_values(row) | ((noted or {}).get("before") or {}),
                "after": None,
            }


@contextmanager
def operation(*, verb: str, summary: str, editor: User, undoes: Operation | None = None) -> Iterator[Journal]:
    """One transaction, which is kept as an Operation if it changed anything; within another, part of that.

    `verb` is the service's ("accept"), `summary` what the editor is told of it.
    """
    if _current_journal.get() is not None:
        yield Journal(summary)  # of which nothing is kept: the outer one is told of the rows
        return
    noted = Journal(summary)
    token = _current_journal.set(noted)
    try:
        with transaction.atomic():
            yield noted
            if noted.rows or undoes:
                summary = noted.summary[:MAX_SUMMARY_LENGTH]
                Operation.objects.create(verb=verb, summary=summary, editor=editor, rows=noted.rows, undoes=undoes)
    finally:
        _current_journal.reset(token)


@contextmanager
def reason_prefix(reason: str, *of: type[models.Model]) -> Iterator[None]:
    """What is written meanwhile of rows of these models says so in its history, before the reason of its service."""
    token = _reason_prefix.set((reason, of))
    try:
        yield
    finally:
        _reason_prefix.reset(token)


def _full_reason(model: type[models.Model], reason: str) -> str:
    given = _reason_prefix.get()
    if given and model in given[1] and reason != given[0]:
        reason = f"{given[0]}: {reason}"
    return reason[:100]


def create(rows: Sequence[models.Model], *, user: User | None, reason: str) -> list[Any]:
    """Store new rows of one model, with who and why; they come back with their ids."""
    if not rows:
        return []
    process_after_commit()
    model = type(rows[0])
    created: list[Any] = bulk_create_with_history(
        rows, model, batch_size=BATCH_SIZE, default_user=user, default_change_reason=_full_reason(model, reason)
    )
    if noted := _current_journal.get():
        for row in created:
            noted.made(row)
    return created


def update(rows: Sequence[models.Model], fields: list[str], *, user: User | None, reason: str) -> None:
    """Store the changed `fields` of rows of one model, with who, when and why."""
    if not rows:
        return
    process_after_commit()
    model = type(rows[0])
    if noted := _current_journal.get():
        stored = model._base_manager.in_bulk([row.pk for row in rows])  # public by its docs
        for row in rows:
            noted.changed(row, column_values(stored[row.pk], fields), column_values(row, fields))
    if issubclass(model, Timestamped):
        for row in rows:
            row.updated_at = timezone.now()  # type: ignore[attr-defined]  # a Timestamped, as was just seen
        fields = [*fields, "updated_at"]
    bulk_update_with_history(
        rows, model, fields, batch_size=BATCH_SIZE, default_user=user, default_change_reason=_full_reason(model, reason)
    )
    if model is Claim:
        _add_topics_to_history([row.pk for row in rows])


def set_topics(claims: Sequence[Claim], topics: dict[int, Collection[int]], *, user: User | None, reason: str) -> None:
    """Give claims other topics: `topics` maps the id of each claim to the ids of all its topics from now on."""
    through = Claim.topics.through
    for claim in claims:
        former = set(claim.topics.values_list("pk", flat=True))
        wanted = set(topics[claim.pk])
        through.objects.filter(claim=claim, topic__in=former - wanted).delete()
        through.objects.bulk_create([through(claim=claim, topic_id=pk) for pk in sorted(wanted - former)])
        if noted := _current_journal.get():
            noted.changed(claim, {"topics": sorted(former)}, {"topics": sorted(wanted)})
    update(claims, [], user=user, reason=reason)


def delete(row: models.Model, *, user: User, reason: str) -> None:
    """Take a row away whose history stays: what an undone operation had made, or what a new reading replaces."""
    row._history_user = user  # type: ignore[attr-defined]  # noqa: SLF001  # django-simple-history's own way to be told
    row._change_reason = reason[:100]  # type: ignore[attr-defined]  # noqa: SLF001  # as above
    process_after_commit()
    if noted := _current_journal.get():
        noted.gone(row)
    row.delete()


def column_values(row: models.Model, names: Collection[str] | None = None) -> dict[str, Any]:
    """Columns of the row as JSON has them: all that were not set by the clock, or those named."""
    columns = type(row)._meta.concrete_fields  # public by its docs
    asked = {field.name for field in columns if not field.primary_key} - {"updated_at"} if names is None else names
    return {field.name: _to_json_value(getattr(row, field.attname)) for field in columns if field.name in asked}


def _to_json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _row_key(row: models.Model) -> tuple[str, int]:
    return str(type(row)._meta.model_name), row.pk  # as above


def _add_topics_to_history(claim_ids: list[int]) -> None:
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
