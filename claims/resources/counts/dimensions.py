"""What the rows of a list can be counted by: their speaker, topic, publisher, verdict, kind, month or language."""

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Model, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, Lower, NullIf, StrIndex, Substr
from django.utils.translation import get_language_info

from claims.models import Claim, QuoteKind, Rating, Speaker, SpeakerCounts, Topic, TopicCounts
from claims.resources.fields import ClaimStatusField, FilteredRelations
from claims.resources.sql.expressions import ISODate
from claims.resources.sql.said_on import Dates, dates_of_claim, dates_of_quote

Filters = Mapping[str, Any]  # Python values by the names of a list's filters
_MONTH_LENGTH = len("2025-05")


@dataclass(frozen=True, slots=True)
class Labels:
    """The table with the labels of a dimension's values; `key` is the column that rows are grouped by."""

    model: type[Model]
    key: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """A property that rows are counted by. Rows whose `key` is null have no value.

    `annotations` are those that the key needs. With `labels`, the key is that of their table; otherwise it is the
    value, and `label` names it. A dimension `of_quotes` counts the rows that have a quote with the value. `selected_by`
    returns the filters that select the rows of a value within a list with these filters. `kept_in` is the column
    in which the change feed keeps the numbers of the whole list.
    """

    description: str
    key: Combinable
    selected_by: Callable[[str, Filters], Filters]
    annotations: FilteredRelations | None = None
    labels: Labels | None = None
    label: Callable[[str], str] = str
    of_quotes: bool = False
    kept_in: tuple[type[SpeakerCounts | TopicCounts], str] | None = None
    multiple_of: str = ""  # the filter by this property, where a row may have several values


def _by_filter(name: str) -> Callable[[str, Filters], Filters]:
    return lambda value, _: {name: [value]}


def _month(dates: Dates) -> Dimension:
    return Dimension(
        description="month in which it was said, by the date of the source where that of the claim is unknown",
        key=Substr(ISODate(Coalesce(*dates(""))), 1, _MONTH_LENGTH),
        selected_by=_said_in_month,
        label=lambda month: f"{calendar.month_name[int(month[5:])]} {month[:4]}",
    )


def _said_in_month(month: str, filters: Filters) -> Filters:
    first = dt.date.fromisoformat(f"{month}-01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    after, before = filters.get("said_after") or first, filters.get("said_before") or last
    return {"said_after": max(first, after), "said_before": min(last, before)}


def _text(column: str) -> Combinable:
    return NullIf(F(column), Value(""), output_field=TextField())


def _language(column: str) -> Combinable:
    """Returns the expression for the language of a tag, without region and script: `pt` of `pt-BR`."""
    end = StrIndex(Concat(F(column), Value("-")), Value("-")) - 1
    return NullIf(Lower(Substr(F(column), 1, end)), Value(""), output_field=TextField())


def _in_language(language: str, filters: Filters) -> Filters:
    # A filter by pt-BR selects less than one by pt.
    tags = [tag for tag in filters.get("language") or () if tag.lower().partition("-")[0] == language]
    return {"language": tags or [language]}


def _language_label(language: str) -> str:
    try:
        return str(get_language_info(language)["name"])
    except KeyError:
        return language


def _status(prefix: str) -> tuple[Combinable, FilteredRelations]:
    """Returns the expression for the status of the claim at this lookup prefix; null if it is not public."""
    status, annotations = ClaimStatusField().expression(prefix)
    is_public = Q(**{f"{prefix}released_at__isnull": False})
    return (Case(When(is_public, then=status)) if prefix else status), annotations


def _status_label(status: str) -> str:
    return status.replace("-", " ").capitalize()


def _dimensions(dates: Dates, claim: str, topics: Combinable) -> dict[str, Dimension]:
    """Returns the dimensions of a list of quotes or claims: `claim` is the lookup prefix of the row's claim."""
    status, annotations = _status(claim)
    of_quotes = not claim
    return {
        "speaker": Dimension(
            description="speaker",
            key=F("speaker"),
            selected_by=_by_filter("speaker"),
            labels=Labels(Speaker, "id", "id"),
            kept_in=(SpeakerCounts, "claims" if of_quotes else "quotes"),
        ),
        "topic": Dimension(
            description="topic of the claim; a claim may have several",
            key=topics,
            selected_by=_by_filter("topic"),
            labels=Labels(Topic, "id", "slug"),
            kept_in=(TopicCounts, "claims") if of_quotes else None,
            multiple_of="topic",
        ),
        "publisher": Dimension(
            description="publisher of the quotes",
            key=_text("snapshot__source__publisher"),
            selected_by=_by_filter("publisher"),
            of_quotes=of_quotes,
        ),
        "verdict": Dimension(
            description=f"status of the claim: its rating, `{Claim.IN_REVIEW}` or `{Claim.UNREVIEWED}`",
            key=status,
            annotations=annotations,
            selected_by=_by_filter("status"),
            labels=Labels(Rating, "slug", "slug"),
            label=_status_label,
        ),
        "kind": Dimension(
            description="kind of the quotes",
            key=F("kind"),
            selected_by=_by_filter("kind"),
            label=lambda kind: str(QuoteKind(kind).label),
            of_quotes=of_quotes,
        ),
        "month": _month(dates),
        "language": Dimension(
            description="language of the quotes' sources, without region",
            key=_language("snapshot__source__language"),
            selected_by=_in_language,
            label=_language_label,
            of_quotes=of_quotes,
        ),
    }


QUOTE_DIMENSIONS = _dimensions(
    dates_of_quote, "claim__", Case(When(claim__released_at__isnull=False, then=F("claim__topics")))
)
CLAIM_DIMENSIONS = _dimensions(dates_of_claim, "", F("topics"))
