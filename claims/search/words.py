"""Full text: the rows in which every word asked for occurs, in what readers may see of them.

The one face of search; what is behind it may differ between databases and change with their size.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q

from claims.models import Claim, Quote, Source, Speaker, SpeakerName, Topic, Verification
from claims.search.texts import words_in

MAX_LENGTH = 200  # characters of what is asked for
MAX_WORDS = 10  # each costs a look at every row that the other filters leave


def condition(model: type[Model]) -> Callable[[str], Q]:
    """The condition, for released rows of this model, that every word asked for stands somewhere in a row.

    Each may stand in any of the places searched, in any order. Parts of words are found; case does not count, in any
    script; no character has a meaning of its own.
    """
    places = _PLACES[model]
    return lambda asked: Q(*(places(word) for word in words_in(asked)))


def contains(column: str, word: str) -> Q:
    """That this column holds this word, whatever its case."""
    if connection.vendor == "sqlite" and not word.isascii():
        # LIKE knows the case of ASCII letters only there. A regular expression is about six times as dear.
        return Q(**{f"{column}__iregex": re.escape(word)})
    return Q(**{f"{column}__icontains": word})


def _named(speaker: str, word: str) -> Q:
    """That one of the names of the speaker in this column holds this word."""
    return Q(Exists(SpeakerName.objects.filter(contains("name", word), speaker=OuterRef(speaker))))


def _in_speaker(word: str) -> Q:
    return contains("name", word) | _named("pk", word)


def _in_source(word: str) -> Q:
    return contains("title", word) | contains("publisher", word)


def _in_quote(word: str) -> Q:
    return (
        contains("exact", word)
        | _named("speaker", word)
        | contains("snapshot__source__title", word)
        # The rows searched are released quotes: the claim of such a quote, if it has one, is released too.
        | contains("claim__text", word)
    )


def _in_claim(word: str) -> Q:
    said = contains("exact", word) | contains("snapshot__source__title", word)
    return (
        contains("text", word)
        | _named("speaker", word)
        | Q(Exists(Quote.objects.accepted().filter(said, claim=OuterRef("pk"))))
    )


def _in_verification(word: str) -> Q:
    return contains("explanation", word) | contains("claim__text", word) | _named("claim__speaker", word)


_PLACES: dict[type[Any], Callable[[str], Q]] = {
    Claim: _in_claim,
    Quote: _in_quote,
    Source: _in_source,
    Speaker: _in_speaker,
    Topic: lambda word: contains("name", word),
    Verification: _in_verification,
}
