"""Which state of a row an editor looked at, and what others changed since."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.models import DeletedObject

from claims.services.errors import RefusedError

EMPTY_VALUE = "nothing"
_DERIVED_FIELDS = ["updated_at", "decided_at", "decided_by"]  # what follows from the others
_MAX_VALUE_LENGTH = 120  # characters of a value in a sentence


class ChangedError(RefusedError):
    """Somebody else changed the row since it was looked at; the message says who, when, and what."""


def get_version(row: Any) -> int:
    """The newest entry in the row's history; 0 where there is none."""
    newest: int | None = row.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return newest or 0


def get_versions(model: Any, keys: Iterable[int]) -> dict[int, int]:
    """The newest entry in the history of each of these rows of the model, as `version_of` tells it of one."""
    keys = list(keys)
    rows = model.history.filter(id__in=keys).order_by().values_list("id").annotate(models.Max("history_id"))
    return dict.fromkeys(keys, 0) | dict(rows)


def refuse_if_changed(*, row: Any, seen: int | None) -> None:
    """Within a transaction, with the row locked: whether it still is as in its version `seen`; None asks nothing.

    Raises ChangedError with what was changed since, by whom. An entry that changed no column is no change; of a row
    that had no history, whose former state is not known, each entry is one.
    """
    if seen is None:
        return
    later = list(row.history.filter(history_id__gt=seen).order_by("history_id").select_related("history_user"))
    former = row.history.filter(history_id=seen).first()
    if former is None and seen:
        raise ChangedError(f"“{row}” has no version {seen}: load the page again.")
    if not later:
        return
    changes = describe_field_changes(former, later[-1]) if former else [_join_reasons(later)]
    if not changes:
        return
    by = later[-1].history_user
    raise ChangedError(
        f"“{_truncate_text(str(row))}” was changed meanwhile by {by or 'factbase itself'} at "
        f"{later[-1].history_date:%H:%M} UTC: {'; '.join(changes)}. Nothing was overwritten: look at it again."
    )


def describe_field_changes(former: Any, later: Any) -> list[str]:
    """What differs from one entry of a row's history to a later one: `speaker: nobody → Ann Wu`."""
    delta = later.diff_against(former, excluded_fields=_DERIVED_FIELDS, foreign_keys_are_objs=True)
    return [
        f"{_history_field_label(later, each.field)}: {_format_changed_value(each.old)} → {_format_changed_value(each.new)}"
        for each in delta.changes
    ]


def _join_reasons(entries: Iterable[Any]) -> str:
    """Why each of them is there, said once."""
    return ", ".join(dict.fromkeys(each.history_change_reason or "changed" for each in entries))


def _history_field_label(entry: Any, field: str) -> str:
    return str(entry.instance_type._meta.get_field(field).verbose_name)  # public by its docs


def _format_changed_value(value: Any) -> str:
    if value is None or value in ("", []) or (isinstance(value, DeletedObject) and value.pk is None):
        return EMPTY_VALUE
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list):  # of rows of a many-to-many field, or of spans
        return ", ".join(str(next(reversed(each.values()))) if isinstance(each, dict) else str(each) for each in value)
    return f"“{_truncate_text(str(value))}”" if isinstance(value, str | models.Model) else str(value)


def _truncate_text(text: str) -> str:
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[: _MAX_VALUE_LENGTH - 1]}…"
