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

from claims.models import Claim, Quote, Snapshot, Source, Speaker, SpeakerName, Verification, names
from claims.search.texts import words_in

MAX_LENGTH = 1000  # characters; of more, nothing is found
MAX_WORDS = 20  # more of them are looked for as they stand, together
_INDEXED = re.compile(r"(?=.{3}).*?[^\W_]{2}", re.DOTALL)
_LAST = chr(0x10FFFF)

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word may stand: each function makes from it the condition that it does, of the rows searched.

    `indexed` asks the index, `read` looks into each row; `begun` finds by its beginning what is too short for the
    index, where there is a way to.
    """

    indexed: Callable[[str], Q]
    read: Callable[[str], Q]
    begun: Callable[[str], Q] | None = None


def searches(model: type[Model]) -> bool:
    """Whether rows of this model are found here."""
    return model in _PLACES


def matching(rows: Rows, asked: str) -> Rows:
    """Those of the rows in which every word asked for stands."""
    words = words_of(asked)
    if not words:
        return rows if words is not None else rows.none()
    first, rest = _conditions(rows.model, words)
    return rows.filter(_any(first), *rest)


def newest(rows: Rows, asked: str, most: int) -> Rows:
    """The same, but of each place only the `most` rows added last, plus one if there are more.

    So that a word which stands in every third row is as quick to look for as one that stands in three of them. The
    places are asked one after the other and what they give is put together: one condition that names them all would
    have the database read every row.
    """
    words = words_of(asked)
    if not words:
        return rows if words is not None else rows.none()
    first, rest = _conditions(rows.model, words)
    parts = [rows.filter(condition, *rest).order_by("-pk").values("pk")[: most + 1] for condition in first]
    if not parts:
        return rows.none()
    compiled = [part.query.get_compiler(connection.alias).as_sql() for part in parts]
    # Nothing of what was asked for is in it: values are parameters.
    together = " UNION ".join(f"SELECT * FROM ({sql}) part{number}" for number, (sql, _) in enumerate(compiled))  # noqa: S608  # as said above  # nosec B608
    everything: Rows = rows.model._base_manager.all()  # noqa: SLF001  # public by its docs; the parts are filtered
    return everything.filter(pk__in=RawSQL(together, [value for _, values in compiled for value in values]))  # noqa: S611  # as above  # nosec B611


def words_of(asked: str) -> list[str] | None:
    """What is looked for; None if that can be nowhere."""
    if len(asked) > MAX_LENGTH or "\0" in asked:
        return None
    words = [
        unescape_string_literal(bit) if len(bit) > 1 and bit[0] in "\"'" and bit[0] == bit[-1] else bit
        for part in smart_split(asked)
        for bit in ([part] if part[0] in "\"'" else words_in(part))
    ]
    words = [word for word in dict.fromkeys(words) if word.strip()]
    return words if len(words) <= MAX_WORDS else [" ".join(words_in(asked))]


def _conditions(model: type[Model], words: Sequence[str]) -> tuple[list[Q], list[Q]]:
    """Where the two longest words may stand, one possibility by one; and the condition of each of the others.

    Two, because which of them is rare is not known, and an index that is asked for both does not need to know. If there
    are only words too short for the index, the longest is found by its beginning.
    """
    places = _PLACES[model]
    first, *others = sorted(words, key=lambda word: (_is_indexed(word), len(word)), reverse=True)
    if not _is_indexed(first):
        alternatives = [place.begun(first) for place in places if place.begun]
    elif others and _is_indexed(others[0]):
        second = others.pop(0)
        alternatives = [one.indexed(first) & other.indexed(second) for one in places for other in places]
    else:
        alternatives = [place.indexed(first) for place in places]
    return alternatives, [
        _any([place.indexed(word) if _is_indexed(word) else place.read(word) for place in places]) for word in others
    ]


def _any(conditions: Sequence[Q]) -> Q:
    alternatives = Q(pk__in=[])
    for condition in conditions:
        alternatives |= condition
    return alternatives


def _is_indexed(word: str) -> bool:
    return _INDEXED.match(word) is not None


def _holds(model: type[Model], columns: Sequence[str], word: str) -> Q:
    """That one of these columns, all of the model's index or some, holds the word."""
    if connection.vendor == "sqlite":
        index = f"{model._meta.db_table}_trigrams"  # noqa: SLF001  # public by its docs
        words = word.replace('"', '""')
        asked = f'{{{" ".join(columns)}}} : "{words}"'
        return Q(pk__in=RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [asked]))  # noqa: S608, S611  # our names  # nosec B608, B611
    return _any([Q(**{f"{column}__icontains": word}) for column in columns])


def _contains(column: str, word: str) -> Q:
    """That this column holds this word, whatever its case."""
    if connection.vendor == "sqlite" and not word.isascii():
        # LIKE knows the case of ASCII letters only there. A regular expression is about six times as dear.
        return Q(**{f"{column}__iregex": re.escape(word)})
    return Q(**{f"{column}__icontains": word})


def _own(model: type[Model], *columns: str) -> Place:
    """The rows' own words."""
    return Place(
        indexed=lambda word: _holds(model, columns, word),
        read=lambda word: _any([_contains(column, word) for column in columns]),
    )


def _named(speaker: str) -> Place:
    """The names of the speaker in this column; a short word is the beginning of the first or all of the last."""

    def among(condition: Q) -> Q:
        return Q(**{f"{speaker}__in": SpeakerName.objects.filter(condition).order_by().values("speaker")})

    return Place(
        indexed=lambda word: among(_holds(SpeakerName, ["name"], word)),
        read=lambda word: Q(Exists(SpeakerName.objects.filter(_contains("name", word), speaker=OuterRef(speaker)))),
        begun=lambda word: among(_begins("key", names.key(word)) | Q(family_key=names.family_key(word))),
    )


def _titled() -> Place:
    """The title of a quote's source."""

    def found(sources: Rows) -> Q:
        return Q(
            snapshot__in=Snapshot.objects.filter(source__in=sources.order_by().values("pk")).order_by().values("pk")
        )

    return Place(
        indexed=lambda word: found(Source.objects.filter(_holds(Source, ["title"], word))),
        read=lambda word: _contains("snapshot__source__title", word),
    )


def _published() -> Place:
    """A source's own words; a short word is its publisher (AP, dpa)."""
    own = _own(Source, "title", "publisher", "authors", "url")
    return Place(
        indexed=own.indexed,
        read=own.read,
        begun=lambda word: Q(publisher__in={word, word.upper(), word.lower(), word.capitalize()}),
    )


def _claimed() -> Place:
    """The words of a verification's claim."""
    return Place(
        indexed=lambda word: Q(claim__in=Claim.objects.filter(_holds(Claim, ["text"], word)).order_by().values("pk")),
        read=lambda word: _contains("claim__text", word),
    )


def _is_wikidata_id(word: str) -> Q:
    """A speaker by the whole of it."""
    return Q(wikidata_id=word.upper())


def _begins(column: str, word: str) -> Q:
    """That the column begins with this."""
    if connection.vendor == "sqlite":  # whose LIKE asks no index
        return Q(**{f"{column}__gte": word, f"{column}__lt": word + _LAST})
    return Q(**{f"{column}__startswith": word})


_PLACES: dict[type[Any], list[Place]] = {
    Quote: [_own(Quote, "exact", "mention"), _named("speaker"), _titled()],
    Claim: [_own(Claim, "text"), _named("speaker")],
    Speaker: [
        _named("pk"),
        Place(indexed=_is_wikidata_id, read=_is_wikidata_id, begun=_is_wikidata_id),
    ],
    Source: [_published()],
    Verification: [_own(Verification, "explanation"), _claimed(), _named("claim__speaker")],
}
