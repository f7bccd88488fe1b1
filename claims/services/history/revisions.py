"""A row's history: its state after each entry, and what changed from one entry to the next.

The history of a row includes that of the rows it owns (a speaker's names, a verification's evidence). An entry's key is
`17` for entry 17 of the row's own history and `speakername-5` for entry 5 of an owned row's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Model, OuterRef, QuerySet, Subquery
from simple_history.utils import get_history_manager_for_model as history_of

from claims.models import Evidence, Position, Speaker, SpeakerName, Verification
from claims.services.history.field_labels import (
    HistoryField,
    HistoryRecord,
    ReferenceLabels,
    field_label,
    format_history_value,
)

# model: {owned model: the name of its foreign key to the owner}
OWNED_MODELS: dict[type[Model], dict[type[Model], str]] = {
    Speaker: {SpeakerName: "speaker", Position: "speaker"},
    Verification: {Evidence: "verification"},
}
OWNER_FIELDS: dict[type[Model], str] = {model: name for owned in OWNED_MODELS.values() for model, name in owned.items()}
# Derived from other fields, or meaningless to people.
HIDDEN_FIELDS = {"id", "updated_at", "created_at", "key", "family_key", "fingerprint"}
HISTORY_TYPE_LABELS = {"+": "Added", "~": "Changed", "-": "Removed"}
_MAX_KEY_DIGITS = 18  # of a number that fits into a BIGINT
_SAME_SAVE_WINDOW = timedelta(seconds=1)  # owned rows saved with a row have entries at most this much later


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's old and new value, formatted."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of a history. `about` names the owned row that changed; it is empty for the row itself.

    `is_known` is False for a change to a row without earlier history: its previous values were not recorded.
    """

    key: str
    at: datetime
    by: str
    kind: str
    about: str
    reason: str
    changes: tuple[FieldChange, ...]
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class RowState:
    """A row and the rows it owned, after one entry: values and formatted values by field name."""

    key: str
    at: datetime
    by: str
    values: dict[str, Any]
    formatted: dict[str, str]
    owned_rows: dict[str, list[HistoryRecord]] = field(default_factory=dict)


def tracked_fields(model: type[Model]) -> list[HistoryField]:
    """The fields shown in the history, many-to-many fields last."""
    hidden = HIDDEN_FIELDS | {OWNER_FIELDS.get(model)}
    columns = [column for column in history_of(model).model.tracked_fields if column.name not in hidden]
    return [*columns, *getattr(history_of(model).model, "_history_m2m_fields", ())]


def list_history_entries(
    *, model: type[Model], pk: int, offset: int = 0, limit: int = 50
) -> tuple[list[HistoryEntry], bool]:
    """A page of entries, newest first, and whether older ones follow. The number of queries does not grow with them."""
    records: list[tuple[type[Model], HistoryRecord]] = []
    for tracked_model, history in history_querysets(model, pk):
        previous = (
            history_of(tracked_model)
            .filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
            .order_by("-history_id")
            .values("history_id")[:1]
        )
        newest = history.select_related("history_user").annotate(previous_id=Subquery(previous))
        newest = newest.order_by("-history_date", "-history_id")[: offset + limit + 1]
        records += [(tracked_model, record) for record in newest]
    records.sort(key=lambda pair: (pair[1].history_date, pair[1].history_id), reverse=True)
    page = records[offset : offset + limit]
    previous_records: dict[type[Model], dict[int, HistoryRecord]] = {}
    for tracked_model in {tracked_model for tracked_model, _ in page}:
        ids = [record.previous_id for owner, record in page if owner is tracked_model and record.previous_id]
        previous_records[tracked_model] = history_of(tracked_model).in_bulk(ids)
    labels = ReferenceLabels(
        [record for _, record in page] + [record for rows in previous_records.values() for record in rows.values()]
    )
    entries = [
        _build_entry(model, tracked_model, record, previous_records[tracked_model].get(record.previous_id), labels)
        for tracked_model, record in page
    ]
    return entries, len(records) > offset + limit


def get_state(*, model: type[Model], pk: int, key: str) -> RowState | None:
    """The row as it was after the entry with this key; None if its history has no such entry."""
    tracked_model, number = _parse_entry_key(model, key)
    if tracked_model is None:
        return None
    history = dict(history_querysets(model, pk))
    entry = history[tracked_model].filter(history_id=number).select_related("history_user").first()
    if entry is None:
        return None
    own = entry
    until = entry.history_date
    if tracked_model is model:
        later = history[model].filter(history_id__gt=number).order_by("history_id")
        next_date = later.values_list("history_date", flat=True).first()
        until += _SAME_SAVE_WINDOW
        until = min(until, next_date) if next_date else until
    else:
        earlier = history[model].filter(history_date__lte=until).order_by("-history_date", "-history_id")
        own = earlier.first() or history[model].order_by("history_id").first()
        if own is None:
            return None
    owned_rows = {
        _model_name(owned): _owned_rows_at(owned, pk, until, entry if owned is tracked_model else None)
        for owned in OWNED_MODELS.get(model, {})
    }
    return _build_state(model, key, entry, own, owned_rows)


def get_current_state(*, model: type[Model], pk: int) -> RowState | None:
    """The row's state after the newest entry; None if it has no history."""
    own = history_of(model).filter(id=pk).order_by("-history_id").select_related("history_user").first()
    if own is None:
        return None
    owned_rows = {_model_name(owned): _owned_rows_at(owned, pk, None, None) for owned in OWNED_MODELS.get(model, {})}
    return _build_state(model, str(own.history_id), own, own, owned_rows)


def diff_states(old: RowState, new: RowState, model: type[Model]) -> list[FieldChange]:
    """The fields, and the sets of owned rows, that differ between two states."""
    changes = (
        _build_field_change(
            name, label, (old.formatted[name], new.formatted[name]), (old.values[name], new.values[name])
        )
        for name, label in state_field_labels(model)
        if old.values[name] != new.values[name]
    )
    return [change for change in changes if change]


def state_field_labels(model: type[Model]) -> list[tuple[str, str]]:
    """The name and label of each part of a state: its fields, then the models it owns."""
    fields = [(tracked.name, field_label(tracked)) for tracked in tracked_fields(model)]
    return fields + [
        (_model_name(owned), str(owned._meta.verbose_name_plural)) for owned in OWNED_MODELS.get(model, {})
    ]


def history_querysets(model: type[Model], pk: int) -> list[tuple[type[Model], QuerySet[HistoryRecord]]]:
    """The history of the row and of the rows it owns, by model."""
    owned = [(owned, history_of(owned).filter(**{name: pk})) for owned, name in OWNED_MODELS.get(model, {}).items()]
    return [(model, history_of(model).filter(id=pk)), *owned]


def _owned_rows_at(
    model: type[Model], owner_pk: int, moment: datetime | None, last_entry: HistoryRecord | None
) -> list[HistoryRecord]:
    """History entries of the rows of `model` that the owner had at the moment (or now), up to `last_entry` if given."""
    name = OWNER_FIELDS[model]
    rows = history_of(model).filter(id__in=history_of(model).filter(**{name: owner_pk}).order_by().values("id"))
    if moment is not None:
        rows = rows.filter(history_date__lte=moment)
    if last_entry is not None:
        rows = rows.filter(history_id__lte=last_entry.history_id)
    newest_ids = rows.order_by().values("id").annotate(newest=Max("history_id")).values("newest")
    newest = history_of(model).filter(history_id__in=newest_ids).order_by("id")
    return [row for row in newest if row.history_type != "-" and getattr(row, f"{name}_id") == owner_pk]


def _build_state(
    model: type[Model], key: str, entry: HistoryRecord, own: HistoryRecord, owned_rows: dict[str, list[HistoryRecord]]
) -> RowState:
    labels = ReferenceLabels([own, *(row for rows in owned_rows.values() for row in rows)])
    values = {tracked.name: labels.value(own, tracked) for tracked in tracked_fields(model)}
    formatted = {
        tracked.name: format_history_value(tracked, values[tracked.name], labels) for tracked in tracked_fields(model)
    }
    for owned in OWNED_MODELS.get(model, {}):
        name = _model_name(owned)
        rows = owned_rows[name]
        values[name] = [{tracked.name: labels.value(row, tracked) for tracked in tracked_fields(owned)} for row in rows]
        formatted[name] = "\n".join(_describe_owned_row(owned, row, labels) for row in rows)
    return RowState(key, entry.history_date, _editor_name(entry), values, formatted, owned_rows)


def _describe_owned_row(model: type[Model], row: HistoryRecord, labels: ReferenceLabels) -> str:
    parts = (format_history_value(tracked, labels.value(row, tracked), labels) for tracked in tracked_fields(model))
    return " · ".join(part for part in parts if part)


def _build_entry(
    model: type[Model],
    tracked_model: type[Model],
    record: HistoryRecord,
    previous: HistoryRecord | None,
    labels: ReferenceLabels,
) -> HistoryEntry:
    key, about = str(record.history_id), ""
    if tracked_model is not model:
        key = f"{_model_name(tracked_model)}-{key}"
        about = f"{tracked_model._meta.verbose_name} “{_describe_owned_row(tracked_model, record, labels)}”"
    changes: Iterable[FieldChange] = ()
    if record.history_type == "~" and previous is not None:
        changes = _diff_fields(tracked_model, previous, record, labels)
    return HistoryEntry(
        key=key,
        at=record.history_date,
        by=_editor_name(record),
        kind=HISTORY_TYPE_LABELS[record.history_type],
        about=about,
        reason=record.history_reason,
        changes=tuple(changes),
        is_known=record.history_type != "~" or previous is not None,
    )


def _diff_fields(
    model: type[Model], old: HistoryRecord, new: HistoryRecord, labels: ReferenceLabels
) -> Iterator[FieldChange]:
    for tracked in tracked_fields(model):
        values = labels.value(old, tracked), labels.value(new, tracked)
        if values[0] != values[1]:
            formatted = (
                format_history_value(tracked, values[0], labels),
                format_history_value(tracked, values[1], labels),
            )
            if change := _build_field_change(tracked.name, field_label(tracked), formatted, values):
                yield change


def _build_field_change(
    name: str, label: str, formatted: tuple[str, str], values: tuple[Any, Any]
) -> FieldChange | None:
    """Two rows with the same name are told apart by their ids; two moments within one minute count as equal."""
    if formatted[0] != formatted[1]:
        return FieldChange(name, label, *formatted)
    if not isinstance(values[0], int | tuple):
        return None
    old, new = (f"{text} ({_format_ids(value)})" for text, value in zip(formatted, values, strict=True))
    return FieldChange(name, label, old, new)


def _format_ids(value: Any) -> str:
    return ", ".join(f"#{pk}" for pk in (value if isinstance(value, tuple) else (value,)))


def _editor_name(record: HistoryRecord) -> str:
    return str(record.history_user) if record.history_user else "factbase"


def _parse_entry_key(model: type[Model], key: str) -> tuple[type[Model] | None, int]:
    """The model whose history has the entry, and the entry's number; (None, 0) for a malformed key."""
    name, dash, number = key.rpartition("-")
    owned_models = {_model_name(owned): owned for owned in OWNED_MODELS.get(model, {})}
    tracked_model = owned_models.get(name) if dash else model
    is_number = number.isascii() and number.isdigit() and len(number) <= _MAX_KEY_DIGITS
    return (tracked_model, int(number)) if tracked_model and is_number else (None, 0)


def _model_name(model: type[Model]) -> str:
    return str(model._meta.model_name)
