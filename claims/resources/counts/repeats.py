"""What the resources show of repeats: how often a claim was said again after its verdict, and by which quotes."""

from django.db.models import Aggregate, Count, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from rest_framework import serializers

from claims.models import Claim, Repeat
from claims.resources.fields import ComputedField, FilteredRelations, ListURLField, RowCountField
from claims.resources.filters import few_ids
from claims.resources.sql.expressions import ExecutionTime, ISODate


def repeats_of_claim(claim: str) -> QuerySet[Repeat]:
    """Returns the repeats of the claim at this lookup, the last said first."""
    rows: QuerySet[Repeat] = Repeat.objects.released(at=ExecutionTime()).filter(claim=OuterRef(claim))
    return rows


def _aggregate(claim: str, aggregate: Aggregate) -> Subquery:
    return Subquery(repeats_of_claim(claim).order_by().values("claim").annotate(result=aggregate).values("result"))


class RepeatDateField(ComputedField, serializers.DateField):
    """The latest date in a column of the claim's repeats; null if there are none."""

    def __init__(self, column: str, *, help_text: str) -> None:
        super().__init__(read_only=True, allow_null=True, help_text=help_text)
        self.column = column

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        return ISODate(_aggregate(f"{prefix}pk", Max(self.column))), {}


class RepeatOutletsField(ComputedField, serializers.IntegerField):
    def __init__(self) -> None:
        super().__init__(read_only=True, help_text="Number of outlets that published these repeats.")

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        return Coalesce(_aggregate(f"{prefix}pk", Count("outlet", distinct=True)), Value(0)), {}


REPEAT_FIELDS = ("repeats", "repeat_outlets", "repeats_since", "last_repeated_on", "repeats_url")


class RepeatFields(serializers.Serializer[Claim]):
    """How often a claim was said again after its verdict, where and when."""

    repeats = RowCountField(
        repeats_of_claim,
        help_text="Number of public quotes that say the claim again after its verdict: quotes of it, or of a claim that"
        " says the same or repeats it, from a day after `repeats_since`.",
        limit=None,
    )
    repeat_outlets = RepeatOutletsField()
    repeats_since = RepeatDateField(
        "rated_on", help_text="Date (UTC) since when the claim has had its rating, if it has repeats."
    )
    last_repeated_on = RepeatDateField("said_on", help_text="Date of the last repeat.")
    repeats_url = ListURLField("quotes", "repeats_claim")


def quotes_repeating(claims: list[int]) -> Q:
    """The condition that a quote repeats one of these claims."""
    return Q(pk__in=Repeat.objects.released().filter(claim__in=claims).order_by().values("quote"))


def repeating_quotes() -> Q:
    """The condition that a quote repeats a claim. Few are looked up first, for a long list."""
    repeats = Repeat.objects.released()
    ids = few_ids(repeats, "quote")
    return Q(pk__in=repeats.order_by().values("quote") if ids is None else ids)


def repeated_claims() -> Q:
    """The condition that a claim was said again after its verdict."""
    return Q(pk__in=Repeat.objects.released().order_by().values("claim"))
