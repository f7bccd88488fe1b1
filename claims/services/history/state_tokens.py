"""Which state of a row an editor looked at, and what others changed since, in the row and in what belongs to it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from claims.services.history.field_labels import model_options
from claims.services.history.revisions import HistoryEntry, history_querysets, list_history_entries

MAX_ENTRIES_COMPARED = 200  # entries; whoever left a form open for longer than that is told of these


def get_state_token(row: Any) -> str:
    """What names the state of the row and of what belongs to it: the newest entry of each of their histories."""
    return ".".join(
        str(rows.aggregate(n=Max("history_id"))["n"] or 0) for _, rows in history_querysets(type(row), row.pk)
    )


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What others did to a row since it was looked at: one entry for each that changed something."""

    entries: tuple[HistoryEntry, ...]
    known: bool = True


def list_changes_since(*, row: Any, seen: str) -> ChangesSince:
    """What was changed since the state `seen`, newest first; an entry that changed no field is none, unless the row
    had no history before: then nobody knows.

    `known` is False if `seen` names no state of this row.
    """
    model = type(row)
    there = history_querysets(model, row.pk)
    numbers = seen.split(".")
    if len(numbers) != len(there) or not all(n.isascii() and n.isdigit() and len(n) < 19 for n in numbers):
        return ChangesSince((), known=False)
    if not any(rows.filter(history_id__gt=n).exists() for (_, rows), n in zip(there, numbers, strict=True)):
        return ChangesSince(())
    found = list_history_entries(model=model, pk=row.pk, most=MAX_ENTRIES_COMPARED)[0]
    limits = {
        "" if each is model else f"{model_options(each).model_name}-": int(n)
        for (each, _), n in zip(there, numbers, strict=True)
    }
    later = [
        entry for entry in found if _entry_number(entry.key) > limits[entry.key[: -len(str(_entry_number(entry.key)))]]
    ]
    return ChangesSince(
        tuple(entry for entry in later if entry.changes or entry.kind != "Changed" or not entry.is_known)
    )


def describe_conflict(row: Any, entry: HistoryEntry) -> str:
    """What somebody changed meanwhile, in a sentence."""
    if entry.changes:
        what = "; ".join(
            f"{each.label}: {_quote_value(each.former)} → {_quote_value(each.later)}" for each in entry.changes
        )
    else:
        what = f"{entry.kind.lower()} {entry.about}" if entry.is_known else entry.reason
    about = f" {entry.about}:" if entry.about and entry.changes else ""
    return f"{entry.by} changed “{_truncate_value(str(row))}” meanwhile, at {entry.at:%H:%M} UTC:{about} {what}. Nothing was stored."


def _quote_value(text: str) -> str:
    return f"“{_truncate_value(text)}”" if text else "nothing"


def _truncate_value(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


def _entry_number(key: str) -> int:
    return int(key.rpartition("-")[2])
