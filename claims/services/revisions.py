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
from claims.services.labels import Labels, named, options, said

# model: the models whose rows belong to one of its rows, by the name of their field
BELONGING: dict[Any, dict[Any, str]] = {
    Speaker: {SpeakerName: "speaker", Position: "speaker"},
    Verification: {Evidence: "verification"},
}
# What follows from other fields, or says nothing to a person.
LEFT_OUT = {"id", "updated_at", "created_at", "key", "family_key", "fingerprint"}
KINDS = {"+": "Added", "~": "Changed", "-": "Removed"}
_ONE_STROKE = timedelta(seconds=1)  # what is stored with a row lies this close behind it


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is another now, in words."""

    name: str
    label: str
    former: str
    later: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a history: what was done (`Added`, …) to what (`about`, empty for the row itself), and why.

    `is_known` is False for a change of a row that had no history before: what it was then, nobody wrote down.
    """

    key: str
    at: datetime
    by: str
    kind: str
    about: str
    reason: str
    changes: tuple[Change, ...]
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """A row with what belongs to it, as it was after one entry: by field, the value and how it is said."""

    key: str
    at: datetime
    by: str
    values: dict[str, Any]
    said: dict[str, str]
    belonging: dict[str, list[Any]] = field(default_factory=dict)


def models_of(model: Any) -> dict[str, Any]:
    """The history of the model and of those that belong to it, by their names."""
    return {options(each).model_name: each for each in (model, *BELONGING.get(model, {}))}


def fields_of(model: Any) -> list[Any]:
    """The fields whose values are told, many-to-many ones last."""
    parents = set(BELONGING_TO.get(model, ()))
    plain = [each for each in options(model).concrete_fields if each.name not in LEFT_OUT | parents]
    return [*plain, *getattr(model.history.model, "_history_m2m_fields", ())]


BELONGING_TO: dict[Any, list[str]] = {child: [name] for of in BELONGING.values() for child, name in of.items()}


def entries(*, model: Any, pk: int, first: int = 0, most: int = 50) -> tuple[list[Entry], bool]:
    """The newest entries from the `first` on, and whether there are older ones. Queries do not grow with them."""
    found: list[tuple[Any, Any]] = []
    for each, rows in histories(model, pk):
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
    labels = Labels(records)
    return [_entry(model, each, row, formers[each].get(row.former_id), labels) for each, row in shown], (
        len(found) > first + most
    )


def state(*, model: Any, pk: int, key: str) -> State | None:
    """The row as it was after the entry with this key; None if its history has no such entry."""
    name, _, number = key.rpartition("-")
    model_name = options(model).model_name
    of = models_of(model).get(name or model_name)
    if (
        of is None
        or not (number.isascii() and number.isdigit())
        or len(number) > 18
        or name == model_name
        or key[:1] == "-"
    ):
        return None
    at = dict(histories(model, pk))[of].filter(history_id=number).select_related("history_user").first()
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
    until = dict.fromkeys(BELONGING.get(model, {}), at.history_date)
    if of is model:
        later = model.history.filter(id=pk, history_id__gt=at.history_id).order_by("history_id")
        next_one = later.values_list("history_date", flat=True).first()
        stroke = at.history_date + _ONE_STROKE
        until = dict.fromkeys(until, min(stroke, next_one) if next_one else stroke)
    belonging = {
        options(each).model_name: _belonging(each, name, pk, moment, at if each is of else None)
        for (each, name), moment in zip(BELONGING.get(model, {}).items(), until.values(), strict=True)
    }
    return _state(model, key, at, own, belonging)


def newest(*, model: Any, pk: int) -> State | None:
    """The row as its histories say that it is now."""
    own = model.history.filter(id=pk).order_by("-history_id").select_related("history_user").first()
    if own is None:
        return None
    belonging = {
        options(each).model_name: _belonging(each, name, pk, None, None)
        for each, name in BELONGING.get(model, {}).items()
    }
    return _state(model, str(own.history_id), own, own, belonging)


def differences(former: State, later: State, model: Any) -> list[Change]:
    """The fields, and the sets of rows that belong to it, that differ from one state to the other."""
    found = (
        _change(name, label, (former.said[name], later.said[name]), (former.values[name], later.values[name]))
        for name, label in names_of(model)
        if former.values[name] != later.values[name]
    )
    return [change for change in found if change]


def names_of(model: Any) -> list[tuple[str, str]]:
    """What is told of a state: fields, then what belongs to the row; each with what it is called."""
    fields = [(each.name, named(each)) for each in fields_of(model)]
    return fields + [
        (options(each).model_name, str(options(each).verbose_name_plural)) for each in BELONGING.get(model, {})
    ]


def histories(model: Any, pk: int) -> list[tuple[Any, Any]]:
    """The entries of the row, and of the rows that belong to it, by model."""
    own = [(model, model.history.filter(id=pk))]
    return own + [(each, each.history.filter(**{name: pk})) for each, name in BELONGING.get(model, {}).items()]


def _belonging(model: Any, name: str, pk: int, moment: datetime | None, last: Any) -> list[Any]:
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


def _state(model: Any, key: str, at: Any, own: Any, belonging: dict[str, list[Any]]) -> State:
    labels = Labels([own, *(row for rows in belonging.values() for row in rows)])
    values = {each.name: labels.value(own, each) for each in fields_of(model)}
    words = {each.name: said(each, values[each.name], labels) for each in fields_of(model)}
    for name, rows in belonging.items():
        of = models_of(model)[name]
        tell = partial(_told, of, labels=labels)
        values[name] = [{each.name: labels.value(row, each) for each in fields_of(of)} for row in rows]
        words[name] = "\n".join(map(tell, rows))
    return State(key, at.history_date, _who(at), values, words, belonging)


def _told(model: Any, row: Any, *, labels: Labels) -> str:
    parts = (said(each, labels.value(row, each), labels) for each in fields_of(model))
    return " · ".join(part for part in parts if part)


def _entry(model: Any, of: Any, row: Any, former: Any, labels: Labels) -> Entry:
    own = of is model
    about = "" if own else f"{options(of).verbose_name} “{_told(of, row, labels=labels)}”"
    changes: Iterable[Change] = ()
    if row.history_type == "~" and former is not None:
        changes = _changes(of, former, row, labels)
    return Entry(
        key=str(row.history_id) if own else f"{options(of).model_name}-{row.history_id}",
        at=row.history_date,
        by=_who(row),
        kind=KINDS[row.history_type],
        about=about,
        reason=row.history_change_reason or "",
        changes=tuple(changes),
        is_known=row.history_type != "~" or former is not None,
    )


def _changes(model: Any, former: Any, later: Any, labels: Labels) -> Iterable[Change]:
    for each in fields_of(model):
        before, after = labels.value(former, each), labels.value(later, each)
        if before != after:
            words = said(each, before, labels), said(each, after, labels)
            if change := _change(each.name, named(each), words, (before, after)):
                yield change


def _change(name: str, label: str, words: tuple[str, str], values: tuple[Any, Any]) -> Change | None:
    """The change in words. Two rows of one name are told apart by their numbers, two moments in one minute are not."""
    if words[0] != words[1]:
        return Change(name, label, *words)
    if not isinstance(values[0], int | tuple):
        return None
    former, later = (f"{said} ({_numbers(value)})" for said, value in zip(words, values, strict=True))
    return Change(name, label, former, later)


def _numbers(value: Any) -> str:
    return ", ".join(f"#{each}" for each in (value if isinstance(value, tuple) else (value,)))


def _who(row: Any) -> str:
    return str(row.history_user) if row.history_user else "factbase"


def moment(at: datetime) -> str:
    """A moment as it is written in a reason."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _parsed(model: Any, key: str) -> tuple[Any, int]:
    """The model whose history has the entry with this key, and its number; None for what is no key."""
    name, dash, number = key.rpartition("-")
    of = {options(each).model_name: each for each in BELONGING.get(model, {})}.get(name) if dash else model
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return (of, int(number)) if of and is_number else (None, 0)
