"""Values of a history in words: what a field is called, whom a key stands for, how a moment is written."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Snapshot, Verification

# What the words for a row need beyond the row itself; and what they do not need, which may be megabytes.
_SELECT_RELATED = {Snapshot: ["source"], Verification: ["claim", "rating"]}
_DEFER = {Snapshot: ["text"]}


class ReferenceLabels:
    """The names of all rows that some entries of histories refer to, looked up at once."""

    def __init__(self, records: Iterable[Any]) -> None:
        self._several: dict[tuple[type[Any], int], dict[str, tuple[int, ...]]] = {}
        asked: defaultdict[Any, set[int]] = defaultdict(set)
        records = list(records)
        for model in {type(record) for record in records}:
            self._look_up_several(model, [record for record in records if type(record) is model], asked)
        for record in records:
            for field in model_options(record).concrete_fields:
                key = getattr(record, field.attname)
                if field.related_model and key is not None and not field.name.startswith("history_"):
                    asked[field.related_model].add(key)
        self._names = {model: self._named(model, keys) for model, keys in asked.items()}

    def value(self, record: Any, field: Any) -> Any:
        """The field's value in this entry: a key of a row, a tuple of keys, or what stands in the column."""
        if field.many_to_many:
            return self._several[type(record), record.pk][field.name]
        return getattr(record, field.attname)

    def name(self, model: Any, key: Any) -> str:
        """What the row with this key is called; its number if it is gone."""
        return self._names.get(model, {}).get(key) or f"#{key} (deleted)"

    def _look_up_several(self, model: Any, records: list[Any], asked: defaultdict[Any, set[int]]) -> None:
        for field in getattr(model, "_history_m2m_fields", ()):
            through = getattr(model, field.name).model
            column = f"{model_options(field.related_model).model_name}_id"
            rows = through.objects.filter(history__in=[record.pk for record in records]).values_list(
                "history_id", column
            )
            found: defaultdict[int, list[int]] = defaultdict(list)
            for pk, key in rows:
                found[pk].append(key)
                asked[field.related_model].add(key)
            for record in records:
                of = self._several.setdefault((model, record.pk), {})
                of[field.name] = tuple(sorted(found[record.pk]))

    @staticmethod
    def _named(model: Any, keys: set[int]) -> dict[int, str]:
        rows = model._base_manager.filter(pk__in=keys)  # public by its docs
        if model in _SELECT_RELATED:
            rows = rows.select_related(*_SELECT_RELATED[model]).defer(*_DEFER.get(model, []))
        return {row.pk: row.get_username() if isinstance(row, User) else str(row) for row in rows}


def model_options(model: Any) -> Any:
    """What Django knows of a model: its fields and names."""
    return model._meta  # public by its docs


def field_label(field: Any) -> str:
    """What the field is called."""
    return str(field.verbose_name)


def format_history_value(field: Any, value: Any, labels: ReferenceLabels) -> str:
    """The value in words; empty for none."""
    if value is None or value in ("", [], ()):
        return ""
    if field.related_model:
        several = value if field.many_to_many else (value,)
        return ", ".join(labels.name(field.related_model, key) for key in several)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join("–".join(map(str, each)) if isinstance(each, list) else str(each) for each in value)
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)
