"""What a row was at each moment, and what changed from one to the next: who, when, what, why.

Rows that belong to another (a speaker's names, a verification's evidence) are told in the history of that one. An entry
of a history is named by a key: `17` is entry 17 of the row's own history, `speakername-5` one of a row of its.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from claims.models import Evidence, Position, Speaker, SpeakerName, Verification
from claims.services.history.field_labels import ReferenceLabels, field_label, format_history_value, model_options

# model: the models whose rows belong to one of its rows, by the name of their field
OWNED_MODELS: dict[Any, dict[Any, str]] = {
    Speaker: {SpeakerName: "speaker", Position: "speaker"},
    Verification: {Evidence: "verification"},
}
# What follows from other fields, or says nothing to a person.
HIDDEN_FIELDS = {"id", "updated_at", "created_at", "key", "family_key", "fingerprint"}
HISTORY_TYPE_LABELS = {"+": "Added", "~": "Changed", "-": "Removed"}
_SAME_SAVE_WINDOW = timedelta(seconds=1)  # what is stored with a row lies this close behind it


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is another now, in words."""

    name: str
    label: str
    former: str
    later: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of a history: what was done (`Added`, …) to what (`about`, empty for the row itself), and why.

    `is_known` is False for a change of a row that had no history before: what it was then, nobody wrote down.
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
    """A row with what belongs to it, as it was after one entry: by field, the value and how it is said."""

    key: str
    at: datetime
    by: str
    values: dict[str, Any]
    said: dict[str, str]
    belonging: dict[str, list[Any]] = field(default_factory=dict)


def tracked_models(model: Any) -> dict[str, Any]:
    """The history of the model and of those that belong to it, by their names."""
    return {model_options(each).model_name: each for each in (model, *OWNED_MODELS.get(model, {}))}


def tracked_fields(model: Any) -> list[Any]:
    """The fields whose values are told, many-to-many ones last."""
    parents = set(OWNER_FIELDS.get(model, ()))
    plain = [each for each in model_options(model).concrete_fields if each.name not in HIDDEN_FIELDS | parents]
    return [*plain, *getattr(model.history.model, "_history_m2m_fields", ())]


OWNER_FIELDS: dict[Any, list[str]] = {child: [name] for of in OWNED_MODELS.values() for child, name in of.items()}


def list_history_entries(*, model: Any, pk: int, first: int = 0, most: int = 50) -> tuple[list[HistoryEntry], bool]:
    """The newest entries from the `first` on, and whether there are older ones. Queries do not grow with them."""
    found: list[tuple[Any, Any]] = []
    for each, rows in history_querysets(model, pk):
        former = (
            each.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
            .order_by("-history_id")
            .values("history_id")[:1]
        )
        newest = rows.select_related("history_user").annotate(former_id=Subquery(former))
        found += [(each, row) for row in newest.order_by("-history_date", "-history_id")[: first + most + 1]]
    found.sort(key=lambda pair: (pair[1].history_date, pair[1].history_id), reverse=True)
    shown = found[first : first + most]
    formers: dict[Any, dict[int, Any]] = {}
    for each in {each for each, _ in shown}:
        wanted = [row.former_id for of, row in shown if of is each and row.former_id]
        formers[each] = each.history.in_bulk(wanted)
    records = [row for _, row in shown] + [row for rows in formers.values() for row in rows.values()]
    labels = ReferenceLabels(records)
    return [_build_entry(model, each, row, formers[each].get(row.former_id), labels) for each, row in shown], (
        len(found) > first + most
    )


def get_state(*, model: Any, pk: int, key: str) -> RowState | None:
    """The row as it was after the entry with this key; None if its history has no such entry."""
    name, _, number = key.rpartition("-")
    model_name = model_options(model).model_name
    of = tracked_models(model).get(name or model_name)
    if (
        of is None
        or not (number.isascii() and number.isdigit())
        or len(number) > 18
        or name == model_name
        or key[:1] == "-"
    ):
        return None
    at = dict(history_querysets(model, pk))[of].filter(history_id=number).select_related("history_user").first()
    if at is None:
        return None
    own = at
    if of is not model:
        earlier = model.history.filter(id=pk, history_date__lte=at.history_date).order_by(
            "-history_date", "-history_id"
        )
        own = earlier.first() or model.history.filter(id=pk).order_by("history_id").first()
    if own is None:
        return None
    until = dict.fromkeys(OWNED_MODELS.get(model, {}), at.history_date)
    if of is model:
        later = model.history.filter(id=pk, history_id__gt=at.history_id).order_by("history_id")
        next_one = later.values_list("history_date", flat=True).first()
        stroke = at.history_date + _SAME_SAVE_WINDOW
        until = dict.fromkeys(until, min(stroke, next_one) if next_one else stroke)
    belonging = {
        model_options(each).model_name: _owned_rows_at(each, name, pk, moment, at if each is of else None)
        for (each, name), moment in zip(OWNED_MODELS.get(model, {}).items(), until.values(), strict=True)
    }
    return _build_state(model, key, at, own, belonging)


def get_current_state(*, model: Any, pk: int) -> RowState | None:
    """The row as its histories say that it is now."""
    own = model.history.filter(id=pk).order_by("-history_id").select_related("history_user").first()
    if own is None:
        return None
    belonging = {
        model_options(each).model_name: _owned_rows_at(each, name, pk, None, None)
        for each, name in OWNED_MODELS.get(model, {}).items()
    }
    return _build_state(model, str(own.history_id), own, own, belonging)


def diff_states(former: RowState, later: RowState, model: Any) -> list[FieldChange]:
    """The fields, and the sets of rows that belong to it, that differ from one state to the other."""
    found = (
        _build_field_change(
            name, label, (former.said[name], later.said[name]), (former.values[name], later.values[name])
        )
        for name, label in state_field_labels(model)
        if former.values[name] != later.values[name]
    )
    return [change for change in found if change]


def state_field_labels(model: Any) -> list[tuple[str, str]]:
    """What is told of a state: fields, then what belongs to the row; each with what it is called."""
    fields = [(each.name, field_label(each)) for each in tracked_fields(model)]
    return fields + [
        (model_options(each).model_name, str(model_options(each).verbose_name_plural))
        for each in OWNED_MODELS.get(model, {})
    ]


def history_querysets(model: Any, pk: int) -> list[tuple[Any, Any]]:
    """The entries of the row, and of the rows that belong to it, by model."""
    own = [(model, model.history.filter(id=pk))]
    return own + [(each, each.history.filter(**{name: pk})) for each, name in OWNED_MODELS.get(model, {}).items()]


def _owned_rows_at(model: Any, name: str, pk: int, moment: datetime | None, last: Any) -> list[Any]:
    """The entries of rows of `model` that belonged to `pk` at the moment, or now; up to `last` if that is given."""
    ids = model.history.filter(**{name: pk}).order_by().values("id")
    rows = model.history.filter(id__in=ids)
    if moment is not None:
        rows = rows.filter(history_date__lte=moment)
    if last is not None:
        rows = rows.filter(history_id__lte=last.history_id)
    newest_of_each = rows.order_by().values("id").annotate(n=Max("history_id")).values("n")
    found = model.history.filter(history_id__in=newest_of_each).order_by("id")
    return [row for row in found if row.history_type != "-" and getattr(row, f"{name}_id") == pk]


def _build_state(model: Any, key: str, at: Any, own: Any, belonging: dict[str, list[Any]]) -> RowState:
    labels = ReferenceLabels([own, *(row for rows in belonging.values() for row in rows)])
    values = {each.name: labels.value(own, each) for each in tracked_fields(model)}
    words = {each.name: format_history_value(each, values[each.name], labels) for each in tracked_fields(model)}
    for name, rows in belonging.items():
        of = tracked_models(model)[name]
        tell = partial(_describe_owned_row, of, labels=labels)
        values[name] = [{each.name: labels.value(row, each) for each in tracked_fields(of)} for row in rows]
        words[name] = "\n".join(map(tell, rows))
    return RowState(key, at.history_date, _editor_name(at), values, words, belonging)


def _describe_owned_row(model: Any, row: Any, *, labels: ReferenceLabels) -> str:
    parts = (format_history_value(each, labels.value(row, each), labels) for each in tracked_fields(model))
    return " · ".join(part for part in parts if part)


def _build_entry(model: Any, of: Any, row: Any, former: Any, labels: ReferenceLabels) -> HistoryEntry:
    own = of is model
    about = "" if own else f"{model_options(of).verbose_name} “{_describe_owned_row(of, row, labels=labels)}”"
    changes: Iterable[FieldChange] = ()
    if row.history_type == "~" and former is not None:
        changes = _diff_fields(of, former, row, labels)
    return HistoryEntry(
        key=str(row.history_id) if own else f"{model_options(of).model_name}-{row.history_id}",
        at=row.history_date,
        by=_editor_name(row),
        kind=HISTORY_TYPE_LABELS[row.history_type],
        about=about,
        reason=row.history_change_reason or "",
        changes=tuple(changes),
        is_known=row.history_type != "~" or former is not None,
    )


def _diff_fields(model: Any, former: Any, later: Any, labels: ReferenceLabels) -> Iterable[FieldChange]:
    for each in tracked_fields(model):
        before, after = labels.value(former, each), labels.value(later, each)
        if before != after:
            words = format_history_value(each, before, labels), format_history_value(each, after, labels)
            if change := _build_field_change(each.name, field_label(each), words, (before, after)):
                yield change


def _build_field_change(name: str, label: str, words: tuple[str, str], values: tuple[Any, Any]) -> FieldChange | None:
    """The change in words. Two rows of one name are told apart by their numbers, two moments in one minute are not."""
    if words[0] != words[1]:
        return FieldChange(name, label, *words)
    if not isinstance(values[0], int | tuple):
        return None
    former, later = (f"{said} ({_format_ids(value)})" for said, value in zip(words, values, strict=True))
    return FieldChange(name, label, former, later)


def _format_ids(value: Any) -> str:
    return ", ".join(f"#{each}" for each in (value if isinstance(value, tuple) else (value,)))


def _editor_name(row: Any) -> str:
    return str(row.history_user) if row.history_user else "factbase"


def format_minute(at: datetime) -> str:
    """A moment as it is written in a reason."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _parsed(model: Any, key: str) -> tuple[Any, int]:
    """The model whose history has the entry with this key, and its number; None for what is no key."""
    name, dash, number = key.rpartition("-")
    of = {model_options(each).model_name: each for each in OWNED_MODELS.get(model, {})}.get(name) if dash else model
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return (of, int(number)) if of and is_number else (None, 0)
