"""The full-text index follows every change of the rows and can be rebuilt."""

from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import strategies as st

from claims.database import full_text_index
from claims.models import Claim, Quote, QuoteDecision, Source, Speaker, SpeakerName, Topic, Verification
from claims.search import tokenizer
from claims.search.full_text import full_text_condition
from claims.search.full_text_query import parse_full_text_query
from tests import factories as make

pytestmark = pytest.mark.django_db


def search_full_text(model: Any, query: str) -> list[Any]:
    return list(model._base_manager.filter(full_text_condition(model)(parse_full_text_query(query))).order_by("pk"))


@pytest.fixture
def indexed_quote() -> Quote:
    """An accepted quote with different words in each of its places."""
    return make.QuoteFactory(
        accepted=True,
        speaker__name="Lena Ford",
        claim__text="Rivers hold water.",
        claim__released_at=timezone.now(),
        snapshot__source__title="On dykes",
        snapshot__source__publisher="Gazette",
    )


def test_index_follows_every_change(indexed_quote: Quote) -> None:
    verdict = make.VerificationFactory(claim=indexed_quote.claim, published=True, explanation="Two gauges.")
    topic = make.TopicFactory(name="Flood", description="Too wet.")
    name = SpeakerName.objects.get(speaker=indexed_quote.speaker)
    claim, source = indexed_quote.claim, indexed_quote.snapshot.source
    for row, changes, old_word, new_words, expected_rows in [
        (claim, {"text": "Lakes hold fish."}, "hold water", "lakes fish", [indexed_quote, claim, verdict]),
        (name, {"name": "Helena Forde"}, "lena", "helena", [indexed_quote, claim, verdict]),
        (source, {"title": "Dust"}, "dykes", "dust", [indexed_quote, claim, source]),
        (source, {"publisher": "Herald"}, "gazette", "herald", [source]),
        (indexed_quote.speaker, {"name": "Ms Ford"}, "nobody", "ms", [indexed_quote.speaker]),
        (topic, {"name": "Drought"}, "flood", "drought", [topic]),
        (topic, {"description": "Too dry."}, "wet", "dry", [topic]),
    ]:
        type(row)._base_manager.filter(pk=row.pk).update(**changes)
        for model in (Quote, Claim, Source, Speaker, Topic, Verification):
            expected = [expected_row for expected_row in expected_rows if isinstance(expected_row, model)]
            if row is name and model is Speaker:
                expected = [indexed_quote.speaker]
            assert search_full_text(model, new_words) == expected, (model, new_words)
            if not (row is name and model is Speaker):  # the speaker's main name is unchanged
                assert search_full_text(model, old_word) == [], (model, old_word)
        assert full_text_index.find_index_faults() == []


def test_index_follows_changes_by_raw_sql(indexed_quote: Quote) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET text = 'Lakes.'")
        cursor.execute("UPDATE claims_source SET title = 'Dust'")
        cursor.execute("UPDATE claims_speakername SET name = 'Tom'")
    assert search_full_text(Quote, "lakes dust tom") == [indexed_quote]
    assert search_full_text(Claim, "lakes dust tom rivers") == [indexed_quote.claim]
    assert full_text_index.find_index_faults() == []


def test_claim_is_found_by_its_accepted_quotes_only(indexed_quote: Quote) -> None:
    other = make.QuoteFactory(
        claim=indexed_quote.claim,
        speaker=indexed_quote.speaker,
        snapshot__text='Lena Ford said: "Roads are dry___." (%)',
    )
    assert search_full_text(Claim, "roads") == search_full_text(Quote, "roads") == []
    editor = make.UserFactory()
    for decision, is_found in [
        (QuoteDecision.ACCEPTED, True),
        (QuoteDecision.REJECTED, False),
        (QuoteDecision.ACCEPTED, True),
    ]:
        Quote.objects.filter(pk=other.pk).update(decision=decision, decided_by=editor, decided_at=timezone.now())
        assert search_full_text(Claim, "roads") == ([indexed_quote.claim] if is_found else [])
        assert search_full_text(Quote, "roads") == ([other] if is_found else [])
        assert full_text_index.find_index_faults() == []
    elsewhere = make.ClaimFactory(released_at=timezone.now(), text="Elsewhere.")
    Quote.objects.filter(pk=other.pk).update(claim=elsewhere)
    assert search_full_text(Claim, "roads") == [elsewhere]
    Quote.objects.filter(pk=other.pk).delete()
    assert search_full_text(Claim, "roads") == search_full_text(Quote, "roads") == []
    assert full_text_index.find_index_faults() == []


def test_claims_that_are_not_public_are_not_indexed(indexed_quote: Quote) -> None:
    Claim.objects.filter(pk=indexed_quote.claim_id).update(retracted_at=timezone.now())
    assert search_full_text(Claim, "rivers") == []
    Claim.objects.filter(pk=indexed_quote.claim_id).update(retracted_at=None)
    assert search_full_text(Claim, "rivers") == [indexed_quote.claim]
    Claim.objects.filter(pk=indexed_quote.claim_id).update(released_at=None, text="Lakes.")
    assert search_full_text(Claim, "rivers") == search_full_text(Claim, "lakes") == []
    assert search_full_text(Quote, "lakes") == []
    assert search_full_text(Quote, "rivers") == [indexed_quote]
    Claim.objects.filter(pk=indexed_quote.claim_id).update(released_at=timezone.now())
    assert search_full_text(Quote, "lakes") == [indexed_quote]
    assert full_text_index.find_index_faults() == []


def test_index_follows_a_rollback(indexed_quote: Quote) -> None:
    with transaction.atomic():
        Claim.objects.filter(pk=indexed_quote.claim_id).update(text="Lakes.")
        assert search_full_text(Quote, "lakes") == [indexed_quote]
        transaction.set_rollback(True)
    assert search_full_text(Quote, "lakes") == []
    assert search_full_text(Quote, "water") == [indexed_quote]
    assert full_text_index.find_index_faults() == []


RUSSIAN_TEXT = """
    Владимир Мединский заявил журналистам, что переговоры в Стамбуле продолжатся завтра утром. Российская делегация
    удовлетворена результатами встречи; стороны договорились об обмене пленными, сказанное подтвердили дипломаты.
"""
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
    "a" * (tokenizer.MAX_TOKEN_LENGTH + 1),
]


@pytest.mark.parametrize("text", DIFFICULT_TEXTS, ids=range(len(DIFFICULT_TEXTS)))
def test_databases_and_tokenizer_agree_on_words(text: str) -> None:
    """The text is found by each of its words, and by all of them as a phrase."""
    source = make.SourceFactory(title=text, publisher="")
    words = tokenizer.tokenize(text)
    assert words
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_words(%s)", [text])
        indexed = cursor.fetchone()[0].partition(f" {tokenizer.BOUNDARY_WORD} {tokenizer.STEM_SIGN}")[0]
        assert [word[: tokenizer.MAX_TOKEN_LENGTH] for word in indexed.split()] == words
    for word in words:
        assert search_full_text(Source, word) == [source], word
    assert search_full_text(Source, '"' + " ".join(words) + '"') == [source]
    assert full_text_index.find_index_faults() == []


@hypothesis.settings(suppress_health_check=list(HealthCheck), max_examples=300)
@hypothesis.given(text=st.text(st.sampled_from("0123 ,.'’a\x1e"), max_size=24))
def test_databases_and_tokenizer_agree_on_numbers(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_words(%s)", [text])
        assert cursor.fetchone()[0].split() == tokenizer.normalize_text(text).split()


def test_databases_and_tokenizer_agree_on_stems() -> None:
    """The version of the stemmer is that of PostgreSQL's: see `pyproject.toml`."""
    text = Path(tokenizer.__file__).read_text() + " ".join(DIFFICULT_TEXTS) + RUSSIAN_TEXT
    words = sorted(set(tokenizer.tokenize(text)) | {"organizations", "university", "interested", "psychologists"})
    stems = {word: tokenizer.stem_word(word) for word in words}
    assert len([word for word, stem in stems.items() if stem not in {word, None}]) > 100
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT w, claims_stem(w) FROM unnest(%s::text[]) w", [words])
            assert dict(cursor.fetchall()) == stems


def test_phrase_does_not_match_across_places(indexed_quote: Quote) -> None:
    assert search_full_text(Quote, '"hold water"') == [indexed_quote]
    for query in ['"lena ford on"', '"ford on dykes"', '"water lena"', '"full rivers"']:
        assert search_full_text(Quote, query) == search_full_text(Claim, query) == [], query


def test_long_text_is_indexed_up_to_a_limit() -> None:
    words = [f"wörd{n:05}" for n in range(tokenizer.MAX_INDEXED_CHARACTERS // 10 + 1)]  # ten characters with the space
    long_text = " ".join(words)
    topic = make.TopicFactory(description=long_text)
    assert search_full_text(Topic, f"{words[0]} {words[-2000]}") == [topic]
    assert search_full_text(Topic, words[-1]) == []


@pytest.mark.django_db(transaction=True)
def test_bulk_load_fills_index_once(indexed_quote: Quote) -> None:
    with full_text_index.suspend_index():
        assert "missing" in full_text_index.find_index_faults()[0]
        other = make.QuoteFactory(accepted=True, speaker__name="Tom Ford", claim__released_at=timezone.now())
        assert search_full_text(Quote, "tom") == []
    assert search_full_text(Quote, "tom") == [other]
    assert full_text_index.find_index_faults() == []


@pytest.mark.django_db(transaction=True)
def test_failed_bulk_load_leaves_index_correct(indexed_quote: Quote) -> None:
    def load() -> None:
        with full_text_index.suspend_index(), transaction.atomic():
            make.QuoteFactory(accepted=True, speaker__name="Tom Ford", claim__released_at=timezone.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        load()
    assert search_full_text(Quote, "tom") == []
    assert search_full_text(Quote, "lena") == [indexed_quote]
    assert full_text_index.find_index_faults() == []


@pytest.mark.django_db(transaction=True)
def test_killed_bulk_load_is_detected_and_repaired(indexed_quote: Quote) -> None:
    suspension = full_text_index.suspend_index()
    suspension.__enter__()
    other = make.QuoteFactory(accepted=True, speaker__name="Tom Ford", claim__released_at=timezone.now())
    assert [line for line in full_text_index.find_index_faults() if "claims_quote_words: 1 documents" in line]
    full_text_index.rebuild_index()
    assert full_text_index.find_index_faults() == []
    assert search_full_text(Quote, "tom") == [other]


def test_damage_is_detected(indexed_quote: Quote) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_claim_words")
    assert full_text_index.find_index_faults() == ["claims_claim_words: 1 documents differ from their rows"]


@pytest.mark.django_db(transaction=True)
def test_flushed_database_has_an_empty_index(indexed_quote: Quote) -> None:
    # Sequences are not reset: the rows that are restored for the next test have their ids already.
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    assert full_text_index.find_index_faults() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_quote_words")
        assert cursor.fetchone() == (0,)
