"""Which other objects the declared resources show or count, and which columns of these."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from rest_framework import serializers

from claims.resources import RESOURCES
from claims.resources.fields import RowCountField


def related_objects(serializer: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yields the lookup of each related object that a serializer shows or counts, and its field."""
    for field in serializer().fields.values():
        lookup = prefix + field.source.replace(".", "__")
        item = getattr(field, "child", field)
        if isinstance(item, RowCountField | serializers.BaseSerializer):
            yield lookup, item
        if isinstance(item, serializers.BaseSerializer):
            yield from related_objects(type(item), f"{lookup}__")


def columns_shown_elsewhere(model: type[Model]) -> list[str]:
    """Returns the columns of a model that resources show of related objects."""
    sources = {
        field.source
        for resource in RESOURCES.values()
        for _, item in related_objects(resource.serializer_class)
        if isinstance(item, serializers.ModelSerializer) and item.Meta.model is model
        for field in item.fields.values()
    }
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [field.attname for field in fields if sources & {field.name, field.attname}]
