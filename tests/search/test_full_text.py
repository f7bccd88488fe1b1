"""Full-text search agrees with a Python model on both databases, for any query, in the order of the list."""

import datetime as dt
from dataclasses import replace
from typing import Any

import hypothesis
import pytest
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import strategies as st

from claims.models import Claim, Quote, Source, Speaker, Topic, Verification
from claims.search import full_text
from claims.search.full_text import (
    MAX_FULL_TEXT_QUERY_LENGTH,
    MAX_FULL_TEXT_QUERY_WORDS,
    filter_with_list_order,
    full_text_condition,
    list_ordering,
    rank_by_relevance,
)
from claims.search.full_text_query import FullTextQuery, QuerySyntaxError, SearchTerm, parse_full_text_query
from claims.search.keyset import after_position, order_by_keyset
from claims.search.tokenizer import stem_word, tokenize
from tests import factories as make

pytestmark = pytest.mark.django_db

TITLES = [
    "Rivers are full of water",
    "Water, water everywhere: the rivers' end",
    "Реки полны — сказал Медведев; ёлка",
    "It's the Rivers-of-Babylon, covid-19 at 1,500.5",
    "习近平表示 rivers",
    "Straße nach Łódź, São Paulo",
    "مُحَمَّد قال",
    "Wave 🌊 AND NOT or near",
    "Taxed: 40,000 taxes, 1.5 a river; 12 500 налогов Мединского",
    "Tax of 40 000 налог, 12 on 500 and 400000",
    "",
]
QUERY_PIECES = [word for title in TITLES for word in title.split()] + [
    *[
        "",
        " ",
        "\t",
        "\u00a0",
        "-",
        "--",
        '"',
        "'",
        "*",
        "**",
        "(",
        ")",
        ":",
        "^",
        "+",
        "&",
        "|",
        "!",
        "<->",
        "\\",
        "%",
    ],
    *['"tax"', '"rivers"', "taxing", "мединский", "40000", "40.000", "12500", "500", "1,5", "1 ", "0", "="],
    *["AND", "OR", "NOT", "NEAR(a b, 3)", "words:", "{words}", "row_id", "_", "a", "ri", "riv*", "wat*", "the", "习近"],
    *["\x1e", "\u0301", "\u200b", "\U0001f600", "\ue000", "ß", "İ", "²", "﷽", "\x01", "$1", "''", ";--", "\U0010ffff"],
]


def term_matches(term: SearchTerm, title: str) -> bool:
    """Whether the term's words are adjacent in the title."""
    words, size = tuple(tokenize(title)), len(term.words)
    if term.is_stemmed and (stem := stem_word(term.words[0])):
        return any(word == stem or stem_word(word) == stem for word in words)
    runs = [words[start : start + size] for start in range(len(words) - size + 1)]
    if term.is_prefix:
        return any(run[:-1] == term.words[:-1] and run[-1].startswith(term.words[-1]) for run in runs)
    return term.words in runs


def expected_titles(query: FullTextQuery) -> list[str]:
    return [
        title
        for title in TITLES
        if query.required
        and all(any(term_matches(term, title) for term in group) for group in query.required)
        and not any(term_matches(term, title) for term in query.excluded)
    ]


@hypothesis.settings(suppress_health_check=list(HealthCheck))
@hypothesis.given(
    query=st.lists(
        st.sampled_from(QUERY_PIECES)
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
        max_size=12,
    ).flatmap(lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)]))
)
def test_results_agree_with_python(query: str) -> None:
    try:
        parsed = parse_full_text_query(query)
    except QuerySyntaxError:
        hypothesis.reject()
    if not Source.objects.exists():
        for title in TITLES:
            make.SourceFactory(title=title, publisher="")
    expected = sorted(expected_titles(parsed))
    assert (
        sorted(Source.objects.filter(full_text_condition(Source)(parsed)).values_list("title", flat=True)) == expected
    )
    assert sorted(filter_with_list_order(Source.objects.all(), parsed).values_list("title", flat=True)) == expected
    assert (
        sorted(Source.objects.filter(pk__in=rank_by_relevance(Source, parsed).ids).values_list("title", flat=True))
        == expected
    )


@pytest.mark.parametrize("model", [Claim, Quote, Source, Speaker, Topic, Verification])
@pytest.mark.parametrize(
    "query",
    [
        '"',
        "%s %(x)s {}",
        '"a b" ' * (MAX_FULL_TEXT_QUERY_WORDS + 1),
        "-a " * 99 + "b",
        *(
            piece * (MAX_FULL_TEXT_QUERY_LENGTH // len(piece))
            for piece in ['"', "*", "-", "a", "a ", "(", "\\", "'", "a*", "ab* ", "习", "🌊", "\u0301", "ﷺ"]
        ),
    ],
    ids=lambda text: ascii(text)[:16],
)
def test_hostile_query_finds_nothing(model: Any, query: str) -> None:
    make.VerificationFactory(claim=make.QuoteFactory(accepted=True).claim, published=True)
    parsed = parse_full_text_query(query)
    assert list(model.objects.filter(full_text_condition(model)(parsed))) == []
    assert rank_by_relevance(model, parsed).ids == []


def test_query_in_one_place() -> None:
    quote = make.QuoteFactory(
        accepted=True,
        speaker__name="Lena Ford",
        claim__text="Dykes hold.",
        claim__released_at=timezone.now(),
        snapshot__source__title="Taxes rise",
    )
    places = {"quote": "rivers", "claim": "dyke", "speaker": "ford", "source": "tax"}
    for place, word in places.items():
        for other in places:
            for query, is_match in [
                (word, place == other),
                (f"{word} -lena", place == other != "speaker"),
                (f"{word[:3]}*", place == other),
                (f"nothing OR {word}", place == other),
            ]:
                for model in (Quote, Claim):
                    parsed = replace(parse_full_text_query(query), places=(other,))
                    rows = model.objects.filter(full_text_condition(model)(parsed))
                    assert rows.exists() is is_match, (model, query, other)
                    assert bool(rank_by_relevance(model, parsed).ids) is is_match
    both = replace(parse_full_text_query('"lena ford" taxes'), places=("speaker", "source"))
    assert filter_with_list_order(Quote.objects.all(), both).get() == quote


def create_quotes_decided_at(*moments: int) -> list[Quote]:
    """Creates quotes that were accepted so many seconds after now."""
    start = timezone.now().replace(microsecond=0)
    return [make.QuoteFactory(accepted=True, decided_at=start + dt.timedelta(seconds=second)) for second in moments]


@pytest.mark.parametrize("column", ["-decided_at", "decided_at"])
def test_results_are_in_the_order_of_the_list(column: str) -> None:
    rows = create_quotes_decided_at(5, 3, 9, 3, 3, -70 * 365 * 86400)
    places = list_ordering(filter_with_list_order(Quote.objects.all(), parse_full_text_query("rivers")), (column, "id"))
    assert list_ordering(Quote.objects.all(), (column, "id")) == (column, "id")
    listed = list(order_by_keyset(Quote.objects.all(), (column, "-id" if column.startswith("-") else "id")))
    assert set(listed) == set(rows)
    paged: list[Any] = []
    position = None
    while True:
        matches = filter_with_list_order(Quote.objects.all(), parse_full_text_query("rivers"))
        page = list(
            order_by_keyset(matches.filter(after_position(places, position)) if position else matches, places)[:2]
        )
        if not page:
            break
        paged += page
        position = (page[-1].place, page[-1].pk)
    assert paged == listed


def test_row_moves_when_its_time_changes() -> None:
    first, second = create_quotes_decided_at(1, 2)
    Quote.objects.filter(pk=first.pk).update(decided_at=timezone.now() + dt.timedelta(days=900_000))
    assert list(filter_with_list_order(Quote.objects.all(), parse_full_text_query("rivers")).order_by("-place")) == [
        first,
        second,
    ]
    Claim.objects.filter(pk=first.claim_id).update(released_at=dt.datetime(9999, 12, 31, tzinfo=dt.UTC))
    Claim.objects.filter(pk=second.claim_id).update(released_at=dt.datetime(1, 1, 1, tzinfo=dt.UTC))
    assert list(filter_with_list_order(Claim.objects.all(), parse_full_text_query("rivers")).order_by("-place")) == [
        first.claim,
        second.claim,
    ]


def test_relevance_then_newest_first() -> None:
    sources = [
        make.SourceFactory(title=title, publisher="")
        for title in ["Water " + "and so on " * 30, "Water water water", "Dust", "Water water water"]
    ]
    ranked = rank_by_relevance(Source, parse_full_text_query("water"))
    assert ranked.ids == [sources[n].pk for n in (3, 1, 0)]
    assert not ranked.is_truncated


def test_only_the_newest_matches_are_ranked() -> None:
    sources = [make.SourceFactory(title="Water") for _ in range(4)]
    ranked = rank_by_relevance(Source, parse_full_text_query("water"), limit=3)
    assert (set(ranked.ids), ranked.is_truncated) == ({source.pk for source in sources[1:]}, True)
    assert not rank_by_relevance(Source, parse_full_text_query("water"), limit=4).is_truncated
    assert full_text.MAX_RANKED_CANDIDATES == 1000
