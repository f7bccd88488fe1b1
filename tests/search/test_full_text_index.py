"""The full-text index: it follows every change, whoever makes it, and can be filled anew."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from claims.models import Claim, Quote, QuoteDecision, Source, Speaker, SpeakerName, Topic, Verification
from claims.search import full_text_index, tokenizer
from claims.search.full_text import full_text_condition, parse_search_terms
from tests import factories as make

pytestmark = pytest.mark.django_db


def search_full_text(model: Any, asked: str) -> list[Any]:
    return list(model._base_manager.filter(full_text_condition(model)(asked)).order_by("pk"))


@pytest.fixture
def quote() -> Quote:
    """One with words of its own in each place."""
    return make.QuoteFactory(
        accepted=True,
        speaker__name="Lena Ford",
        claim__text="Rivers hold water.",
        claim__released_at=timezone.now(),
        snapshot__source__title="On dykes",
        snapshot__source__publisher="Gazette",
    )


def test_it_follows_every_change(quote: Quote) -> None:
    verdict = make.VerificationFactory(claim=quote.claim, published=True, explanation="Two gauges.")
    topic = make.TopicFactory(name="Flood", description="Too wet.")
    name = SpeakerName.objects.get(speaker=quote.speaker)
    claim, source = quote.claim, quote.snapshot.source
    for row, change, gone, come, finds in [
        (claim, {"text": "Lakes hold fish."}, "hold water", "lakes fish", [quote, claim, verdict]),
        (name, {"name": "Helena Forde"}, "lena", "helena", [quote, claim, verdict]),
        (source, {"title": "Dust"}, "dykes", "dust", [quote, claim, source]),
        (source, {"publisher": "Herald"}, "gazette", "herald", [source]),
        (quote.speaker, {"name": "Ms Ford"}, "nobody", "ms", [quote.speaker]),
        (topic, {"name": "Drought"}, "flood", "drought", [topic]),
        (topic, {"description": "Too dry."}, "wet", "dry", [topic]),
    ]:
        type(row)._base_manager.filter(pk=row.pk).update(**change)
        for model in (Quote, Claim, Source, Speaker, Topic, Verification):
            expected = [one for one in finds if isinstance(one, model)]
            if row is name and model is Speaker:
                expected = [quote.speaker]
            assert search_full_text(model, come) == expected, (model, come)
            if not (row is name and model is Speaker):  # the speaker's own name is still the old one
                assert search_full_text(model, gone) == [], (model, gone)
        assert full_text_index.find_index_faults() == []


def test_it_follows_what_is_written_without_the_orm(quote: Quote) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET text = 'Lakes.'")
        cursor.execute("UPDATE claims_source SET title = 'Dust'")
        cursor.execute("UPDATE claims_speakername SET name = 'Tom'")
    assert search_full_text(Quote, "lakes dust tom") == [quote]
    assert search_full_text(Claim, "lakes dust tom rivers") == [quote.claim]
    assert full_text_index.find_index_faults() == []


def test_a_claim_is_found_by_its_accepted_quotes_only(quote: Quote) -> None:
    other = make.QuoteFactory(
        claim=quote.claim, speaker=quote.speaker, snapshot__text='Lena Ford said: "Roads are dry___." (%)'
    )
    assert search_full_text(Claim, "roads") == search_full_text(Quote, "roads") == []
    editor = make.UserFactory()
    for decision, finds in [
        (QuoteDecision.ACCEPTED, True),
        (QuoteDecision.REJECTED, False),
        (QuoteDecision.ACCEPTED, True),
    ]:
        Quote.objects.filter(pk=other.pk).update(decision=decision, decided_by=editor, decided_at=timezone.now())
        assert search_full_text(Claim, "roads") == ([quote.claim] if finds else [])
        assert search_full_text(Quote, "roads") == ([other] if finds else [])
        assert full_text_index.find_index_faults() == []
    elsewhere = make.ClaimFactory(released_at=timezone.now(), text="Elsewhere.")
    Quote.objects.filter(pk=other.pk).update(claim=elsewhere)
    assert search_full_text(Claim, "roads") == [elsewhere]
    Quote.objects.filter(pk=other.pk).delete()
    assert search_full_text(Claim, "roads") == search_full_text(Quote, "roads") == []
    assert full_text_index.find_index_faults() == []


def test_what_is_withdrawn_has_no_words(quote: Quote) -> None:
    Claim.objects.filter(pk=quote.claim_id).update(retracted_at=timezone.now())
    assert search_full_text(Claim, "rivers") == []
    Claim.objects.filter(pk=quote.claim_id).update(retracted_at=None)
    assert search_full_text(Claim, "rivers") == [quote.claim]
    Claim.objects.filter(pk=quote.claim_id).update(released_at=None)
    assert search_full_text(Claim, "rivers") == []
    assert full_text_index.find_index_faults() == []


def test_what_is_rolled_back_is_not_in_it(quote: Quote) -> None:
    with transaction.atomic():
        Claim.objects.filter(pk=quote.claim_id).update(text="Lakes.")
        assert search_full_text(Quote, "lakes") == [quote]
        transaction.set_rollback(True)
    assert search_full_text(Quote, "lakes") == []
    assert search_full_text(Quote, "water") == [quote]
    assert full_text_index.find_index_faults() == []


DIFFICULT_TEXTS = [
    "Река ёлка Йод Її Ўсё ҐАНОК",
    "Diyarbakır İSTANBUL ISPARTA",
    "Straße STRASSE ẞ Æsop œuvre Łódź Ørsted",
    "习近平表示 A股 カタカナ がが 한국어",
    "مُحَمَّد أحمد؟ بِسْمِ، שָׁלוֹם",
    "Wave 🌊👍🏽 high ☂️",
    "it's it’s itʼs O'Neil Jean‑Luc jean-luc soft\u00adhyphen zero\u200bwidth joi\u200dner",
    "1,500.75 €5 5% №7 ½ m² covid-19 2025–26 1e5 -5 .5",
    "http://example.org/a_b?c=d&e me@example.org /usr/bin x<y>z &amp; <b>",
    "ﬁne ＡＢＣ ㍿ ﷺ ①",
    "ΟΔΟΣ Ποταμός ὠδή",
    "हिन्दी में ไทยแลนด์ ქართული Հայերեն አማርኛ",
    "e\u0301te\u0301 и\u0306 a\u0308 \u0301 n\u0303",
    "'quoted' \"doubly\" back\\slash 'a':1 & | ! <-> ( ) : * $$ %s {x}",
    "\u202eright to left\u202c \u2028 \u0085 \ufeff \x01 \x7f",
    "a" * 70,
]


@pytest.mark.parametrize("text", DIFFICULT_TEXTS, ids=range(len(DIFFICULT_TEXTS)))
def test_both_databases_take_the_same_for_words(text: str) -> None:
    """What the index holds is what the query is made of: each word of a text is found, and all of it as a phrase."""
    source = make.SourceFactory(title=text, publisher="")
    words = tokenizer.tokenize(text)
    assert words
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_words(%s)", [text])
        assert [word[: tokenizer.MAX_TOKEN_LENGTH] for word in cursor.fetchone()[0].split()] == words
    for word in words:
        assert search_full_text(Source, word) == [source], word
    assert search_full_text(Source, '"' + " ".join(words) + '"') == [source]
    assert full_text_index.find_index_faults() == []


def test_a_phrase_does_not_go_from_one_place_to_the_next(quote: Quote) -> None:
    assert search_full_text(Quote, '"hold water"') == [quote]
    for asked in ['"lena ford on"', '"ford on dykes"', '"water lena"', '"full rivers"']:
        assert search_full_text(Quote, asked) == search_full_text(Claim, asked) == [], asked


def test_a_text_without_end_is_indexed_to_a_bound() -> None:
    many = " ".join(f"wörd{n}" for n in range(60_000))
    topic = make.TopicFactory(description=many)
    assert search_full_text(Topic, "wörd1 wörd15000") == [topic]
    assert search_full_text(Topic, "wörd59999") == []


@pytest.mark.django_db(transaction=True)
def test_a_bulk_load_fills_it_once(quote: Quote) -> None:
    with full_text_index.suspend_index():
        assert "missing" in full_text_index.find_index_faults()[0]
        other = make.QuoteFactory(accepted=True, speaker__name="Tom Ford", claim__released_at=timezone.now())
        assert search_full_text(Quote, "tom") == []
    assert search_full_text(Quote, "tom") == [other]
    assert full_text_index.find_index_faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_bulk_load_that_fails_leaves_it_right(quote: Quote) -> None:
    def load() -> None:
        with full_text_index.suspend_index(), transaction.atomic():
            make.QuoteFactory(accepted=True, speaker__name="Tom Ford", claim__released_at=timezone.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        load()
    assert search_full_text(Quote, "tom") == []
    assert search_full_text(Quote, "lena") == [quote]
    assert full_text_index.find_index_faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_bulk_load_that_is_killed_is_noticed_and_made_good(quote: Quote) -> None:
    load = full_text_index.suspend_index()
    load.__enter__()
    other = make.QuoteFactory(accepted=True, speaker__name="Tom Ford", claim__released_at=timezone.now())
    assert [line for line in full_text_index.find_index_faults() if "claims_quote_words: 1 documents" in line]
    full_text_index.rebuild_index()
    assert full_text_index.find_index_faults() == []
    assert search_full_text(Quote, "tom") == [other]


def test_damage_is_noticed(quote: Quote) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_claim_words")
    assert full_text_index.find_index_faults() == ["claims_claim_words: 1 documents are not what their rows say"]


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_an_empty_index(quote: Quote) -> None:
    # Numbers go on: the rows that the next test finds again have theirs already.
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    assert full_text_index.find_index_faults() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_quote_words")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("a b", [("a",), ("b",)]),
        ("a a", [("a",)]),
        ('"a b" c', [("a", "b"), ("c",)]),
        ('"a b', [("a", "b")]),
        ('a"b c"d', [("a",), ("b", "c"), ("d",)]),
        ("o'neil", [("o", "neil")]),
        ("- -- * \" % ''", []),
        ("rain-coat", [("rain", "coat")]),
        ("习近", [("习", "近")]),
    ],
)
def test_terms(asked: str, terms: list[tuple[str, ...]]) -> None:
    assert [term.words for term in parse_search_terms(asked)] == terms


def test_what_is_excluded_and_what_is_a_beginning() -> None:
    terms = parse_search_terms('-a -"b c" de* f* "g h"* -ij*')
    assert [(" ".join(term.words), term.begun, term.excluded) for term in terms] == [
        ("a", False, True),
        ("b c", False, True),
        ("de", True, False),
        ("f", False, False),
        ("g h", False, False),
        ("ij", True, True),
    ]
