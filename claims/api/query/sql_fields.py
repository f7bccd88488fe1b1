"""What several resources say in the same way."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Case, CharField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.query.json_expressions import RowCount, URLText
from claims.export.permalinks import list_url, permalink
from claims.models import Claim, Verification, VerificationState

FilteredRelations = Mapping[str, FilteredRelation]  # what a column needs the statement's rows to be annotated with


class ComputedField(ABC):
    """A field that is no column of the row."""

    @abstractmethod
    def computed(self, at: str) -> tuple[Any, FilteredRelations]:
        """How it is computed of the row at this path of the statement (empty, or with `__` at the end)."""


class CurrentVerificationMixin:
    """An object that is the current verification of a claim, or hangs on it: where `beyond` leads from there."""

    beyond: ClassVar[str] = ""

    def related(self, at: str) -> tuple[str, FilteredRelations]:
        """The path of it, from the claim at this path."""
        verification, aliases = current_verification(at)
        return f"{verification}{self.beyond}", aliases


@dataclass(frozen=True, slots=True)
class RelatedRows:
    """Rows that hang on a row, in an order: what `rows` gives for the path of the row's id; `most` at most."""

    rows: Callable[[str], QuerySet[Any]]
    most: int | None = None


@extend_schema_field({"type": "string", "format": "uri"})
class PermalinkField(serializers.Field[Any, Any, str, Any]):
    """The permanent address in this API of the row, or of the one whose id is in the column `source`."""

    def __init__(self, kind: str, *, source: str = "pk") -> None:
        super().__init__(source=source, read_only=True, help_text="The permanent address in this API.")
        self.kind = kind

    def column(self, path: str) -> URLText:
        """The address of what the column at this path names, as long as the site is where it is."""
        return URLText(permalink(self.kind, "").removesuffix("/"), path, "/")

    def to_representation(self, value: int) -> str:
        """The address."""
        return permalink(self.kind, value)


@extend_schema_field({"type": "string", "format": "uri"})
class ListURLField(serializers.Field[Any, Any, str, Any]):
    """The address of the list of all the rows of one kind that refer to the row by `parameter`."""

    def __init__(self, kind: str, parameter: str, *, source: str = "pk") -> None:
        super().__init__(source=source, read_only=True, help_text="The address of all of them.")
        self.kind, self.parameter = kind, parameter

    def column(self, path: str) -> URLText:
        """As above. What it goes by, an id or a slug, needs no quoting."""
        return URLText(list_url(self.kind, **{self.parameter: ""}), path, "")

    def to_representation(self, value: int | str) -> str:
        """The address."""
        return list_url(self.kind, **{self.parameter: value})


class SpansField(serializers.ListField):
    """Pairs of offsets."""

    child = serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2)


def external_url_field(whose: str) -> serializers.CharField:
    """An address outside this API."""
    return serializers.CharField(read_only=True, help_text=f"{whose} own address; empty where none is known.")


def current_verification(at: str) -> tuple[str, FilteredRelations]:
    """The published verification of the claim at this path; at most one a claim. Of an open claim, it is public."""
    alias = f"{at.replace('__', '_')}current"
    published = Q(**{f"{at}verifications__state": VerificationState.PUBLISHED})
    return alias, {alias: FilteredRelation(f"{at}verifications", condition=published)}


class ClaimStatusField(ComputedField, serializers.CharField):
    """A claim's status."""

    def __init__(self) -> None:
        super().__init__(
            read_only=True, help_text=f"`{Claim.UNREVIEWED}`, `{Claim.IN_REVIEW}` or the slug of its rating."
        )

    def computed(self, at: str) -> tuple[Any, FilteredRelations]:
        """As `Claim.objects.with_status()` has it."""
        alias, aliases = current_verification(at)
        submitted = Verification.objects.submitted_to_look_up().filter(claim=OuterRef(f"{at}pk"))
        status = Case(
            When(**{f"{alias}__isnull": False}, then=F(f"{alias}__rating__slug")),
            When(Exists(submitted), then=Value(Claim.IN_REVIEW)),
            default=Value(Claim.UNREVIEWED),
            output_field=CharField(),
        )
        return status, aliases


class RowCountField(ComputedField, serializers.IntegerField):
    """How many rows hang on the row: those that `rows` gives for the path of the row's id; counted to `most`."""

    most = 1000  # a list of topics would go through all claims else, and the most quoted would cost the most

    def __init__(self, rows: Callable[[str], QuerySet[Any]], *, help_text: str) -> None:
        super().__init__(read_only=True, help_text=f"{help_text} {self.most} stands for as many or more.")
        self.rows = rows

    def computed(self, at: str) -> tuple[Any, FilteredRelations]:
        """Counted for each row by itself."""
        return RowCount(self.rows(f"{at}pk").order_by().values("pk")[: self.most]), {}


def claim_in_full(**how: Any) -> Any:
    """A claim, with its verdict: what an answer may hold in place of a summary."""
    from claims.api.resources.serializers.claims import ClaimInFull  # noqa: PLC0415  # its module imports those that need this

    return ClaimInFull(read_only=True, **how)
