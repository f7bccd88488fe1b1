"""Optimistic locking: a change is refused if somebody else changed the row after the editor loaded it.

A *version* is the newest entry of a row's own history. A *state token* also covers the rows that the row owns: the
newest entry of each history, joined by dots.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from simple_history.models import DeletedObject
from simple_history.utils import get_history_manager_for_model as history_of

from claims.services.errors import RefusedError
from claims.services.history.field_labels import HistoryRecord, format_minute
from claims.services.history.revisions import (
    HISTORY_TYPE_LABELS,
    HistoryEntry,
    history_querysets,
    list_history_entries,
)
from claims.truncation import truncate

MAX_ENTRIES_COMPARED = 200  # older entries are not listed to somebody whose form was open for that many
_DERIVED_FIELDS = ["updated_at", "decided_at", "decided_by"]  # they follow from other fields
_MAX_VALUE_LENGTH = 120  # characters of one value in a message
_MAX_ID_DIGITS = 18  # of a number that fits into a BIGINT
_NO_VALUE = "nothing"


class ChangedError(RefusedError):
    """Somebody else changed the row since the editor loaded it. The message says who, when and what."""


def get_version(row: models.Model) -> int:
    """The id of the newest entry in the row's history; 0 if there is none."""
    history = history_of(type(row)).filter(id=row.pk)
    newest: int | None = history.order_by("-history_id").values_list("history_id", flat=True).first()
    return newest or 0


def get_versions(model: type[models.Model], ids: Iterable[int]) -> dict[int, int]:
    """`get_version` of many rows of a model, by their ids, in one query."""
    ids = list(ids)
    newest = history_of(model).filter(id__in=ids).order_by().values_list("id").annotate(models.Max("history_id"))
    return dict.fromkeys(ids, 0) | dict(newest)


def refuse_if_changed(*, row: models.Model, seen: int | None) -> None:
    """Check that the row still is in its version `seen`; None skips the check. Call it with the row locked.

    Raises ChangedError with who changed what. Entries that change no field do not count, unless the row had no history:
    then its earlier values are unknown and every entry counts.
    """
    if seen is None:
        return
    history = history_of(type(row)).filter(id=row.pk)
    later = list(history.filter(history_id__gt=seen).order_by("history_id").select_related("history_user"))
    former = history.filter(history_id=seen).first()
    if former is None and seen:
        raise ChangedError(f"“{row}” has no version {seen}: reload the page.")
    if not later:
        return
    if former:
        changes = "; ".join(_describe_field_changes(former, later[-1]))
    else:
        changes = ", ".join(dict.fromkeys(entry.history_reason or "changed" for entry in later))
    if not changes:
        return
    raise ChangedError(
        f"“{_truncate(str(row))}” was changed by {later[-1].history_user or 'factbase'} at "
        f"{later[-1].history_date:%H:%M} UTC: {changes}. Your change was not saved: check it and try again."
    )


def get_state_token(row: models.Model) -> str:
    """Identifies the current state of the row and of the rows it owns."""
    return ".".join(
        str(history.aggregate(newest=models.Max("history_id"))["newest"] or 0)
        for _, history in history_querysets(type(row), row.pk)
    )


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """The entries that changed a row after a state, newest first. `is_known` is False for a token of no state."""

    entries: tuple[HistoryEntry, ...]
    is_known: bool = True


def list_changes_since(*, row: models.Model, seen: str) -> ChangesSince:
    """Entries later than the state token `seen`, without those that change no field (as in `refuse_if_changed`)."""
    model = type(row)
    histories = history_querysets(model, row.pk)
    ids = seen.split(".")
    if len(ids) != len(histories) or not all(n.isascii() and n.isdigit() and len(n) <= _MAX_ID_DIGITS for n in ids):
        return ChangesSince((), is_known=False)
    if not any(history.filter(history_id__gt=n).exists() for (_, history), n in zip(histories, ids, strict=True)):
        return ChangesSince(())
    last_seen = {
        "" if tracked_model is model else tracked_model._meta.model_name: int(n)
        for (tracked_model, _), n in zip(histories, ids, strict=True)
    }

    def is_later(entry: HistoryEntry) -> bool:
        name, _, number = entry.key.rpartition("-")
        return int(number) > last_seen[name]

    entries, _ = list_history_entries(model=model, pk=row.pk, limit=MAX_ENTRIES_COMPARED)
    return ChangesSince(
        tuple(
            entry
            for entry in filter(is_later, entries)
            if entry.changes or entry.kind != HISTORY_TYPE_LABELS["~"] or not entry.is_known
        )
    )


def refuse_if_state_changed(*, row: models.Model, seen: str) -> None:
    """Check that the row still is in the state `seen`, a token; an empty one skips the check. Raises ChangedError."""
    if not seen:
        return
    since = list_changes_since(row=row, seen=seen)
    if not since.is_known:
        raise ChangedError(f"“{row}” has no such version: reload the page.")
    if since.entries:
        raise ChangedError(describe_conflict(row, since.entries[0]))


def describe_conflict(row: models.Model, entry: HistoryEntry) -> str:
    if entry.changes:
        changes = "; ".join(
            f"{change.label}: {_format_text(change.old)} → {_format_text(change.new)}" for change in entry.changes
        )
        changes = f"{entry.about}: {changes}" if entry.about else changes
    else:
        changes = f"{entry.kind.lower()} {entry.about}" if entry.is_known else entry.reason
    return f"{entry.by} changed “{_truncate(str(row))}” at {entry.at:%H:%M} UTC: {changes}. Your change was not saved."


def _describe_field_changes(old: HistoryRecord, new: HistoryRecord) -> list[str]:
    """The differences between two entries of a row's history: `speaker: nothing → “Ann Wu”`."""
    delta = new.diff_against(old, excluded_fields=_DERIVED_FIELDS, foreign_keys_are_objs=True)
    return [
        f"{new.instance_type._meta.get_field(change.field).verbose_name}: "
        f"{_format_value(change.old)} → {_format_value(change.new)}"
        for change in delta.changes
    ]


def _format_value(value: Any) -> str:
    if value is None or value in ("", []) or (isinstance(value, DeletedObject) and value.pk is None):
        return _NO_VALUE
    if isinstance(value, datetime):
        return format_minute(value)
    if isinstance(value, list):  # rows of a many-to-many field, or spans
        return ", ".join(str(next(reversed(item.values()))) if isinstance(item, dict) else str(item) for item in value)
    return _format_text(str(value)) if isinstance(value, str | models.Model) else str(value)


def _format_text(text: str) -> str:
    return f"“{_truncate(text)}”" if text else _NO_VALUE


def _truncate(text: str) -> str:
    return truncate(text, _MAX_VALUE_LENGTH)
