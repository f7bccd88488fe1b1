"""Full-text search finds the same on both databases."""

import pytest

from claims.models import Claim, Quote, Source, Speaker, Topic, Verification
from claims.search.full_text import full_text_condition
from claims.search.full_text_query import parse_full_text_query
from claims.search.text_values import split_words
from tests import factories as f


def filter_matching(rows, query):
    return rows.filter(full_text_condition(rows.model)(parse_full_text_query(query)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "query", "is_match"),
    [
        ("Река полна", "РЕКА", True),
        ("РЕКА ПОЛНА", "полна река", True),
        ("Ποταμός", "ΠΟΤΑΜ", False),
        ("Ποταμός", "ΠΟΤΑΜ*", True),
        ("Café Éclair", "éclair CAFÉ", True),
        ("100 %", "100 %", True),
        ("100 %", "%", False),
        ("100 per cent", "%", False),
        ("snake_case", "snake_case", True),
        ("snake_case", "case", True),
        ("snake_case", "e_c", False),
        ("snakeXcase", "e_c", False),
        ("back\\slash", "back\\slash", True),
        ("back\\slash", "\\", False),
        ("a.b", "a.b", True),
        ("axb", "a.b", False),
        ("яxб", "я.б", False),
        ("(я)", "(я)", True),
        ("Wave 🌊", "🌊", True),
        ("one two", "two\u00a0one", True),
        ("one two", "one three", False),
        ("rivers", "river", True),
        ("river", "rivers", True),
        ("rivers", '"river"', False),
        ("river", '"rivers"', False),
        ("rivers", '"rivers"', True),
        ("Taxes are high", "tax", True),
        ("Taxes are high", "-tax high", False),
        ("Taxes are high", '-"tax" high', True),
        ("Texas", "tax", False),
        ("Tax", "ta*", True),
        ("Tries", "tri*", True),
        ("happy", "happi*", False),
        ("сказал Мединский", "Мединского", True),
        ("слова Мединского", "мединский", True),
        ("слова Мединского", '"мединский"', False),
        ("речь о налогах", "налог", True),
        ("Ёлки", "елка", True),
        ("the doing of having", "having doing", True),
        ("40,000 people", "40000", True),
        ("40 000 people", "40,000", True),
        ("40\u00a0000 people", "40.000", True),
        ("40\u202f000 people", "40'000", True),
        ("40000 people", "40 000", True),
        ("40.000 people", "40\u00a0000 people", True),
        ("$40,000", "$40 000", True),
        ("1,234,567", "1 234 567", True),
        ("400000", "40,000", False),
        ("40,000", "400000", False),
        ("40,000", "4000", False),
        ("40,000", "40", False),
        ("40,000,000", "40,000", False),
        ("40 percent of 1 000", "40 000", False),
        ('exactly "40 000 people"', '"40,000 people"', True),
        ("1.5 percent", "1,5", True),
        ("15 percent", "1,5", False),
        ("12 of 500", "12 500", True),
        ("12,500", "12 500", True),
        ("12 of 500", "12 500 OR never", False),
        ("12,500", "never OR 12 500", True),
        ("2024 500", "2024500", False),
        ("10, 200, 300", "10200300", False),
        ("rivers", "river*", True),
        ("it's", "it’s", True),
        ("it's", "'", False),
    ],
)
def test_title(title, query, is_match):
    source = f.SourceFactory(title=title, publisher="")
    assert list(filter_matching(Source.objects.all(), query)) == ([source] if is_match else [])


@pytest.mark.django_db
def test_rows_are_not_repeated():
    quote = f.QuoteFactory(accepted=True, speaker__name="Rivers Rivers")
    f.SpeakerNameFactory(speaker=quote.speaker, name="Rivers")
    for _ in range(3):
        f.QuoteFactory(accepted=True, claim=quote.claim, speaker=quote.speaker)
    assert list(filter_matching(Claim.objects.released(), "rivers full")) == [quote.claim]
    assert list(filter_matching(Speaker.objects.released(), "rivers")) == [quote.speaker]
    assert filter_matching(Quote.objects.released(), "rivers full").count() == 4


@pytest.mark.django_db
def test_words_may_occur_in_different_places():
    quote = f.QuoteFactory(accepted=True, speaker__name="Lena Ford", snapshot__source__title="On water")
    f.SpeakerNameFactory(speaker=quote.speaker, name="Лена Форд")
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    quote.claim.topics.add(f.TopicFactory(name="Water"))
    for model, query in {
        Claim: "WATER форд report full.",
        Quote: "WATER форд report full.",
        Verification: "gauges форд report",
        Speaker: "лена ford",
        Topic: "wat*",
    }.items():
        assert filter_matching(model.objects.released(), query).count() == 1, model
        assert filter_matching(model.objects.released(), f"{query} nowhere").count() == 0, model
    assert verification.claim == quote.claim


@pytest.mark.django_db
def test_alias_of_a_merged_speaker_finds_nothing():
    quote = f.QuoteFactory(accepted=True)
    merged = f.SpeakerFactory(name="Alias")
    Speaker.objects.filter(pk=merged.pk).update(merged_into=quote.speaker)
    assert not filter_matching(Claim.objects.released(), "alias").exists()
    assert not filter_matching(Speaker.objects.released(), "alias").exists()


def test_split_words():
    assert split_words("\u3000 a\tb\u00a0c\r\n") == ["a", "b", "c"]
