"""Substring search finds the same on both databases, whatever the query."""

from typing import Any

import pytest
from django.db import connection

from claims.database.derived_objects import drop, restore
from claims.database.trigram_index import trigram_objects
from claims.models import Claim, Quote, Source, Speaker, SpeakerName, Verification
from claims.search import substring
from claims.search.substring import (
    MAX_SUBSTRING_QUERY_LENGTH,
    MAX_SUBSTRING_QUERY_WORDS,
    filter_by_substring,
    filter_newest_by_substring,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


def search_substring(model: Any, query: str, limit: int = 100) -> list[Any]:
    """Returns the matching rows; both search functions must agree on them."""
    rows = list(filter_by_substring(model.objects.order_by("pk"), query))
    assert sorted(filter_newest_by_substring(model.objects.all(), query, limit), key=lambda row: row.pk) == rows
    return rows


TITLE_CASES = [
    ("the beginning of a word", "Rivers are full", "riv", True),
    ("the middle of a word", "Rivers are full", "iver", True),
    ("over a space", "Rivers are full", '"rs are f"', True),
    ("words in any order", "Rivers are full", "full riv", True),
    ("together, in another order", "Rivers are full", '"full rivers"', False),
    ("one of two", "Rivers are full", "rivers empty", False),
    ("another word", "Rivers are full", "lakes", False),
    ("its letters, shuffled", "government", "mentgovern", False),
    ("upper case", "Rivers are full", "RIVERS", True),
    ("Cyrillic, whatever its case", "Река полна", "РЕКА", True),
    ("Greek, whatever its case", "Ποταμός", "ΠΟΤΑΜ", True),
    ("accents, whatever their case", "Café Éclair", "éclair CAFÉ", True),
    ("accents count", "Café Éclair", "cafe", False),
    ("Chinese", "习近平表示", "习近平", True),
    ("an emoji beside letters", "Wave 🌊 high", '"wave 🌊"', True),
    ("another emoji", "Wave 🌊 high", '"wave 🌋"', False),
    ("per cent is a character", "100 % sure", "100 %", True),
    ("per cent is no wildcard", "100 per cent sure", "100%sure", False),
    ("an underline is a character", "snake_case", "snake_case", True),
    ("an underline is no wildcard", "snakeXcase", "snake_case", False),
    ("a backslash", "back\\slash", "back\\slash", True),
    ("no star", "Rivers are full", "riv*", False),
    ("no minus", "Rivers are full", "rivers -full", False),
    ("no column", "Rivers are full", "title:rivers", False),
    ("no operator", "Rivers are full", "rivers OR lakes", False),
    ("an operator's name", "Rivers near lakes", "rivers NEAR lakes", True),
    ("a lone quotation mark", "Rivers are full", '"rivers', False),
    ("a quotation mark that stands there", 'They said "rivers" twice', '"said \\"rivers"', True),
    ("brackets", "Rivers (are) full", "(are)", True),
    ("an apostrophe", "It's raining", "it's", True),
    ("no SQL", "Rivers are full", "rivers' OR 1=1 --", False),
    ("a short word beside another", "EU sanctions", "EU sanctions", True),
    ("a short word that is not there", "US sanctions", "EU sanctions", False),
    ("a short word in another case", "Санкции ЕС", "ес санкции", True),
    ("blanks of any kind", "Rivers are full", "rivers\u00a0\u3000full", True),
    ("nothing but blanks", "Rivers are full", "   ", True),
    ("nothing", "Rivers are full", "", True),
]


@pytest.mark.parametrize(
    ("title", "query", "is_match"), [row[1:] for row in TITLE_CASES], ids=[row[0] for row in TITLE_CASES]
)
def test_title(title: str, query: str, is_match: bool) -> None:
    source = make.SourceFactory(title=title, publisher="")
    assert search_substring(Source, query) == ([source] if is_match else [])


HOSTILE_QUERIES = [
    ("NUL", "rivers\0"),
    ("more than is looked for", "rivers " * (MAX_SUBSTRING_QUERY_LENGTH // 7 + 1)),
    ("ten thousand characters", "x" * 10_000),
    ("ten thousand quotation marks", '"' * 10_000),
    ("quotation marks", '"' * 999),
    ("backslashes", "\\" * 999),
    ("per cents", "%" * 999),
    ("many words", "abc " * 249),
    ("brackets", "(" * 500 + ")" * 499),
    ("the index's own name", "claims_quote_trigrams"),
    ("its syntax", '{title} : "a" AND NOT ^b + c*'),
    ("a placeholder", "%s %(x)s"),
    ("a combining mark", "\u0301" * 99),
    ("right to left", "\u202erivers"),
]


@pytest.mark.parametrize("query", [row[1] for row in HOSTILE_QUERIES], ids=[row[0] for row in HOSTILE_QUERIES])
@pytest.mark.parametrize("model", [Quote, Claim, Speaker, Source, Verification])
def test_hostile_query_finds_nothing(model: Any, query: str) -> None:
    make.EvidenceFactory(verification__claim=make.QuoteFactory().claim)
    assert search_substring(model, query) == []


def test_query_with_too_many_words_is_one_phrase() -> None:
    words = [f"word{number}" for number in range(MAX_SUBSTRING_QUERY_WORDS + 1)]
    source = make.SourceFactory(title=" ".join(reversed(words)))
    assert search_substring(Source, " ".join(words[:MAX_SUBSTRING_QUERY_WORDS])) == [source]
    assert search_substring(Source, " ".join(words)) == []
    assert search_substring(Source, "\n".join(reversed(words))) == [source]


def test_words_may_occur_in_different_places() -> None:
    quote = make.QuoteFactory(speaker__name="Lena Ford", snapshot__source__title="On water", claim__text="Full.")
    make.SpeakerNameFactory(speaker=quote.speaker, name="Лена Форд")
    row = make.VerificationFactory(claim=quote.claim, explanation="Two gauges show it.")
    other = make.QuoteFactory(speaker__name="Tom Ford", snapshot__source__title="On dust", claim__text="Empty.")
    assert search_substring(Quote, "WATER форд rivers") == [quote]
    assert search_substring(Quote, "ford rivers") == [quote, other]
    assert search_substring(Claim, "форд full") == [quote.claim]
    assert search_substring(Verification, "gauges full лена") == [row]
    assert search_substring(Speaker, "lena форд") == [quote.speaker]


def test_rows_are_not_repeated() -> None:
    quote = make.QuoteFactory(speaker__name="Rivers Rivers", snapshot__source__title="Rivers", mention="Lena Ford")
    make.SpeakerNameFactory(speaker=quote.speaker, name="Rivers")
    assert search_substring(Quote, "rivers") == [quote]
    assert search_substring(Speaker, "rivers") == [quote.speaker]


def test_short_word_alone_matches_the_beginning_of_a_name() -> None:
    speaker = make.SpeakerFactory(name="Xi Jinping")
    last = make.SpeakerFactory(name="Bruce Li")
    make.SpeakerFactory(name="Maxi Linder")
    quote = make.QuoteFactory(speaker=speaker)
    source = make.SourceFactory(publisher="AP", title="News")
    make.SourceFactory(publisher="Apple News", title="ap")
    assert search_substring(Speaker, "xi") == [speaker]
    assert search_substring(Speaker, "LI") == [last]
    assert search_substring(Speaker, "xi ji") == [speaker]
    assert search_substring(Quote, "Xi") == [quote]
    assert search_substring(Claim, "xi") == [quote.claim]
    assert search_substring(Source, "ap") == [source]
    assert search_substring(Verification, "ap") == []


def test_speaker_is_found_by_the_whole_wikidata_id() -> None:
    speaker = make.SpeakerFactory(wikidata_id="Q42")
    make.SpeakerFactory(wikidata_id="Q421")
    assert search_substring(Speaker, "q42") == [speaker]
    assert search_substring(Speaker, "Q4") == []


def test_filters_of_the_queryset_apply() -> None:
    mixed = make.QuoteFactory(kind="mixed")
    make.QuoteFactory(kind="direct")
    rows = Quote.objects.filter(kind="mixed")
    assert list(filter_by_substring(rows, "rivers")) == list(filter_newest_by_substring(rows, "rivers", 100)) == [mixed]


def test_newest_rows_of_each_place_are_considered() -> None:
    quotes = make.QuoteFactory.create_batch(4)
    named = make.QuoteFactory(speaker__name="Rivers Rivers", mention="", mention_spans=[])
    assert (
        list(filter_newest_by_substring(Quote.objects.filter(pk__lt=named.pk), "rivers are", 2).order_by("pk"))
        == quotes[1:]
    )
    found_two = filter_newest_by_substring(Quote.objects.all(), "rivers", 2).order_by("pk")
    assert list(found_two) == [*quotes[2:], named]


def test_trigram_index_follows_every_change() -> None:
    quote = make.QuoteFactory(
        speaker__name="Lena Ford", claim__text="Rivers hold water.", snapshot__source__title="On water"
    )
    row = make.VerificationFactory(claim=quote.claim, explanation="Two gauges.")
    for changed, column, model, old_words, new_words in [
        (quote.claim, "text", Claim, "hold water", "Lakes hold fish."),
        (SpeakerName.objects.get(speaker=quote.speaker), "name", Speaker, "lena", "Helena Forde"),
        (quote.snapshot.source, "title", Source, "on water", "Dust"),
        (row, "explanation", Verification, "gauges", "Three wells."),
    ]:
        assert len(search_substring(model, old_words)) == 1
        type(changed).objects.filter(pk=changed.pk).update(**{column: new_words})
        assert len(search_substring(model, new_words)) == 1
        if column != "name":  # the new name contains the old one
            assert search_substring(model, old_words) == []
    row.delete()
    assert search_substring(Verification, "three wells") == []
    quote.delete()
    assert search_substring(Quote, "rivers") == []


@pytest.mark.django_db(transaction=True)
def test_trigram_index_is_created_of_existing_rows() -> None:
    drop(connection, trigram_objects(connection))
    quote = make.QuoteFactory()
    restore(connection)
    assert search_substring(Quote, "rivers are") == [quote]


def test_supported_models() -> None:
    assert substring.supports_substring_search(Quote)
    assert not substring.supports_substring_search(SpeakerName)
