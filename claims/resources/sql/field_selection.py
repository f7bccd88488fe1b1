"""Which fields of a resource a request asks for (`fields`), and which nested objects in full (`expand`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from rest_framework import serializers

MAX_FIELD_NAMES = 100  # in one parameter

BoundField = Any  # a field or nested serializer, which has a `source`
SerializerClass = Any  # a serializer, which may have `expandable` fields


class UnknownFieldError(Exception):
    """The resource has no such field, or none of that name that can be expanded."""

    def __init__(self, parameter: str, name: str, known: Sequence[str]) -> None:
        super().__init__(f"unknown field {name[:100]!r}; available: {', '.join(known) or 'none'}")
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class FieldSelection:
    """The selection within one object: dotted names of its fields (None for all), and the fields to expand."""

    fields: frozenset[str] | None = None
    expand: frozenset[str] = frozenset()

    @classmethod
    def of(cls, serializer: SerializerClass, fields: Sequence[str] | None, expand: Sequence[str]) -> Self:
        """Checks the names. Selecting a field that only an expansion has implies the expansion.

        Raises UnknownFieldError.
        """
        expandable = expandable_names(serializer)
        for name in expand:
            if name not in expandable:
                raise UnknownFieldError("expand", name, expandable)
        expanded = set(expand)
        for name in fields or ():
            if name in field_names(serializer):
                continue
            if name not in all_field_names(serializer):
                raise UnknownFieldError("fields", name, all_field_names(serializer))
            expanded.add(name.partition(".")[0])
        return cls(None if fields is None else frozenset(fields), frozenset(expanded))

    def selected_fields(self, serializer: SerializerClass) -> Iterator[tuple[str, BoundField]]:
        """Yields the names and bound fields that are selected, in the serializer's order."""
        for name, field in _bound_fields(serializer, self.expand):
            if (
                self.fields is None
                or name in self.fields
                or any(selected.startswith(f"{name}.") for selected in self.fields)
            ):
                yield name, field

    def nested(self, name: str) -> "FieldSelection":
        """Returns the selection within the object in this field."""
        if self.fields is None or name in self.fields:
            return FieldSelection()
        prefix = f"{name}."
        return FieldSelection(
            frozenset(selected.removeprefix(prefix) for selected in self.fields if selected.startswith(prefix))
        )


def expandable_names(serializer: SerializerClass) -> list[str]:
    return sorted(getattr(serializer, "expandable", {}))


@cache
def field_names(serializer: SerializerClass) -> list[str]:
    """Returns the names of all fields, those of nested objects as dotted names."""
    return list(_iter_field_names(serializer, frozenset()))


@cache
def all_field_names(serializer: SerializerClass) -> list[str]:
    """Returns `field_names`, and the names that expansions add."""
    expanded = _iter_field_names(serializer, frozenset(expandable_names(serializer)))
    return list(dict.fromkeys([*field_names(serializer), *expanded]))


def _bound_fields(serializer: SerializerClass, expand: frozenset[str]) -> list[tuple[str, BoundField]]:
    instance = serializer()
    fields = dict(instance.fields.items())
    for name in sorted(expand):
        fields[name] = serializer.expandable[name]()
        fields[name].bind(name, instance)
    return list(fields.items())


def _iter_field_names(serializer: SerializerClass, expand: frozenset[str]) -> Iterator[str]:
    for name, field in _bound_fields(serializer, expand):
        yield name
        item = field.child if isinstance(field, serializers.ListSerializer) else field
        if isinstance(item, serializers.BaseSerializer):
            yield from (f"{name}.{nested}" for nested in _iter_field_names(type(item), frozenset()))
