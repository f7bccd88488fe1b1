"""Serializer fields that tell `claims.resources.sql.sql_serializer` how to read them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, F, FilteredRelation, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.models import Change, Claim, Touched, Verification, VerificationState
from claims.resources.permalinks import list_url, page_url, permalink
from claims.resources.sql.expressions import ExecutionTime, RowCount, URLText

FilteredRelations = Mapping[str, FilteredRelation]  # annotations that a column needs


class ComputedField(ABC):
    """A field that is computed by a query expression."""

    @abstractmethod
    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        """Returns the expression for the row at this lookup prefix (empty, or ending in `__`)."""


class CurrentVerificationMixin:
    """A nested object with a `source` that begins with `verifications`: of those of a claim, the current one."""

    source: Any  # a string, once the field is bound

    def lookup(self, prefix: str) -> tuple[str, FilteredRelations]:
        """Returns the lookup of the object from the claim at this lookup prefix."""
        verification, annotations = current_verification(prefix)
        lookup: str = self.source.replace(".", "__").replace("verifications", verification, 1)
        return lookup, annotations


@dataclass(frozen=True, slots=True)
class RelatedRows:
    """Rows related to a row, in order: `rows` takes the lookup of the row's id. At most `limit` of them.

    `is_first` is the condition on joined rows that holds for the first alone, where a table shows it.
    """

    rows: Callable[[str], QuerySet[Model]]
    limit: int | None = None
    is_first: Q | None = None


@extend_schema_field({"type": "string", "format": "uri"})
class PermalinkField(serializers.Field[Any, Any, str, Any]):
    """The permalink of the row, or of the row whose id is in the column `source`."""

    def __init__(self, resource: str, *, source: str = "pk", allow_null: bool = False) -> None:
        super().__init__(
            source=source,
            read_only=True,
            allow_null=allow_null,
            help_text=f"Permanent URL of the {resource.removesuffix('s')}.",
        )
        self.resource = resource

    def column(self, lookup: str) -> URLText:
        return URLText(permalink(self.resource, "").removesuffix("/"), lookup, "/")

    def to_representation(self, value: int | str) -> str:
        return permalink(self.resource, value)


class PageURLField(PermalinkField):
    """The URL of the page of the row, or of the row whose id or slug is in the column `source`."""

    def __init__(self, resource: str, *, source: str = "pk", allow_null: bool = False) -> None:
        super().__init__(resource, source=source, allow_null=allow_null)
        self.help_text = f"URL of the {resource.removesuffix('s')}'s page for readers."

    def column(self, lookup: str) -> URLText:
        return URLText(page_url(self.resource, "").removesuffix("/"), lookup, "/")

    def to_representation(self, value: int | str) -> str:
        return page_url(self.resource, value)


@extend_schema_field({"type": "string", "format": "uri"})
class ListURLField(serializers.Field[Any, Any, str, Any]):
    """The URL of the list of a resource, filtered by `parameter` to the rows that refer to this one."""

    def __init__(self, resource: str, parameter: str, *, source: str = "pk") -> None:
        super().__init__(source=source, read_only=True, help_text="URL of the list of all of them.")
        self.resource, self.parameter = resource, parameter

    def column(self, lookup: str) -> URLText:
        # The value, an id or a slug, needs no quoting.
        return URLText(list_url(self.resource, **{self.parameter: ""}), lookup, "")

    def to_representation(self, value: int | str) -> str:
        return list_url(self.resource, **{self.parameter: value})


class SpansField(serializers.ListField):
    """Pairs of offsets."""

    child = serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2)


def external_url_field(help_text: str, *, source: str | None = None) -> serializers.CharField:
    return serializers.CharField(read_only=True, source=source, help_text=f"{help_text} Empty if unknown.")


def current_verification(prefix: str) -> tuple[str, FilteredRelations]:
    """Returns the lookup of the published verification of the claim at this lookup prefix; a claim has at most one."""
    alias = f"{prefix.replace('__', '_')}current"
    published = Q(**{f"{prefix}verifications__state": VerificationState.PUBLISHED})
    return alias, {alias: FilteredRelation(f"{prefix}verifications", condition=published)}


class ClaimStatusField(ComputedField, serializers.CharField):
    """A claim's status, as in `Claim.objects.with_status()`."""

    def __init__(self) -> None:
        super().__init__(
            read_only=True, help_text=f"`{Claim.UNREVIEWED}`, `{Claim.IN_REVIEW}` or the slug of the claim's rating."
        )

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        alias, annotations = current_verification(prefix)
        submitted = Verification.objects.submitted_for_claim_lookup().filter(claim=OuterRef(f"{prefix}pk"))
        status = Case(
            When(**{f"{alias}__isnull": False}, then=F(f"{alias}__rating__slug")),
            When(Exists(submitted), then=Value(Claim.IN_REVIEW)),
            default=Value(Claim.UNREVIEWED),
            output_field=CharField(),
        )
        return status, annotations


class RowCountField(ComputedField, serializers.IntegerField):
    """The number of rows in the relation `source`, up to `limit`: `rows` takes the lookup of the row's id.

    Where the change feed keeps the number, `kept_in` is the lookup of it. It is read while the feed is up to date.
    """

    # Without it, a list of topics would read all claims, and the most quoted speakers would cost the most.
    MAX_COUNT = 1000

    def __init__(
        self,
        rows: Callable[[str], QuerySet[Model]],
        *,
        help_text: str,
        source: str | None = None,
        limit: int | None = MAX_COUNT,
        kept_in: str = "",
    ) -> None:
        if limit:
            help_text = f"{help_text} {limit} means {limit} or more."
        super().__init__(read_only=True, help_text=help_text, source=source)
        self.rows, self.limit, self.kept_in = rows, limit, kept_in

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        counted: Combinable = RowCount(self.rows(f"{prefix}pk").order_by().values("pk")[: self.limit])
        if self.kept_in:
            kept = f"{prefix}{self.kept_in}"
            is_kept = Q(feed_is_current(ExecutionTime()), **{f"{kept}__isnull": False})
            counted = Case(When(is_kept, then=Least(F(kept), Value(self.limit))), default=counted)
        return counted, {}

    def count(self) -> Combinable:
        """Returns the expression for the number itself, without a limit."""
        return RowCount(self.rows("pk").order_by().values("pk"))


def feed_is_current(at: Combinable) -> Q:
    """The condition that no change, and no embargo that ended by then, waits for the change feed to process it."""
    due = Change.objects.filter(due_at__lte=at)
    return ~Q(Exists(Touched.objects.all())) & ~Q(Exists(due))
