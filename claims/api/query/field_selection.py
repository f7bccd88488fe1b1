"""Which fields of an answer are asked for, and what is to come in full."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from rest_framework import serializers

MAX_FIELD_NAMES = 100  # names in one parameter


class UnknownFieldError(Exception):
    """The answer has no such field, or nothing of that name that could come in full."""

    def __init__(self, parameter: str, name: str, known: Sequence[str]) -> None:
        super().__init__(f"{name[:100]!r} is not among: {', '.join(known)}")
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class FieldSelection:
    """Of one object: `fields` are the dotted names asked for (None: all), `expand` what of it is to come in full."""

    fields: frozenset[str] | None = None
    expand: frozenset[str] = frozenset()

    @classmethod
    def of(cls, serializer: Any, fields: Sequence[str] | None, expand: Sequence[str]) -> Self:
        """As asked; raises UnknownFieldError. Naming a field that only comes in full asks for that too."""
        known = expandable_names(serializer)
        for name in expand:
            if name not in known:
                raise UnknownFieldError("expand", name, known or ["nothing here"])
        more = set(expand)
        for name in fields or ():
            if name in field_names(serializer):
                continue
            if name not in all_field_names(serializer):
                raise UnknownFieldError("fields", name, all_field_names(serializer))
            more.add(name.partition(".")[0])
        return cls(None if fields is None else frozenset(fields), frozenset(more))

    def fields_of(self, serializer: type[Any]) -> Iterator[tuple[str, Any]]:
        """The fields that come, in the serializer's order."""
        for name, field in _bound_fields(serializer, self.expand):
            if self.fields is None or name in self.fields or any(each.startswith(f"{name}.") for each in self.fields):
                yield name, field

    def within(self, name: str) -> "FieldSelection":
        """Of the object in this field."""
        if self.fields is None or name in self.fields:
            return FieldSelection()
        start = f"{name}."
        return FieldSelection(frozenset(each[len(start) :] for each in self.fields if each.startswith(start)))


def expandable_names(serializer: Any) -> list[str]:
    """What can come in full."""
    return sorted(getattr(serializer, "expandable", {}))


@cache
def field_names(serializer: Any) -> list[str]:
    """Every field, those of objects within it as dotted names."""
    return list(_iter_field_names(serializer, frozenset()))


@cache
def all_field_names(serializer: Any) -> list[str]:
    """The same, with what only comes in full."""
    return list(
        dict.fromkeys(
            [*field_names(serializer), *_iter_field_names(serializer, frozenset(expandable_names(serializer)))]
        )
    )


def _bound_fields(serializer: type[Any], expand: frozenset[str]) -> list[tuple[str, Any]]:
    instance = serializer()
    fields = dict(instance.fields.items())
    for name in sorted(expand):
        fields[name] = serializer.expandable[name]()
        fields[name].bind(name, instance)
    return list(fields.items())


def _iter_field_names(serializer: type[Any], expand: frozenset[str]) -> Iterator[str]:
    for name, field in _bound_fields(serializer, expand):
        yield name
        within = field.child if isinstance(field, serializers.ListSerializer) else field
        if isinstance(within, serializers.BaseSerializer):
            yield from (f"{name}.{each}" for each in _iter_field_names(type(within), frozenset()))
