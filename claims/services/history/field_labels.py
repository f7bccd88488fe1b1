"""Values in history entries, formatted for people: field names, the names of referenced rows, dates and choices."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeAlias

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone

from claims.models import Snapshot, Verification

# django-simple-history has no types.
HistoryRecord: TypeAlias = Any  # a row of a history table
HistoryField: TypeAlias = Any  # a model field, or a many-to-many field of a history table

# What `str(row)` needs from other tables, and columns it does not need, which may be megabytes.
_SELECT_RELATED: dict[type[Model], list[str]] = {Snapshot: ["source"], Verification: ["claim", "rating"]}
_DEFER: dict[type[Model], list[str]] = {Snapshot: ["text"]}


class ReferenceLabels:
    """The names of all rows that some history entries refer to, fetched with one query per model."""

    def __init__(self, records: Iterable[HistoryRecord]) -> None:
        self._many_to_many_ids: dict[tuple[type[HistoryRecord], int], dict[str, tuple[int, ...]]] = {}
        wanted: defaultdict[type[Model], set[int]] = defaultdict(set)
        records = list(records)
        for model in {type(record) for record in records}:
            self._load_many_to_many(model, [record for record in records if type(record) is model], wanted)
        for record in records:
            for field in record._meta.concrete_fields:
                pk = getattr(record, field.attname)
                if field.related_model and pk is not None and not field.name.startswith("history_"):
                    wanted[field.related_model].add(pk)
        self._names = {model: self._load_names(model, ids) for model, ids in wanted.items()}

    def value(self, record: HistoryRecord, field: HistoryField) -> Any:
        """The field's value in this entry: the id of a row, a tuple of ids, or the column's own value."""
        if field.many_to_many:
            return self._many_to_many_ids[type(record), record.pk][field.name]
        return getattr(record, field.attname)

    def name(self, model: type[Model], pk: int) -> str:
        """The row's name, or its id if it has been deleted."""
        return self._names.get(model, {}).get(pk) or f"#{pk} (deleted)"

    def _load_many_to_many(
        self, model: type[HistoryRecord], records: list[HistoryRecord], wanted: defaultdict[type[Model], set[int]]
    ) -> None:
        for field in getattr(model, "_history_m2m_fields", ()):
            through = getattr(model, field.name).model
            rows = through.objects.filter(history__in=[record.pk for record in records]).values_list(
                "history_id", f"{field.related_model._meta.model_name}_id"
            )
            ids: defaultdict[int, list[int]] = defaultdict(list)
            for history_id, pk in rows:
                ids[history_id].append(pk)
                wanted[field.related_model].add(pk)
            for record in records:
                record_ids = self._many_to_many_ids.setdefault((model, record.pk), {})
                record_ids[field.name] = tuple(sorted(ids[record.pk]))

    @staticmethod
    def _load_names(model: type[Model], ids: set[int]) -> dict[int, str]:
        rows = model._base_manager.filter(pk__in=ids)
        if model in _SELECT_RELATED:
            rows = rows.select_related(*_SELECT_RELATED[model]).defer(*_DEFER.get(model, []))
        return {row.pk: row.get_username() if isinstance(row, User) else str(row) for row in rows}


def field_label(field: HistoryField) -> str:
    return str(field.verbose_name)


def format_history_value(field: HistoryField, value: Any, labels: ReferenceLabels) -> str:
    """The value as text; empty if there is none."""
    if value is None or value in ("", [], ()):
        return ""
    if field.related_model:
        ids = value if field.many_to_many else (value,)
        return ", ".join(labels.name(field.related_model, pk) for pk in ids)
    if isinstance(value, datetime):
        return format_minute(value)
    if isinstance(value, list):
        return ", ".join("–".join(map(str, item)) if isinstance(item, list) else str(item) for item in value)
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)


def format_minute(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
