"""Substring search for editors: in all rows, public or not, with the trigram index.

A query consists of words. Each must occur in one of a row's places (a quote's words, its speaker's names, its source's
title), in any order, as a part of a word or a whole one; words in quotation marks must be adjacent. The search ignores
case, and no character has a special meaning. Both databases give the same results: PostgreSQL from GIN indexes over the
columns in upper case, SQLite from full-text tables (`claims.database.trigram_index`).

A trigram index cannot find a word of fewer than three characters, or one without two adjacent letters or digits. Beside
other words, such a word is matched against the rows that those leave. Alone, it is matched against the beginning of
names only.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.text import smart_split, unescape_string_literal

from claims.models import Claim, Quote, Snapshot, Source, Speaker, SpeakerName, Verification, name_keys
from claims.search.text_values import split_words

MAX_SUBSTRING_QUERY_LENGTH = 1000  # characters; longer queries find nothing
MAX_SUBSTRING_QUERY_WORDS = 20  # a query with more words is searched as one phrase
_INDEXED_WORD = re.compile(r"(?=.{3}).*?[^\W_]{2}", re.DOTALL)
_LAST_CODE_POINT = chr(0x10FFFF)

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class SearchedPlace:
    """A place where a word may occur, as functions from the word to a condition on the searched rows.

    `indexed` uses the index, `scanned` compares each row. `short` finds by its beginning a word that is too short for
    the index, if the place supports that.
    """

    indexed: Callable[[str], Q]
    scanned: Callable[[str], Q]
    short: Callable[[str], Q] | None = None


def supports_substring_search(model: type[Model]) -> bool:
    return model in _SEARCHED_PLACES


def filter_by_substring(rows: Rows, query: str) -> Rows:
    """Returns the rows that contain every word of the query."""
    words = parse_substring_query(query)
    if not words:
        return rows if words is not None else rows.none()
    alternatives, required = _split_conditions(rows.model, words)
    return rows.filter(_any_of(alternatives), *required)


def filter_newest_by_substring(rows: Rows, query: str, limit: int) -> Rows:
    """Does the same, but considers only the `limit` newest matches of each place (plus one, if there are more).

    A word that occurs in every third row is then found as fast as one that occurs in three rows. Each place is a query
    of its own, and the results are united: a single condition over all places would make the database read every row.
    """
    words = parse_substring_query(query)
    if not words:
        return rows if words is not None else rows.none()
    alternatives, required = _split_conditions(rows.model, words)
    parts = [rows.filter(condition, *required).order_by("-pk").values("pk")[: limit + 1] for condition in alternatives]
    if not parts:
        return rows.none()
    compiled = [part.query.get_compiler(connection.alias).as_sql() for part in parts]
    # The SQL contains nothing of the query: values are parameters.
    union = " UNION ".join(f"SELECT * FROM ({sql}) part{number}" for number, (sql, _) in enumerate(compiled))
    all_rows: Rows = rows.model._base_manager.all()  # the parts are filtered already
    return all_rows.filter(pk__in=RawSQL(union, [value for _, values in compiled for value in values]))


def parse_substring_query(query: str) -> list[str] | None:
    """Returns the words and phrases of a query; None if it cannot match anything."""
    if len(query) > MAX_SUBSTRING_QUERY_LENGTH or "\0" in query:
        return None
    words = [
        unescape_string_literal(bit) if len(bit) > 1 and bit[0] in "\"'" and bit[0] == bit[-1] else bit
        for part in smart_split(query)
        for bit in ([part] if part[0] in "\"'" else split_words(part))
    ]
    words = [word for word in dict.fromkeys(words) if word.strip()]
    return words if len(words) <= MAX_SUBSTRING_QUERY_WORDS else [" ".join(split_words(query))]


def _split_conditions(model: type[Model], words: Sequence[str]) -> tuple[list[Q], list[Q]]:
    """Returns alternative conditions for the two longest words, one per pair of places, and a condition per other word.

    Which of two words is rare is unknown, but an index that is queried for both need not know. If all words are too
    short for the index, the longest is found by its beginning.
    """
    places = _SEARCHED_PLACES[model]
    longest, *others = sorted(words, key=lambda word: (_is_indexed(word), len(word)), reverse=True)
    if not _is_indexed(longest):
        alternatives = [place.short(longest) for place in places if place.short]
    elif others and _is_indexed(others[0]):
        second = others.pop(0)
        alternatives = [first.indexed(longest) & other.indexed(second) for first in places for other in places]
    else:
        alternatives = [place.indexed(longest) for place in places]
    return alternatives, [
        _any_of([place.indexed(word) if _is_indexed(word) else place.scanned(word) for place in places])
        for word in others
    ]


def _any_of(conditions: Sequence[Q]) -> Q:
    alternatives = Q(pk__in=[])
    for condition in conditions:
        alternatives |= condition
    return alternatives


def _is_indexed(word: str) -> bool:
    return _INDEXED_WORD.match(word) is not None


def _index_condition(model: type[Model], columns: Sequence[str], word: str) -> Q:
    """Returns the condition that one of these indexed columns contains a word."""
    if connection.vendor == "sqlite":
        index = f"{model._meta.db_table}_trigrams"
        escaped = word.replace('"', '""')
        match = f'{{{" ".join(columns)}}} : "{escaped}"'
        return Q(pk__in=RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [match]))
    return _any_of([Q(**{f"{column}__icontains": word}) for column in columns])


def _contains_word(column: str, word: str) -> Q:
    if connection.vendor == "sqlite" and not word.isascii():
        # SQLite's LIKE ignores the case of ASCII letters only; a regular expression is about six times slower.
        return Q(**{f"{column}__iregex": re.escape(word)})
    return Q(**{f"{column}__icontains": word})


def _own_columns(model: type[Model], *columns: str) -> SearchedPlace:
    return SearchedPlace(
        indexed=lambda word: _index_condition(model, columns, word),
        scanned=lambda word: _any_of([_contains_word(column, word) for column in columns]),
    )


def _speaker_names(speaker: str) -> SearchedPlace:
    """The names of the speaker in this column; a short word is the beginning of a name, or a whole last name."""

    def speaker_with(condition: Q) -> Q:
        return Q(**{f"{speaker}__in": SpeakerName.objects.filter(condition).order_by().values("speaker")})

    return SearchedPlace(
        indexed=lambda word: speaker_with(_index_condition(SpeakerName, ["name"], word)),
        scanned=lambda word: Q(
            Exists(SpeakerName.objects.filter(_contains_word("name", word), speaker=OuterRef(speaker)))
        ),
        short=lambda word: speaker_with(
            _starts_with("key", name_keys.name_key(word)) | Q(family_key=name_keys.family_key(word))
        ),
    )


def _source_title() -> SearchedPlace:
    """The title of a quote's source."""

    def quotes_of(sources: Rows) -> Q:
        return Q(
            snapshot__in=Snapshot.objects.filter(source__in=sources.order_by().values("pk")).order_by().values("pk")
        )

    return SearchedPlace(
        indexed=lambda word: quotes_of(Source.objects.filter(_index_condition(Source, ["title"], word))),
        scanned=lambda word: _contains_word("snapshot__source__title", word),
    )


def _source_columns() -> SearchedPlace:
    """A source's own columns; a short word is a publisher (AP, dpa)."""
    columns = _own_columns(Source, "title", "publisher", "authors", "url")
    return SearchedPlace(
        indexed=columns.indexed,
        scanned=columns.scanned,
        short=lambda word: Q(publisher__in={word, word.upper(), word.lower(), word.capitalize()}),
    )


def _claim_text() -> SearchedPlace:
    """The text of a verification's claim."""
    return SearchedPlace(
        indexed=lambda word: Q(
            claim__in=Claim.objects.filter(_index_condition(Claim, ["text"], word)).order_by().values("pk")
        ),
        scanned=lambda word: _contains_word("claim__text", word),
    )


def _has_wikidata_id(word: str) -> Q:
    return Q(wikidata_id=word.upper())


def _starts_with(column: str, word: str) -> Q:
    if connection.vendor == "sqlite":  # its LIKE uses no index
        return Q(**{f"{column}__gte": word, f"{column}__lt": word + _LAST_CODE_POINT})
    return Q(**{f"{column}__startswith": word})


_SEARCHED_PLACES: dict[type[Model], list[SearchedPlace]] = {
    Quote: [_own_columns(Quote, "exact", "mention"), _speaker_names("speaker"), _source_title()],
    Claim: [_own_columns(Claim, "text"), _speaker_names("speaker")],
    Speaker: [
        _speaker_names("pk"),
        SearchedPlace(indexed=_has_wikidata_id, scanned=_has_wikidata_id, short=_has_wikidata_id),
    ],
    Source: [_source_columns()],
    Verification: [_own_columns(Verification, "explanation"), _claim_text(), _speaker_names("claim__speaker")],
}
