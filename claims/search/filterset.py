"""Filters that readers may apply to a list, and sets of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.models import Quote
from claims.search.known_values import KnownValues
from claims.search.parameter_values import ListValue, ParameterValue

Rows = QuerySet[Any]
# Takes the conditions of filters with their values. Returns the condition on a row that all of them hold, and whether
# few rows fulfil it however long the list is.
JointCondition = Callable[[Sequence[tuple[Any, Any]]], tuple[Q, bool]]


class Filter:
    """A filter of a list: the values that it takes, the condition on a row, and its description for readers.

    `condition` is the name of a lookup, or a function from the value to a Q. Filters `on_quotes` apply to the public
    quotes of a row instead of the row; several of them must hold for the same quote. A filter `on_status` needs the
    annotations of `Claim.objects.with_status()`. A `selective` filter matches few rows however long the list is: they
    are looked up first. For other filters the database walks the list, which soon meets rows that match. `known` are
    the values that something can be found by, where the database has them. Filters with the same `joint` condition are
    applied together: it takes what they have as `condition`, with the values.
    """

    def __init__(
        self,
        value: ParameterValue,
        description: str,
        condition: str | Callable[..., Q],
        *,
        on_quotes: bool = False,
        on_status: bool = False,
        selective: bool = False,
        known: KnownValues | None = None,
        joint: JointCondition | None = None,
    ) -> None:
        self.value = value
        self.description = description
        self.condition = condition
        self.on_quotes = on_quotes
        self.on_status = on_status
        self.selective = selective
        self.known = known
        self.joint = joint

    def filter(self, rows: Rows, value: Any) -> Rows:
        if self.on_status and "status" not in rows.query.annotations:
            rows = rows.with_status()  # type: ignore[attr-defined]  # a ClaimQuerySet
        return rows.filter(self.condition(value) if callable(self.condition) else Q(**{self.condition: value}))


class FilterOption(Filter):
    """A parameter that changes the value of another filter, `of`, and has no effect of its own."""

    def __init__(self, value: ParameterValue, description: str, of: str, change: Callable[[Any, Any], Any]) -> None:
        super().__init__(value, f"{description} Requires `{of}`.", "")
        self.of = of
        self.change = change


class FilterSet:
    """The filters of a list, declared as attributes; a row must satisfy all that are given."""

    quotes_of_row: ClassVar[str] = ""  # the lookup from a quote to the row, for filters `on_quotes`
    base_filters: ClassVar[dict[str, Filter]]  # by name, in the order of declaration

    def __init_subclass__(cls) -> None:
        cls.base_filters = {name: member for name, member in vars(cls).items() if isinstance(member, Filter)}

    @classmethod
    def apply(cls, rows: Rows, values: Mapping[str, object]) -> Rows:
        """Returns the rows that satisfy all filters; `values` are Python values by the filters' names."""
        on_quotes = {name: value for name, value in values.items() if cls.base_filters[name].on_quotes}
        rows, _ = cls._filter(rows, {name: value for name, value in values.items() if name not in on_quotes})
        if on_quotes:
            quotes, are_few = cls._filter(Quote.objects.released(), on_quotes)
            if are_few:
                rows = rows.filter(pk__in=quotes.order_by().values(cls.quotes_of_row))
            else:
                rows = rows.filter(Exists(quotes.filter(**{cls.quotes_of_row: OuterRef("pk")})))
        return rows

    @classmethod
    def matching_quotes(cls, values: Mapping[str, object]) -> Rows:
        """Returns the public quotes that satisfy the filters `on_quotes`."""
        on_quotes = {name: value for name, value in values.items() if cls.base_filters[name].on_quotes}
        return cls._filter(Quote.objects.released(), on_quotes)[0]

    @classmethod
    def _filter(cls, rows: Rows, values: Mapping[str, object]) -> tuple[Rows, bool]:
        """Returns the rows that satisfy these filters, and whether they are few however long the list is."""
        are_few = False
        joint_conditions: dict[JointCondition, list[tuple[Any, Any]]] = {}
        for name, value in values.items():
            row_filter = cls.base_filters[name]
            if row_filter.joint:
                joint_conditions.setdefault(row_filter.joint, []).append((row_filter.condition, value))
            else:
                rows, are_few = row_filter.filter(rows, value), are_few or row_filter.selective
        for joint, conditions in joint_conditions.items():
            condition, is_selective = joint(conditions)
            rows, are_few = rows.filter(condition), are_few or is_selective
        return rows, are_few

    @classmethod
    def parse(cls, query: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
        """Returns the values in a query string and the error messages, both by the filters' names."""
        values, errors = {}, {}
        for name in query:
            if name not in cls.base_filters:
                continue
            value = cls.base_filters[name].value
            try:
                values[name] = value.to_python(query.getlist(name) if value.is_list else query.get(name))
            except ValidationError as error:
                errors[name] = " ".join(error.messages)
        errors |= empty_ranges(values)
        return cls.apply_options(values, errors), errors

    @classmethod
    def apply_options(cls, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
        """Returns the values of filters, changed by those of their options. Adds to the errors by name."""
        filter_values = dict(values)
        for name, value in values.items():
            option = cls.base_filters[name]
            if isinstance(option, FilterOption):
                del filter_values[name]
                if option.of in filter_values:
                    filter_values[option.of] = option.change(filter_values[option.of], value)
                elif option.of not in errors:
                    errors[name] = _("requires `%(name)s`") % {"name": option.of}
        return filter_values

    @classmethod
    def unknown_values(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """Returns the error messages for values that nothing can be found by, by the filters' names."""
        messages = {
            name: known.error_message(value)
            for name, value in values.items()
            if value and (known := cls.base_filters[name].known)
        }
        return {name: message for name, message in messages.items() if message}


def empty_ranges(values: Mapping[str, Any]) -> dict[str, str]:
    """Returns the error messages for ranges that end before they begin, by the names of the filters (`…_after`)."""
    messages = {}
    for name, start in values.items():
        end_name = f"{name.removesuffix('_after')}_before"
        end = values.get(end_name) if name.endswith("_after") else None
        if start and end and start > end:
            messages[name] = _("must not be later than %(name)s, which is %(value)s") % {
                "name": end_name,
                "value": end,
            }
    return messages


def repeatable_names(filterset: type[FilterSet]) -> set[str]:
    """Returns the names of the filters that may be given several times."""
    return {name for name, row_filter in filterset.base_filters.items() if isinstance(row_filter.value, ListValue)}


def on_or_after(column: str) -> Callable[[dt.date], Q]:
    """Builds the condition that a timestamp is on a day or later (UTC)."""
    return lambda day: Q(**{f"{column}__gte": dt.datetime.combine(day, dt.time.min, dt.UTC)})


def on_or_before(column: str) -> Callable[[dt.date], Q]:
    """Builds the condition that a timestamp is on a day or earlier (UTC)."""
    return lambda day: Q(**{f"{column}__lte": dt.datetime.combine(day, dt.time.max, dt.UTC)})
