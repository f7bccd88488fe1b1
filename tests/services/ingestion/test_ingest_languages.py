"""Articles in languages that extraction does not read."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.articles import ArticleError
from claims.models import Quote, Snapshot, Source
from claims.services.errors import RefusedError
from claims.services.ingestion.ingest import ingest, ingest_all
from claims.services.ingestion.reextraction import reextract
from claims.services.sources.descriptions import update_description
from claims.services.sources.languages import describe_doubtful_language, describe_unread_language
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article

pytestmark = pytest.mark.django_db

GERMAN = "„Die Flüsse sind voll“, sagte Lena Ford am Montag. Der Damm werde noch ein Jahr halten, sagte sie."
UKRAINIAN = "«Ми готові до переговорів», — заявив президент Іван Мороз. За його словами, гребля витримає ще рік."
RUSSIAN = "«Нет», — сказал Сомов."
SHORT = "Lena Ford"

CASES: list[tuple[str, str, str, tuple[str, str, str], int]] = [
    ("english", RIVERS_TEXT, "", ("en", "detected", "en"), 3),
    ("english as stated", RIVERS_TEXT, "en-GB", ("en-GB", "stated", "en"), 3),
    ("german", GERMAN, "", ("de", "detected", "de"), 0),
    ("german as stated", GERMAN, "de", ("de", "stated", "de"), 0),
    ("english, stated to be german", RIVERS_TEXT, "de", ("de", "stated", "en"), 0),
    ("ukrainian", UKRAINIAN, "", ("uk", "detected", "uk"), 0),
    ("ukrainian, stated to be russian", UKRAINIAN, "ru", ("ru", "stated", "uk"), 1),
    ("a russian sentence", RUSSIAN, "", ("", "", ""), 1),
    ("unknown", SHORT, "", ("", "", ""), 0),
]


@pytest.mark.parametrize(
    ("text", "stated", "fields", "quotes"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_the_language_is_stated_or_detected(text: str, stated: str, fields: tuple[str, str, str], quotes: int) -> None:
    result = ingest(article=make_article(text, language=stated))
    source = Source.objects.get()
    assert (source.language, source.language_origin, source.detected_language) == fields
    assert (result.quotes, Quote.objects.count()) == (quotes, quotes)
    assert result.is_language_unread == (fields[0] in {"de", "uk"})
    assert bool(describe_unread_language(source)) == result.is_language_unread


def test_messages_name_the_languages() -> None:
    source = ingest(article=make_article(GERMAN)).source
    assert describe_unread_language(source) == (
        "The language, German, as detected in the text, is not read. "
        "Quotes are extracted from English and Russian only."
    )
    stated = ingest(article=make_article(f"{GERMAN} Am Dienstag.", language="en")).source
    assert not describe_unread_language(stated)
    assert describe_doubtful_language(stated) == (
        "The language is stated to be English, but the text seems to be German."
    )


def test_a_batch_is_read_as_one_article_is() -> None:
    articles = [make_article(GERMAN, name="a.txt"), make_article(name="b.txt")]
    results: list[Any] = [result for _, result in ingest_all(articles=articles)]
    assert [(result.quotes, result.is_language_unread) for result in results] == [(0, True), (3, False)]
    again: list[Any] = [result for _, result in ingest_all(articles=articles)]
    assert [(result.outcome, result.is_language_unread) for result in again] == [
        ("unchanged", True),
        ("unchanged", False),
    ]


def test_a_corrected_language_counts_for_the_next_version_and_for_reextraction(editor: User) -> None:
    result = ingest(article=make_article(url=RIVERS_URL, language="de"))
    with pytest.raises(RefusedError, match="German, is not read"):
        reextract(snapshot=result.snapshot, editor=editor)
    source = Source.objects.get()
    source.language = "en"
    update_description(row=source, fields=["language"], editor=editor)
    reextract(snapshot=Snapshot.objects.get(), editor=editor)
    assert Quote.objects.count() == 3
    changed = ingest(article=make_article(RIVERS_TEXT + "\nFord said: “It rains.”", url=RIVERS_URL, language="de"))
    assert changed.quotes == 1
    source.refresh_from_db()
    assert (source.language, source.language_origin) == ("en", "stated")


def test_an_unknown_language_is_stored_once_it_is_known() -> None:
    ingest(article=make_article(SHORT, url=RIVERS_URL))
    ingest(article=make_article(GERMAN, url=RIVERS_URL))
    source = Source.objects.get()
    assert (source.language, source.language_origin, source.detected_language) == ("de", "detected", "de")


def test_a_translation_from_the_detected_language_is_refused() -> None:
    with pytest.raises(ArticleError, match="state its language"):
        ingest(article=make_article(GERMAN, translated_from="de-AT"))
    assert not Source.objects.exists()
    assert ingest(article=make_article(RIVERS_TEXT, translated_from="de")).quotes == 3
