"""When a claim or a quote was said: on the date that editors gave its claim, else on that of its source."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Case, F, Min, Model, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, IsNull, LessThanOrEqual
from rest_framework import serializers

from claims.models import Claim, Quote, Source
from claims.resources.fields import ComputedField, FilteredRelations
from claims.resources.filters import DATE, few_ids
from claims.resources.sql.expressions import ISODate
from claims.search.filterset import Filter

Dates = Callable[[str], tuple[Combinable, Combinable]]  # of the row at a lookup prefix: the claim's, and the source's
Range = Mapping[str, dt.date]  # by `gte`, `lte` or both
_COMPARISONS: Mapping[str, Any] = {"gte": GreaterThanOrEqual, "lte": LessThanOrEqual}


class SaidOnFrom(TextChoices):
    CLAIM = "claim", "Claim"
    SOURCE = "source", "Source"


def dates_of_claim(prefix: str) -> tuple[Combinable, Combinable]:
    """Returns the claim's own date, and the date of the earliest of its sources."""
    quotes = Quote.objects.accepted().filter(claim=OuterRef(f"{prefix}pk")).order_by().values("claim")
    return F(f"{prefix}said_on"), Subquery(quotes.values(earliest=Min("snapshot__source__published_on")))


def dates_of_quote(prefix: str) -> tuple[Combinable, Combinable]:
    """Returns the date of the quote's claim, if that is released, and the date of its source."""
    is_released = Q(**{f"{prefix}claim__released_at__isnull": False})
    return Case(When(is_released, then=f"{prefix}claim__said_on")), F(f"{prefix}snapshot__source__published_on")


class SaidOnField(ComputedField, serializers.DateField):
    def __init__(self, dates: Dates) -> None:
        super().__init__(
            read_only=True,
            allow_null=True,
            help_text="Date on which it was said or, where that is unknown, the date of the source: see"
            " `said_on_from`. Of several sources, the earliest.",
        )
        self.dates = dates

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        return ISODate(Coalesce(*self.dates(prefix))), {}


class SaidOnFromField(ComputedField, serializers.ChoiceField):
    def __init__(self, dates: Dates) -> None:
        super().__init__(
            SaidOnFrom.choices,
            read_only=True,
            allow_null=True,
            help_text="Whether `said_on` is a date that editors gave the claim, or that of the source.",
        )
        self.dates = dates

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        own, source = self.dates(prefix)
        cases = ((own, SaidOnFrom.CLAIM), (source, SaidOnFrom.SOURCE))
        return Case(*(When(IsNull(date, rhs=False), then=Value(origin.value)) for date, origin in cases)), {}


def said_filters(dates: Dates, few_rows: Callable[[Range], list[int] | None]) -> tuple[Filter, Filter]:
    """Returns the filters for what was said on a date or later, and on a date or earlier.

    `few_rows` returns ids among which all rows in a range of dates are, if these are few: they are looked up first.
    """

    def joint(conditions: Sequence[tuple[str, dt.date]]) -> tuple[Q, bool]:
        in_range = Q(*(_COMPARISONS[lookup](Coalesce(*dates("")), day) for lookup, day in conditions))
        ids = few_rows(dict(conditions))
        return (in_range, False) if ids is None else (in_range & Q(pk__in=ids), True)

    description = " By the date of the source where that of the claim is unknown."
    return (
        Filter(DATE, f"Said on this date or later.{description}", "gte", joint=joint),
        Filter(DATE, f"Said on this date or earlier.{description}", "lte", joint=joint),
    )


def few_quotes_said(days: Range) -> list[int] | None:
    claims, sources = few_ids(_in_range(Claim, "said_on", days)), few_ids(_in_range(Source, "published_on", days))
    if claims is None or sources is None:
        return None
    of_claims = few_ids(Quote.objects.filter(claim__in=claims))
    in_sources = few_ids(Quote.objects.filter(snapshot__source__in=sources))
    return None if of_claims is None or in_sources is None else [*of_claims, *in_sources]


def few_claims_said(days: Range) -> list[int] | None:
    dated, sources = few_ids(_in_range(Claim, "said_on", days)), few_ids(_in_range(Source, "published_on", days))
    if dated is None or sources is None:
        return None
    undated = few_ids(Quote.objects.filter(claim__said_on=None, snapshot__source__in=sources), "claim")
    return None if undated is None else [*dated, *undated]


def _in_range(model: type[Model], column: str, days: Range) -> QuerySet[Model]:
    return model._base_manager.filter(**{f"{column}__{lookup}": day for lookup, day in days.items()})
