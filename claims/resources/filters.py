"""Filters that several resources have."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from claims.models import (
    Change,
    Claim,
    ResourceKind,
    Source,
    Speaker,
    SpeakerName,
    name_keys,
)
from claims.search.filterset import Filter, FilterOption, Rows, on_or_after, on_or_before
from claims.search.full_text import (
    MAX_FULL_TEXT_QUERY_LENGTH,
    MAX_FULL_TEXT_QUERY_WORDS,
    filter_with_list_order,
    full_text_condition,
    has_list_order,
    searched_places,
)
from claims.search.full_text_query import FullTextQuery, FullTextValue, words_begin_with
from claims.search.known_values import Languages
from claims.search.language_support import in_language
from claims.search.parameter_values import (
    ChoiceValue,
    DateTimeValue,
    DateValue,
    IdValue,
    LanguageValue,
    ListValue,
    SlugValue,
    WikidataIdValue,
)
from claims.search.text_values import TextValue

IDS, SLUGS, TEXTS, LANGUAGES = (ListValue(value) for value in (IdValue(), SlugValue(), TextValue(), LanguageValue()))
WIKIDATA_IDS, DATE = ListValue(WikidataIdValue()), DateValue()
MAX_LISTED_SPEAKERS = 1000  # of a name
MAX_LISTED_ROWS = 1000  # that are looked up first

SPEAKER_NAME_DESCRIPTION = (
    "A known name of the speaker in any spelling, or words of it as they stand there; of the last word, the first two"
    " letters are enough."
)
FULL_TEXT_DESCRIPTION = (
    f"Full text, at most {MAX_FULL_TEXT_QUERY_WORDS} words. All words must occur, in any order; "
    '"words in quotation marks" must be adjacent; prefix* needs at least two letters; -word must not occur; '
    "of words joined by OR, one must occur. There are no other operators: NOT, field:value and parentheses are errors. "
    "Inflected words are found (tax, taxes; Мединский, Мединского) except in quotation marks; numbers with and without "
    "separators (40,000, 40 000, 40000) are the same. "
    "Case and accents are ignored. Lists that are sorted by time are then sorted to the second. Searches "
)
PAGE_URL_DESCRIPTION = (
    "Address of the source's web page. Scheme, `www.`, a slash at the end, the fragment, the order of the query and"
    " tracking parameters do not matter. Addresses of its AMP version and of its copies in web archives find it, too."
)
SITE_DESCRIPTION = "Host of the source's site: `bbc.co.uk` also finds `www.bbc.co.uk` and `news.bbc.co.uk`."
UPDATED_SINCE_DESCRIPTION = (
    "Objects that have changed for readers at this time or later, in any of the fields shown here, or became public"
    " or ceased to be public. The list is then sorted by change, and has `tombstones` of objects that are no longer"
    " public or no longer match the other filters. Continue with the `updated_since` that the last page returns. To"
    " start, read the whole list, then use the `Date` of the first response. (Formats other than JSON have no"
    " tombstones.)"
)


class FullTextFilter(Filter):
    """A full-text filter. Rows of lists that are sorted by time get their `place` in the list from the index."""

    def filter(self, rows: Rows, value: Any) -> Rows:
        if value is not None and has_list_order(rows.model):
            return filter_with_list_order(rows, value)
        return super().filter(rows, value)


def full_text_filter(model: type[Model], places: str) -> Filter:
    return FullTextFilter(
        FullTextValue(MAX_FULL_TEXT_QUERY_LENGTH, MAX_FULL_TEXT_QUERY_WORDS),
        FULL_TEXT_DESCRIPTION + places + ".",
        full_text_condition(model),
    )


def full_text_places_filter(model: type[Model]) -> FilterOption:
    """Returns the option `q_in` of the full-text filter `q`."""

    def restrict(query: FullTextQuery, places: list[str]) -> FullTextQuery:
        return replace(query, places=tuple(places))

    return FilterOption(
        ListValue(ChoiceValue(searched_places(model))),
        "Where the words of `q` must stand: in the words of one of these. Default: anywhere.",
        "q",
        restrict,
    )


def updated_since_filter(kind: ResourceKind) -> Filter:
    changes = Change.objects.live().filter(kind=kind, object_id=OuterRef("pk"))
    return Filter(
        DateTimeValue(), UPDATED_SINCE_DESCRIPTION, lambda since: Q(Exists(changes.filter(changed_at__gte=since)))
    )


def has_speaker_name(speaker: str) -> Callable[[str], Q]:
    """Builds the condition that the speaker in this column has a name with these words side by side.

    The last word may be the beginning of one (`Med` finds Vladimir Medinsky), and a whole name is found in any spelling
    of its signs. Case and accents are ignored.
    """
    spelled = SpeakerName.objects.order_by()

    def build(name: str) -> Q:
        same = spelled.filter(key=name_keys.name_key(name)).values_list("speaker", flat=True)
        begun = Speaker.objects.order_by().filter(full_text_condition(Speaker)(words_begin_with(name)))
        speakers = begun.values_list("pk", flat=True)
        ids = list(same.union(speakers)[: MAX_LISTED_SPEAKERS + 1])
        if len(ids) <= MAX_LISTED_SPEAKERS:
            return _speaker_in(speaker, ids)
        return Q(**{f"{speaker}__in": speakers}) | Q(
            **{f"{speaker}__in": same}
        )  # so many that the list soon meets them

    return build


def has_wikidata_id(speaker: str) -> Callable[[list[str]], Q]:
    """Builds the condition that the speaker in this column has one of the Wikidata ids."""
    return lambda ids: _speaker_in(
        speaker, Speaker.objects.order_by().filter(wikidata_id__in=ids).values_list("pk", flat=True)
    )


def _speaker_in(speaker: str, ids: Iterable[int]) -> Q:
    # The ids are few, and fetched first: with a subquery, SQLite would scan the whole list.
    return Q(**{f"{speaker}__in": list(ids)})


def has_topic(claim: str) -> Callable[[list[str]], Q]:
    claims_with_topic = Claim.topics.through.objects
    return lambda slugs: Q(**{f"{claim}__in": claims_with_topic.filter(topic__slug__in=slugs).values("claim")})


def claim_in(claims: QuerySet[Model]) -> Q:
    return Q(claim__in=claims.values("pk"))


def date_filters(what: str, column: str, **options: Any) -> tuple[Filter, Filter]:
    """Returns the filters for what happened on a date or later, and on a date or earlier."""
    return (
        Filter(DATE, f"{what} on this date or later.", f"{column}__gte", **options),
        Filter(DATE, f"{what} on this date or earlier.", f"{column}__lte", **options),
    )


def moment_filters(what: str, column: str, **options: Any) -> tuple[Filter, Filter]:
    """Returns the same filters for a column with timestamps."""
    return (
        Filter(DATE, f"{what} on this date or later (UTC).", on_or_after(column), **options),
        Filter(DATE, f"{what} on this date or earlier (UTC).", on_or_before(column), **options),
    )


def few_ids(rows: QuerySet[Any], column: str = "pk") -> list[int] | None:
    """Returns the ids in a column; None if there are too many to look rows up by."""
    ids = list(rows.order_by().values_list(column, flat=True)[: MAX_LISTED_ROWS + 1])
    return ids if len(ids) <= MAX_LISTED_ROWS else None


def by_source(conditions: Sequence[tuple[Callable[[str, Any], Q], Any]]) -> tuple[Q, bool]:
    """The joint condition of filters on a quote's source, which take a lookup prefix and a value.

    The sources are fewer than the quotes, and looked up first: where hardly any match, the database would walk the
    whole list of quotes.
    """
    sources = Source.objects.filter(*(condition("", value) for condition, value in conditions))
    if (ids := few_ids(sources)) is not None:
        return Q(snapshot__source__in=ids), True
    return Q(*(condition("snapshot__source__", value) for condition, value in conditions)), False


def source_date_filters(what: str, **options: Any) -> tuple[Filter, Filter]:
    """Returns the filters for quotes whose source is of a date or later, and of a date or earlier."""

    def condition(lookup: str) -> Callable[[str, dt.date], Q]:
        return lambda source, day: Q(**{f"{source}published_on__{lookup}": day})

    return (
        Filter(DATE, f"{what} on this date or later.", condition("gte"), joint=by_source, **options),
        Filter(DATE, f"{what} on this date or earlier.", condition("lte"), joint=by_source, **options),
    )


def source_language_filter(description: str, **options: Any) -> Filter:
    def condition(source: str, tags: list[str]) -> Q:
        return in_language(f"{source}language")(tags)

    return Filter(LANGUAGES, description, condition, known=Languages("language"), joint=by_source, **options)
