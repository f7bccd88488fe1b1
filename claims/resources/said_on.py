"""When a claim or a quote was said: on the date that editors gave its claim, else on that of its source."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Case, F, Min, OuterRef, Q, Subquery, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, IsNull, LessThanOrEqual
from rest_framework import serializers

from claims.models import Quote
from claims.resources.fields import ComputedField, FilteredRelations
from claims.resources.filters import DATE
from claims.resources.sql.expressions import ISODate
from claims.search.filterset import Filter

Dates = Callable[[str], tuple[Combinable, Combinable]]  # of the row at a lookup prefix: the claim's, and the source's


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


def said_filters(dates: Dates) -> tuple[Filter, Filter]:
    """Returns the filters for what was said on a date or later, and on a date or earlier."""

    def condition(comparison: Any) -> Callable[[dt.date], Q]:
        return lambda day: Q(comparison(Coalesce(*dates("")), day))

    description = " By the date of the source where that of the claim is unknown."
    return (
        Filter(DATE, f"Said on this date or later.{description}", condition(GreaterThanOrEqual)),
        Filter(DATE, f"Said on this date or earlier.{description}", condition(LessThanOrEqual)),
    )
