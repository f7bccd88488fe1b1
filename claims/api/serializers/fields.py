"""What several resources say in the same way."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.export.addresses import address, list_address
from claims.models import Claim


@extend_schema_field({"type": "string", "format": "uri"})
class AddressField(serializers.Field[Any, Any, str, Any]):
    """The permanent address in this API of the row, or of the one whose id is in the column `source`."""

    def __init__(self, kind: str, *, source: str = "pk") -> None:
        super().__init__(source=source, read_only=True, help_text="The permanent address in this API.")
        self.kind = kind

    def to_representation(self, value: int) -> str:
        """The address."""
        return address(self.kind, value)


@extend_schema_field({"type": "string", "format": "uri"})
class ListAddressField(serializers.Field[Any, Any, str, Any]):
    """The address of the list of all the rows of one kind that refer to the row by `parameter`."""

    def __init__(self, kind: str, parameter: str, *, source: str = "pk") -> None:
        super().__init__(source=source, read_only=True, help_text="The address of all of them.")
        self.kind, self.parameter = kind, parameter

    def to_representation(self, value: int | str) -> str:
        """The address."""
        return list_address(self.kind, **{self.parameter: value})


class Spans(serializers.ListField):
    """Pairs of offsets."""

    child = serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2)


def web_address_field(whose: str) -> serializers.CharField:
    """An address outside this API."""
    return serializers.CharField(read_only=True, help_text=f"{whose} own address; empty where none is known.")


def status_field() -> serializers.CharField:
    """A claim's status."""
    return serializers.CharField(
        read_only=True, help_text=f"`{Claim.UNREVIEWED}`, `{Claim.IN_REVIEW}` or the slug of its rating."
    )
