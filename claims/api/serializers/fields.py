"""What several resources say in the same way."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Case, CharField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.columns import AddressText, Counted
from claims.export.addresses import address, list_address
from claims.models import Claim, Verification, VerificationState

Aliases = Mapping[str, FilteredRelation]  # what a column needs the statement's rows to be annotated with


class Computed(ABC):
    """A field that is no column of the row."""

    @abstractmethod
    def computed(self, at: str) -> tuple[Any, Aliases]:
        """How it is computed of the row at this path of the statement (empty, or with `__` at the end)."""


class OfCurrent:
    """An object that is the current verification of a claim, or hangs on it: where `beyond` leads from there."""

    beyond: ClassVar[str] = ""

    def related(self, at: str) -> tuple[str, Aliases]:
        """The path of it, from the claim at this path."""
        verification, aliases = current(at)
        return f"{verification}{self.beyond}", aliases


@dataclass(frozen=True, slots=True)
class Hanging:
    """Rows that hang on a row, in an order: what `rows` gives for the path of the row's id; `most` at most."""

    rows: Callable[[str], QuerySet[Any]]
    most: int | None = None


@extend_schema_field({"type": "string", "format": "uri"})
class AddressField(serializers.Field[Any, Any, str, Any]):
    """The permanent address in this API of the row, or of the one whose id is in the column `source`."""

    def __init__(self, kind: str, *, source: str = "pk") -> None:
        super().__init__(source=source, read_only=True, help_text="The permanent address in this API.")
        self.kind = kind

    def column(self, path: str) -> AddressText:
        """The address of what the column at this path names, as long as the site is where it is."""
        return AddressText(address(self.kind, "").removesuffix("/"), path, "/")

    def to_representation(self, value: int) -> str:
        """The address."""
        return address(self.kind, value)


@extend_schema_field({"type": "string", "format": "uri"})
class ListAddressField(serializers.Field[Any, Any, str, Any]):
    """The address of the list of all the rows of one kind that refer to the row by `parameter`."""

    def __init__(self, kind: str, parameter: str, *, source: str = "pk") -> None:
        super().__init__(source=source, read_only=True, help_text="The address of all of them.")
        self.kind, self.parameter = kind, parameter

    def column(self, path: str) -> AddressText:
        """As above. What it goes by, an id or a slug, needs no quoting."""
        return AddressText(list_address(self.kind, **{self.parameter: ""}), path, "")

    def to_representation(self, value: int | str) -> str:
        """The address."""
        return list_address(self.kind, **{self.parameter: value})


class Spans(serializers.ListField):
    """Pairs of offsets."""

    child = serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2)


def web_address_field(whose: str) -> serializers.CharField:
    """An address outside this API."""
    return serializers.CharField(read_only=True, help_text=f"{whose} own address; empty where none is known.")


def current(at: str) -> tuple[str, Aliases]:
    """The published verification of the claim at this path; at most one a claim. Of an open claim, it is public."""
    alias = f"{at.replace('__', '_')}current"
    published = Q(**{f"{at}verifications__state": VerificationState.PUBLISHED})
    return alias, {alias: FilteredRelation(f"{at}verifications", condition=published)}


class StatusField(Computed, serializers.CharField):
    """A claim's status."""

    def __init__(self) -> None:
        super().__init__(
            read_only=True, help_text=f"`{Claim.UNREVIEWED}`, `{Claim.IN_REVIEW}` or the slug of its rating."
        )

    def computed(self, at: str) -> tuple[Any, Aliases]:
        """As `Claim.objects.with_status()` has it."""
        alias, aliases = current(at)
        submitted = Verification.objects.submitted_to_look_up().filter(claim=OuterRef(f"{at}pk"))
        status = Case(
            When(**{f"{alias}__isnull": False}, then=F(f"{alias}__rating__slug")),
            When(Exists(submitted), then=Value(Claim.IN_REVIEW)),
            default=Value(Claim.UNREVIEWED),
            output_field=CharField(),
        )
        return status, aliases


class CountField(Computed, serializers.IntegerField):
    """How many rows hang on the row: those that `rows` gives for the path of the row's id; counted to `most`."""

    most = 1000  # a list of topics would go through all claims else, and the most quoted would cost the most

    def __init__(self, rows: Callable[[str], QuerySet[Any]], *, help_text: str) -> None:
        super().__init__(read_only=True, help_text=f"{help_text} {self.most} stands for as many or more.")
        self.rows = rows

    def computed(self, at: str) -> tuple[Any, Aliases]:
        """Counted for each row by itself."""
        return Counted(self.rows(f"{at}pk").order_by().values("pk")[: self.most]), {}


def claim_in_full(**how: Any) -> Any:
    """A claim, with its verdict: what an answer may hold in place of a summary."""
    from claims.api.serializers.claims import ClaimInFull  # noqa: PLC0415  # its module imports those that need this

    return ClaimInFull(read_only=True, **how)
