"""Parts of words, for editors: in all rows, whoever may see them, by the index of trigrams.

What is asked for is words; each must stand somewhere in a row's places (a quote's words, its speaker's names, its
source's title), in any order, as a part of a word or the whole; words in quotation marks stand together. Case does not
count, no character has a meaning of its own. What is behind it differs between the databases, what is found does not:
on PostgreSQL a GIN index over the columns in upper case, on SQLite a full-text table (migration 0010 makes both).

An index of trigrams knows nothing of a word of less than three characters, or without two letters or digits in a row.
Beside others such a word is looked for in the rows that those leave; alone, at the beginning of names only.
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

MAX_SUBSTRING_QUERY_LENGTH = 1000  # characters; of more, nothing is found
MAX_SUBSTRING_QUERY_WORDS = 20  # more of them are looked for as they stand, together
_INDEXED_WORD = re.compile(r"(?=.{3}).*?[^\W_]{2}", re.DOTALL)
_LAST_CODE_POINT = chr(0x10FFFF)

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class SearchedPlace:
    """Where a word may stand: each function makes from it the condition that it does, of the rows searched.

    `indexed` asks the index, `read` looks into each row; `begun` finds by its beginning what is too short for the
    index, where there is a way to.
    """

    indexed: Callable[[str], Q]
    read: Callable[[str], Q]
    begun: Callable[[str], Q] | None = None


def supports_substring_search(model: type[Model]) -> bool:
    """Whether rows of this model are found here."""
    return model in _SEARCHED_PLACES


def filter_by_substring(rows: Rows, asked: str) -> Rows:
    """Those of the rows in which every word asked for stands."""
    words = parse_substring_query(asked)
    if not words:
        return rows if words is not None else rows.none()
    first, rest = _split_conditions(rows.model, words)
    return rows.filter(_any_of(first), *rest)


def filter_newest_by_substring(rows: Rows, asked: str, most: int) -> Rows:
    """The same, but of each place only the `most` rows added last, plus one if there are more.

    So that a word which stands in every third row is as quick to look for as one that stands in three of them. The
    places are asked one after the other and what they give is put together: one condition that names them all would
    have the database read every row.
    """
    words = parse_substring_query(asked)
    if not words:
        return rows if words is not None else rows.none()
    first, rest = _split_conditions(rows.model, words)
    parts = [rows.filter(condition, *rest).order_by("-pk").values("pk")[: most + 1] for condition in first]
    if not parts:
        return rows.none()
    compiled = [part.query.get_compiler(connection.alias).as_sql() for part in parts]
    # Nothing of what was asked for is in it: values are parameters.
    together = " UNION ".join(f"SELECT * FROM ({sql}) part{number}" for number, (sql, _) in enumerate(compiled))  # noqa: S608  # as said above  # nosec B608
    everything: Rows = rows.model._base_manager.all()  # public by its docs; the parts are filtered
    return everything.filter(pk__in=RawSQL(together, [value for _, values in compiled for value in values]))  # noqa: S611  # as above  # nosec B611


def parse_substring_query(asked: str) -> list[str] | None:
    """What is looked for; None if that can be nowhere."""
    if len(asked) > MAX_SUBSTRING_QUERY_LENGTH or "\0" in asked:
        return None
    words = [
        unescape_string_literal(bit) if len(bit) > 1 and bit[0] in "\"'" and bit[0] == bit[-1] else bit
        for part in smart_split(asked)
        for bit in ([part] if part[0] in "\"'" else split_words(part))
    ]
    words = [word for word in dict.fromkeys(words) if word.strip()]
    return words if len(words) <= MAX_SUBSTRING_QUERY_WORDS else [" ".join(split_words(asked))]


def _split_conditions(model: type[Model], words: Sequence[str]) -> tuple[list[Q], list[Q]]:
    """Where the two longest words may stand, one possibility by one; and the condition of each of the others.

    Two, because which of them is rare is not known, and an index that is asked for both does not need to know. If there
    are only words too short for the index, the longest is found by its beginning.
    """
    places = _SEARCHED_PLACES[model]
    first, *others = sorted(words, key=lambda word: (_is_indexed(word), len(word)), reverse=True)
    if not _is_indexed(first):
        alternatives = [place.begun(first) for place in places if place.begun]
    elif others and _is_indexed(others[0]):
        second = others.pop(0)
        alternatives = [one.indexed(first) & other.indexed(second) for one in places for other in places]
    else:
        alternatives = [place.indexed(first) for place in places]
    return alternatives, [
        _any_of([place.indexed(word) if _is_indexed(word) else place.read(word) for place in places]) for word in others
    ]


def _any_of(conditions: Sequence[Q]) -> Q:
    alternatives = Q(pk__in=[])
    for condition in conditions:
        alternatives |= condition
    return alternatives


def _is_indexed(word: str) -> bool:
    return _INDEXED_WORD.match(word) is not None


def _index_condition(model: type[Model], columns: Sequence[str], word: str) -> Q:
    """That one of these columns, all of the model's index or some, holds the word."""
    if connection.vendor == "sqlite":
        index = f"{model._meta.db_table}_trigrams"  # public by its docs
        words = word.replace('"', '""')
        asked = f'{{{" ".join(columns)}}} : "{words}"'
        return Q(pk__in=RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [asked]))  # noqa: S608, S611  # our names  # nosec B608, B611
    return _any_of([Q(**{f"{column}__icontains": word}) for column in columns])


def _contains_word(column: str, word: str) -> Q:
    """That this column holds this word, whatever its case."""
    if connection.vendor == "sqlite" and not word.isascii():
        # LIKE knows the case of ASCII letters only there. A regular expression is about six times as dear.
        return Q(**{f"{column}__iregex": re.escape(word)})
    return Q(**{f"{column}__icontains": word})


def _own_columns(model: type[Model], *columns: str) -> SearchedPlace:
    """The rows' own words."""
    return SearchedPlace(
        indexed=lambda word: _index_condition(model, columns, word),
        read=lambda word: _any_of([_contains_word(column, word) for column in columns]),
    )


def _speaker_names(speaker: str) -> SearchedPlace:
    """The names of the speaker in this column; a short word is the beginning of the first or all of the last."""

    def among(condition: Q) -> Q:
        return Q(**{f"{speaker}__in": SpeakerName.objects.filter(condition).order_by().values("speaker")})

    return SearchedPlace(
        indexed=lambda word: among(_index_condition(SpeakerName, ["name"], word)),
        read=lambda word: Q(
            Exists(SpeakerName.objects.filter(_contains_word("name", word), speaker=OuterRef(speaker)))
        ),
        begun=lambda word: among(
            _starts_with("key", name_keys.name_key(word)) | Q(family_key=name_keys.family_key(word))
        ),
    )


def _source_title() -> SearchedPlace:
    """The title of a quote's source."""

    def found(sources: Rows) -> Q:
        return Q(
            snapshot__in=Snapshot.objects.filter(source__in=sources.order_by().values("pk")).order_by().values("pk")
        )

    return SearchedPlace(
        indexed=lambda word: found(Source.objects.filter(_index_condition(Source, ["title"], word))),
        read=lambda word: _contains_word("snapshot__source__title", word),
    )


def _source_columns() -> SearchedPlace:
    """A source's own words; a short word is its publisher (AP, dpa)."""
    own = _own_columns(Source, "title", "publisher", "authors", "url")
    return SearchedPlace(
        indexed=own.indexed,
        read=own.read,
        begun=lambda word: Q(publisher__in={word, word.upper(), word.lower(), word.capitalize()}),
    )


def _claim_text() -> SearchedPlace:
    """The words of a verification's claim."""
    return SearchedPlace(
        indexed=lambda word: Q(
            claim__in=Claim.objects.filter(_index_condition(Claim, ["text"], word)).order_by().values("pk")
        ),
        read=lambda word: _contains_word("claim__text", word),
    )


def _has_wikidata_id(word: str) -> Q:
    """A speaker by the whole of it."""
    return Q(wikidata_id=word.upper())


def _starts_with(column: str, word: str) -> Q:
    """That the column begins with this."""
    if connection.vendor == "sqlite":  # whose LIKE asks no index
        return Q(**{f"{column}__gte": word, f"{column}__lt": word + _LAST_CODE_POINT})
    return Q(**{f"{column}__startswith": word})


_SEARCHED_PLACES: dict[type[Any], list[SearchedPlace]] = {
    Quote: [_own_columns(Quote, "exact", "mention"), _speaker_names("speaker"), _source_title()],
    Claim: [_own_columns(Claim, "text"), _speaker_names("speaker")],
    Speaker: [
        _speaker_names("pk"),
        SearchedPlace(indexed=_has_wikidata_id, read=_has_wikidata_id, begun=_has_wikidata_id),
    ],
    Source: [_source_columns()],
    Verification: [_own_columns(Verification, "explanation"), _claim_text(), _speaker_names("claim__speaker")],
}
