"""Columns of the tables that editors export, and how their values are collected."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db.models import Count, Max, Model, QuerySet

from claims.export.tabular.model_table import ModelColumn, ModelTable
from claims.models import CorrectedField, Evidence, Position

CollectValues = Callable[[Sequence[int]], Mapping[int, object]]  # returns a value for each id


def related_values(rows: Callable[[], QuerySet[Model]], foreign_key: str, value: str) -> CollectValues:
    """Collects the values of all related rows, in their order."""

    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        values: defaultdict[int, list[object]] = defaultdict(list)
        for pk, related_value in rows().filter(**{f"{foreign_key}__in": ids}).values_list(foreign_key, value):
            values[pk].append(related_value)
        return _as_tuples(values)

    return collect


def related_counts(rows: Callable[[], QuerySet[Model]], foreign_key: str) -> CollectValues:
    """Collects the number of related rows."""

    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        related = rows().filter(**{f"{foreign_key}__in": ids})
        counts = related.order_by().values_list(foreign_key).annotate(n=Count("pk"))
        return dict.fromkeys(ids, 0) | dict(counts)

    return collect


def _latest_records(model: Any, ids: Sequence[int]) -> Any:
    """The latest history record of each row."""
    latest = model.history.filter(id__in=ids).order_by().values("id").annotate(n=Max("history_id")).values("n")
    return model.history.filter(history_id__in=latest).order_by()


def latest_editors(model: Any) -> CollectValues:
    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        return dict(_latest_records(model, ids).values_list("id", "history_user__username"))

    return collect


def latest_reasons(model: Any) -> CollectValues:
    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        records = _latest_records(model, ids).only("id", "history_change_reason", "history_cause")
        return {record.id: record.history_reason for record in records}

    return collect


def positions_by_speaker(ids: Sequence[int]) -> Mapping[int, object]:
    positions: defaultdict[int, list[str]] = defaultdict(list)
    for position in Position.objects.filter(speaker__in=ids).order_by("pk"):
        has_dates = position.held_from or position.held_to
        dates = f" ({position.held_from or ''}–{position.held_to or ''})" if has_dates else ""
        positions[position.speaker_id].append(f"{position}{dates}")
    return _as_tuples(positions)


def evidence_by_verification(ids: Sequence[int]) -> Mapping[int, object]:
    evidence: defaultdict[int, list[str]] = defaultdict(list)
    for row in Evidence.objects.filter(verification__in=ids).select_related("source").order_by("pk"):
        evidence[row.verification_id].append(str(row))
    return _as_tuples(evidence)


def changes_by_correction(ids: Sequence[int]) -> Mapping[int, object]:
    changes: defaultdict[int, list[str]] = defaultdict(list)
    for change in CorrectedField.objects.filter(correction__in=ids).order_by("pk"):
        changes[change.correction_id].append(str(change))
    return _as_tuples(changes)


def _as_tuples(values: Mapping[int, Sequence[object]]) -> dict[int, object]:
    return {pk: tuple(row_values) for pk, row_values in values.items()}


def history_columns(model: Any) -> tuple[ModelColumn, ...]:
    return (
        ModelColumn("changed_by", collect=latest_editors(model)),
        ModelColumn("change_reason", collect=latest_reasons(model)),
    )


def lookup_columns(*names: str, **lookups: str) -> tuple[ModelColumn, ...]:
    """Returns a column for each lookup; first those with a name of their own, then those named like their lookup."""
    renamed = (ModelColumn(name, lookup) for name, lookup in lookups.items())
    return (*renamed, *(ModelColumn(name, name) for name in names))


def make_table(
    name: str, rows: Callable[[], QuerySet[Model]], *columns: ModelColumn | tuple[ModelColumn, ...]
) -> ModelTable:
    groups = (column if isinstance(column, tuple) else (column,) for column in columns)
    return ModelTable(name, rows, tuple(chain.from_iterable(groups)))
