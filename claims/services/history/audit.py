"""The audit journal. Services write rows through this module, so that every change is in the history and can be undone.

Each entry of the history has a `cause`, which rules read, and a `reason` for people, which is cut to MAX_REASON_LENGTH.
Inside an `operation`, the values before and after each write are kept in its `Journal`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history
from simple_history.utils import get_history_manager_for_model as history_of

from claims.models import Claim, HistoryCause, Operation, OperationVerb, Quote
from claims.models.base import Timestamped
from claims.models.quote import WORTH_FIELDS
from claims.services.changefeed.processor import process_after_commit
from claims.services.claims.claim_vectors import update_vectors_after_commit
from claims.services.history.audit_chain import seal_after_commit
from claims.services.worthiness.quote_scores import READ_FIELDS, score_quotes

BATCH_SIZE = 500
MAX_SUMMARY_LENGTH = 300
MAX_REASON_LENGTH = 100
# Columns of a claim that decide with which vector it is found, if at all.
MEANING_FIELDS = frozenset({"text", "wording_confirmed_at", "retracted_at", "merged_into"})
DERIVED_FIELDS = frozenset({"updated_at", *WORTH_FIELDS})

Row = TypeVar("Row", bound=models.Model)
Values = dict[str, Any]  # column values as they are stored in JSON, by field name

_current_journal: ContextVar["Journal | None"] = ContextVar("current_journal", default=None)


class Journal:
    """The writes of one open operation. Services may set `summary` once they know what was done."""

    def __init__(self, summary: str) -> None:
        self.summary = summary
        self._entries: dict[tuple[str, int], dict[str, Values | None]] = {}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The entries for `Operation.rows`, without columns that ended with the value they started with."""
        rows = []
        for (model, pk), entry in self._entries.items():
            before, after = entry["before"], entry["after"]
            if before is not None and after is not None:
                changed = [name for name in after if before[name] != after[name]]
                before, after = ({name: values[name] for name in changed} for values in (before, after))
            if after or after is None:
                rows.append({"model": model, "pk": pk, "before": before, "after": after})
        return rows

    def record_created(self, row: models.Model) -> None:
        self._entries[_row_key(row)] = {"before": None, "after": column_values(row)}

    def record_updated(self, row: models.Model, before: Values, after: Values) -> None:
        """The first value before and the last value after win, if a column changes more than once."""
        entry = self._entries.setdefault(_row_key(row), {"before": {}, "after": {}})
        if entry["before"] is not None:
            entry["before"] = before | entry["before"]
        entry["after"] = (entry["after"] or {}) | after

    def record_deleted(self, row: models.Model) -> None:
        """A row created and deleted within the same operation leaves no entry."""
        entry = self._entries.pop(_row_key(row), None)
        if entry is None or entry["before"] is not None:
            before = column_values(row) | ((entry and entry["before"]) or {})
            self._entries[_row_key(row)] = {"before": before, "after": None}


@contextmanager
def operation(
    *, verb: OperationVerb, editor: User, summary: str = "", undoes: Operation | None = None
) -> Iterator[Journal]:
    """Run a service in one transaction and store it as an `Operation` if it changed anything.

    Within another operation, its writes go to the outer one's journal. `summary` is shown to the editor.
    """
    if _current_journal.get() is not None:
        yield Journal(summary)  # ignored: the outer journal records the rows
        return
    journal = Journal(summary)
    token = _current_journal.set(journal)
    try:
        with transaction.atomic():
            yield journal
            if journal.rows or undoes:
                Operation.objects.create(
                    verb=verb,
                    summary=journal.summary[:MAX_SUMMARY_LENGTH],
                    editor=editor,
                    rows=journal.rows,
                    undoes=undoes,
                )
    finally:
        _current_journal.reset(token)


def create(
    rows: Sequence[Row], *, user: User | None, reason: str = "", cause: HistoryCause = HistoryCause.EDITED
) -> list[Row]:
    """Insert new rows of one model with a history entry each; returns them with their ids."""
    if not rows:
        return []
    process_after_commit()
    seal_after_commit()
    model = type(rows[0])
    score_quotes([row for row in rows if isinstance(row, Quote)])
    created: list[Row] = bulk_create_with_history(rows, model, **_history_options(user, reason, cause))
    update_vectors_after_commit([row for row in created if isinstance(row, Claim) and row.wording_confirmed_at])
    if journal := _current_journal.get():
        for row in created:
            journal.record_created(row)
    return created


def update(
    rows: Sequence[models.Model],
    fields: list[str],
    *,
    user: User | None,
    reason: str = "",
    cause: HistoryCause = HistoryCause.EDITED,
) -> None:
    """Store these fields of rows of one model with a history entry each, and set `updated_at`."""
    if not rows:
        return
    process_after_commit()
    seal_after_commit()
    model = type(rows[0])
    if journal := _current_journal.get():
        stored = model._base_manager.in_bulk([row.pk for row in rows])
        for row in rows:
            journal.record_updated(row, column_values(stored[row.pk], fields), column_values(row, fields))
    if timestamped := [row for row in rows if isinstance(row, Timestamped)]:
        for row in timestamped:
            row.updated_at = timezone.now()
        fields = [*fields, "updated_at"]
    if model is Quote and not READ_FIELDS.isdisjoint(fields):
        score_quotes([row for row in rows if isinstance(row, Quote)])
        fields = [*fields, *WORTH_FIELDS]
    bulk_update_with_history(rows, model, fields, **_history_options(user, reason, cause))
    if not MEANING_FIELDS.isdisjoint(fields):
        update_vectors_after_commit([row for row in rows if isinstance(row, Claim)])
    if model is Claim:
        _add_topics_to_history([row.pk for row in rows])


def set_topics(
    claims: Sequence[Claim],
    topics: Mapping[int, Collection[int]],
    *,
    user: User | None,
    reason: str,
    cause: HistoryCause = HistoryCause.EDITED,
) -> None:
    """Replace the topics of claims: `topics` maps the id of each claim to the ids of all its topics."""
    through = Claim.topics.through
    for claim in claims:
        before = set(claim.topics.values_list("pk", flat=True))
        after = set(topics[claim.pk])
        through.objects.filter(claim=claim, topic__in=before - after).delete()
        through.objects.bulk_create([through(claim=claim, topic_id=pk) for pk in sorted(after - before)])
        if journal := _current_journal.get():
            journal.record_updated(claim, {"topics": sorted(before)}, {"topics": sorted(after)})
    update(claims, [], user=user, reason=reason, cause=cause)


def delete(
    row: models.Model, *, user: User | None, reason: str = "", cause: HistoryCause = HistoryCause.EDITED
) -> None:
    """Delete a row; its history stays."""
    row._history_user = user  # type: ignore[attr-defined]  # read by simple_history
    row._change_reason = reason[:MAX_REASON_LENGTH]  # type: ignore[attr-defined]  # likewise
    process_after_commit()
    seal_after_commit()
    if journal := _current_journal.get():
        journal.record_deleted(row)
    pk = row.pk
    row.delete()
    history = history_of(type(row))
    newest = history.filter(id=pk, history_type="-").order_by("-history_id").values("history_id")[:1]
    history.filter(history_id__in=newest).update(history_cause=cause)


def column_values(row: models.Model, names: Collection[str] | None = None) -> Values:
    """The row's columns as JSON values: those named, or else all but the primary key and those that are derived."""
    columns = type(row)._meta.concrete_fields
    if names is None:
        names = {field.name for field in columns if not field.primary_key} - DERIVED_FIELDS
    return {field.name: _to_json_value(getattr(row, field.attname)) for field in columns if field.name in names}


def _history_options(user: User | None, reason: str, cause: HistoryCause) -> dict[str, Any]:
    """The arguments of `bulk_create_with_history` and `bulk_update_with_history`."""
    return {
        "batch_size": BATCH_SIZE,
        "default_user": user,
        "default_change_reason": reason[:MAX_REASON_LENGTH],
        "custom_historical_attrs": {"history_cause": cause},
    }


def _to_json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _row_key(row: models.Model) -> tuple[str, int]:
    return str(type(row)._meta.model_name), row.pk


def _add_topics_to_history(claim_ids: list[int]) -> None:
    """Copy the topics into the claims' newest history entries; bulk updates leave many-to-many fields out."""
    history = Claim.history.model
    newest = dict(
        history.objects.filter(id__in=claim_ids).values_list("id").annotate(models.Max("history_id")).order_by()
    )
    historical_topic = history.topics.model
    historical_topic.objects.bulk_create(
        historical_topic(history_id=newest[row.claim_id], claim_id=row.claim_id, topic_id=row.topic_id, id=row.pk)
        for row in Claim.topics.through.objects.filter(claim_id__in=claim_ids)
    )
