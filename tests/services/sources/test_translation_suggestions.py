"""The original of a translation is suggested: by its address, or by publisher or names, with numbers and dates."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.articles import Article
from claims.models import RelationState, Snapshot, SourceRelation, SourceRelationKind
from claims.services.ingestion.ingest import ingest
from claims.services.sources.descriptions import update_description
from claims.services.sources.near_duplicates import decide_source_relation
from claims.services.sources.translation_suggestions import suggest_translation
from tests import factories as make
from tests.translations import quote_words

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DAY = dt.date(2026, 3, 2)
ADDRESS = "https://port.example/parom"
RUSSIAN = "Паром\n\nСомов сказал: «Рейс стоит 1 250 рублей».\n\nВ 2019 году ходило 17 паромов, теперь 12."
ENGLISH = "Ferry\n\nSomov said: “A trip costs 1,250 roubles.”\n\nThere were 17 ferries in 2019, now there are 12."
OTHER = "Ferry\n\nSomov said: “A trip costs 1,300 roubles.”\n\nThere were 18 ferries in 2019, now there are 12."


def store_original(text: str = RUSSIAN, **fields: object) -> Snapshot:
    fields = {"language": "ru", "published_on": DAY, "url": ADDRESS, "publisher": "Порт"} | fields
    snapshot: Snapshot = make.SnapshotFactory(text=text, **{f"source__{name}": fields[name] for name in fields})
    quote_words(snapshot, "Рейс стоит 1 250 рублей", speaker__name="Сомов")
    return snapshot


def store_translation(text: str = ENGLISH, speaker: str = "Somov", **fields: object) -> Snapshot:
    fields = {
        "language": "en",
        "translated_from": "ru",
        "published_on": DAY,
        "url": "",
        "publisher": "Gazette",
    } | fields
    snapshot: Snapshot = make.SnapshotFactory(text=text, **{f"source__{name}": fields[name] for name in fields})
    quote_words(snapshot, "A trip costs", speaker__name=speaker)
    return snapshot


def suggest(snapshot: Snapshot) -> tuple[Snapshot, Snapshot] | None:
    """The texts of the suggested original and translation."""
    relation = suggest_translation(snapshot=snapshot, editor=None)
    if relation is None:
        return None
    assert (relation.kind, relation.state) == (SourceRelationKind.TRANSLATION, RelationState.SUGGESTED)
    return relation.first.snapshots.get(), relation.second.snapshots.get()


@pytest.mark.parametrize(
    ("translation", "is_suggested"),
    [
        pytest.param({}, True, id="names-in-two-alphabets"),
        pytest.param({"published_on": DAY + dt.timedelta(days=7)}, True, id="within-a-week"),
        pytest.param({"speaker": "Ford", "publisher": "порт"}, True, id="publisher"),
        pytest.param({"speaker": "Ford"}, False, id="neither-names-nor-publisher"),
        pytest.param({"speaker": "Ford", "publisher": ""}, False, id="no-publisher"),
        pytest.param({"text": OTHER}, False, id="other-numbers"),
        pytest.param({"published_on": DAY + dt.timedelta(days=8)}, False, id="after-a-week"),
        pytest.param({"published_on": None}, False, id="no-date"),
        pytest.param({"translated_from": "uk"}, False, id="from-another-language"),
        pytest.param({"translated_from": ""}, False, id="no-translation"),
    ],
)
def test_original_is_suggested_by_names_or_publisher_with_numbers(translation: dict, is_suggested: bool) -> None:
    original, translated = store_original(), store_translation(**translation)
    pair = (original, translated) if is_suggested else None
    assert suggest(translated) == pair
    SourceRelation.objects.all().delete()
    assert suggest(original) == pair  # the original may come second


@pytest.mark.parametrize(
    ("language", "is_suggested"), [("ru-RU", True), ("uk", False), ("", False)], ids=["linked", "other", "unknown"]
)
def test_original_that_the_text_links_to_comes_first(language: str, is_suggested: bool) -> None:
    linked = store_original(language=language, published_on=None)
    alike = store_original(url="", publisher="Gazette")
    translated = store_translation(f"{ENGLISH}\n\nOriginal: {ADDRESS}?utm_source=x.")
    assert suggest(translated) == (linked if is_suggested else alike, translated)


def test_best_of_several_is_suggested_and_dismissed_ones_never_again(editor: User) -> None:
    original = store_original()
    half = store_original(RUSSIAN.replace("17", "18"), url="")
    translated = store_translation()
    assert suggest(translated) == (original, translated)
    assert suggest(translated) is None
    relation = SourceRelation.objects.get()
    kind = SourceRelationKind(relation.kind)
    decide_source_relation(relation=relation, state=RelationState.DISMISSED, kind=kind, editor=editor)
    assert suggest(translated) == (half, translated)


def test_ingested_translation_is_related_in_one_click(client: Client) -> None:
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    original = store_original()
    fields = {"publisher": "Порт", "published": DAY, "language": "en", "translated_from": "ru"}
    article = Article(name="ferry.txt", text=ENGLISH, reader="text", reader_version="1", **fields)
    source = ingest(article=article).source
    page = client.get(f"/admin/claims/source/{source.pk}/change/").content.decode()
    assert "Translated here" in page
    relation = SourceRelation.objects.get()
    client.post(f"/admin/claims/source/{source.pk}/relations/{relation.pk}/", {"state": "confirmed"})
    relation.refresh_from_db()
    assert (relation.first, relation.second, relation.state) == (original.source, source, RelationState.CONFIRMED)


def test_stating_the_language_of_the_original_finds_it(editor: User) -> None:
    original, translated = store_original(), store_translation(translated_from="")
    source = translated.source
    source.title = "Ferry"
    update_description(row=source, fields=["title"], editor=editor)
    assert not SourceRelation.objects.exists()
    source.translated_from = "ru"
    update_description(row=source, fields=["translated_from"], editor=editor)
    assert SourceRelation.objects.get().first == original.source
