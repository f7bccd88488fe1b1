"""Parameters: what a reader may ask of a list, one at a time and together."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from claims.models import Quote
from claims.search.parameter_values import ListValue, ParameterValue

Rows = QuerySet[Any]


class Filter:
    """One parameter: what values it takes, what it asks of a row, and what readers are told of it.

    `asks` is the name of a lookup, or makes the condition from the value. A parameter `of_quotes` asks it of the
    released quotes of a row instead of the row: together such parameters ask for one quote of which all hold. One
    `of_status` asks for what `Claim.objects.with_status()` adds. What holds of a `few` rows, however many there are, is
    looked up first; for the rest a list is walked, which comes upon them soon.
    """

    def __init__(  # noqa: PLR0913  # how a row is asked is said by name
        self,
        value: ParameterValue,
        about: str,
        asks: str | Callable[[Any], Q],
        *,
        of_quotes: bool = False,
        of_status: bool = False,
        few: bool = False,
    ) -> None:
        self.value = value
        self.about = about
        self.asks = asks
        self.of_quotes = of_quotes
        self.of_status = of_status
        self.few = few

    def filter(self, rows: Rows, value: Any) -> Rows:
        """The rows of which it holds."""
        if self.of_status and "status" not in rows.query.annotations:
            rows = rows.with_status()  # type: ignore[attr-defined]  # claims
        return rows.filter(self.asks(value) if callable(self.asks) else Q(**{self.asks: value}))


class FilterSet:
    """What may be asked of a list: every one that was given must hold."""

    quotes_of_row: ClassVar[str] = ""  # how a quote refers to the row, where parameters are `of_quotes`
    base_filters: ClassVar[dict[str, Filter]]  # by name, in the order in which they are declared

    def __init_subclass__(cls) -> None:
        """Find the parameters that the class declares."""
        cls.base_filters = {name: each for name, each in vars(cls).items() if isinstance(each, Filter)}

    @classmethod
    def narrowed(cls, rows: Rows, asked: Mapping[str, Any]) -> Rows:
        """The rows of which all hold that is asked, by the parameters' names."""
        quotes: Rows | None = None
        for name, value in asked.items():
            parameter = cls.base_filters[name]
            if parameter.of_quotes:
                quotes = parameter.filter(Quote.objects.released() if quotes is None else quotes, value)
            else:
                rows = parameter.filter(rows, value)
        if quotes is not None:
            if any(cls.base_filters[name].few and cls.base_filters[name].of_quotes for name in asked):
                rows = rows.filter(pk__in=quotes.order_by().values(cls.quotes_of_row))
            else:
                rows = rows.filter(Exists(quotes.filter(**{cls.quotes_of_row: OuterRef("pk")})))
        return rows

    @classmethod
    def read(cls, query: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
        """What is asked in an address, and what is wrong with it, by the parameters' names."""
        asked, wrong = {}, {}
        for name in query:
            if name not in cls.base_filters:
                continue
            value = cls.base_filters[name].value
            try:
                asked[name] = value.to_python(query.getlist(name) if value.many else query.get(name))
            except ValidationError as error:
                wrong[name] = " ".join(error.messages)
        return asked, wrong


def repeatable_names(parameters: type[FilterSet]) -> set[str]:
    """The names of the parameters that may be given several times."""
    return {name for name, parameter in parameters.base_filters.items() if isinstance(parameter.value, ListValue)}


def on_or_after(column: str) -> Callable[[dt.date], Q]:
    """The condition that a moment is on this day or later (UTC)."""
    return lambda day: Q(**{f"{column}__gte": dt.datetime.combine(day, dt.time.min, dt.UTC)})


def on_or_before(column: str) -> Callable[[dt.date], Q]:
    """The condition that a moment is on this day or earlier (UTC)."""
    return lambda day: Q(**{f"{column}__lte": dt.datetime.combine(day, dt.time.max, dt.UTC)})


def in_language(column: str) -> Callable[[list[str]], Q]:
    """The condition that a language tag is one of these or more special than one of them."""
    return lambda tags: _combine_with_or(
        Q(**{f"{column}__iexact": tag}) | Q(**{f"{column}__istartswith": f"{tag}-"}) for tag in tags
    )


def _combine_with_or(conditions: Any) -> Q:
    alternatives = Q()
    for condition in conditions:
        alternatives |= condition
    return alternatives
