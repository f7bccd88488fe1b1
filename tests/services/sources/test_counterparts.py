"""A quote is tied to its counterpart in the original or the translation of its source."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Operation, Quote, QuoteDecision, RelationState, SourceRelation
from claims.services.changefeed.processor import process_pending
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_version
from claims.services.history.undo import undo_operation
from claims.services.sources.counterparts import list_counterparts, suggest_counterparts, tie_quotes, untie_quotes
from claims.services.sources.translations import align_translation, relate_translation
from tests import factories as make
from tests.translations import quote_words, translated_quotes

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def tying_editor() -> User:
    return make.UserFactory(is_superuser=True)


@pytest.fixture
def pair(tying_editor: User) -> tuple[Quote, Quote]:
    return translated_quotes(tying_editor)


@pytest.fixture
def original(pair: tuple[Quote, Quote]) -> Quote:
    return pair[0]


@pytest.fixture
def translation(pair: tuple[Quote, Quote]) -> Quote:
    return pair[1]


def shown(quote: Quote) -> list[tuple[int, str, str]]:
    row = Client().get(f"/api/v1/quotes/{quote.pk}/").json()
    return [(other["id"], other["role"], other["source"]["language"]) for other in row["counterparts"]]


def test_the_quote_in_the_same_paragraph_is_suggested_and_tied(
    original: Quote, translation: Quote, tying_editor: User
) -> None:
    other = quote_words(translation.snapshot, "The ferry will return.")
    assert suggest_counterparts(original) == [translation]
    assert suggest_counterparts(translation) == [original]
    assert suggest_counterparts(other) == []
    tie_quotes(quote=original, counterpart=translation, editor=tying_editor)
    translation.refresh_from_db()
    assert translation.translation_of == original
    assert (list_counterparts(original), list_counterparts(translation)) == ([translation], [original])
    assert suggest_counterparts(original) == []
    assert (shown(original), shown(translation)) == (
        [(translation.pk, "translation", "en")],
        [(original.pk, "original", "ru")],
    )
    for url in (f"/quotes/{translation.pk}/", f"/claims/{translation.claim_id}/"):
        page = Client().get(url, follow=True).content.decode()
        assert 'lang="ru"' in page
        assert "Рейс стоит 250 рублей" in page
    claim = Client().get(f"/api/v1/claims/{translation.claim_id}/").json()
    assert [other["text"] for other in claim["quotes"][0]["counterparts"]] == ["Рейс стоит 250 рублей"]
    [node] = Client().get(f"/api/v1/claims/{translation.claim_id}.jsonld").json()["appearance"]
    assert [(work["text"], work["inLanguage"]) for work in node["translationOfWork"]] == [
        ("Рейс стоит 250 рублей", "ru")
    ]
    node = Client().get(f"/api/v1/quotes/{original.pk}.jsonld").json()
    assert [(work["text"], work["inLanguage"]) for work in node["workTranslation"]] == [
        ("A trip costs 250 roubles.", "en")
    ]
    assert "translationOfWork" not in node
    table = csv.DictReader(io.StringIO(b"".join(Client().get("/api/v1/quotes/?format=csv&raw=1")).decode()))
    assert {row["quote"]: row["counterparts"] for row in table} == {
        "Рейс стоит 250 рублей": "A trip costs 250 roubles.",
        "A trip costs 250 roubles.": "Рейс стоит 250 рублей",
    }


def test_a_tie_is_taken_back_by_hand_and_by_undo(original: Quote, translation: Quote, tying_editor: User) -> None:
    tie_quotes(quote=translation, counterpart=original, editor=tying_editor)
    untie_quotes(quote=original, counterpart=translation, editor=tying_editor)
    assert shown(original) == []
    undo_operation(operation=Operation.objects.latest("pk"), editor=tying_editor)
    assert shown(original) == [(translation.pk, "translation", "en")]
    history = list(translation.history.order_by("-history_id").values_list("translation_of", "history_change_reason"))
    assert [row[0] for row in history[:3]] == [original.pk, None, original.pk]
    assert [operation.verb for operation in Operation.objects.order_by("-pk")[:3]] == [
        "undo",
        "tie quotes",
        "tie quotes",
    ]


@pytest.mark.parametrize("hidden", ["pending", "rejected", "embargo", "retracted"])
def test_a_counterpart_that_is_not_public_stays_hidden(
    original: Quote, translation: Quote, tying_editor: User, hidden: str
) -> None:
    tie_quotes(quote=translation, counterpart=original, editor=tying_editor)
    if hidden in {"pending", "rejected"}:
        decided = {"decided_by": None, "decided_at": None} if hidden == "pending" else {}
        Quote.objects.filter(pk=original.pk).update(decision=hidden, **decided)
    elif hidden == "embargo":
        Claim.objects.filter(pk=original.claim_id).update(released_at=timezone.now() + timezone.timedelta(days=1))
    else:
        Claim.objects.filter(pk=original.claim_id).update(retracted_at=timezone.now())
    assert shown(translation) == []
    for url in (f"/quotes/{translation.pk}/", f"/claims/{translation.claim_id}/", "/api/v1/quotes/?format=csv"):
        page = Client().get(url, follow=True)
        assert page.status_code == 200
        assert "Рейс стоит" not in b"".join(page).decode()


def test_a_change_of_the_counterpart_is_in_the_change_feed(
    original: Quote, translation: Quote, tying_editor: User
) -> None:
    process_pending()
    before = Client().get("/api/v1/quotes/?updated_since=2000-01-01T00:00:00Z").json()["updated_since"]
    tie_quotes(quote=translation, counterpart=original, editor=tying_editor)
    process_pending()
    page = Client().get("/api/v1/quotes/", {"updated_since": before}).json()
    assert {row["id"] for row in page["results"]} == {original.pk, translation.pk}
    Quote.objects.filter(pk=original.pk).update(decision=QuoteDecision.PENDING, decided_by=None, decided_at=None)
    process_pending()
    page = Client().get("/api/v1/quotes/", {"updated_since": page["updated_since"]}).json()
    assert [(row["id"], row["counterparts"]) for row in page["results"]] == [(translation.pk, [])]
    assert [row["id"] for row in page["tombstones"]] == [original.pk]


def test_ties_that_make_no_sense_are_refused(original: Quote, translation: Quote, tying_editor: User) -> None:
    stranger = make.QuoteFactory()
    with pytest.raises(RefusedError, match="not related as original and translation"):
        tie_quotes(quote=original, counterpart=stranger, editor=tying_editor)
    rejected = quote_words(translation.snapshot, "The ferry will return.", rejected=True)
    with pytest.raises(RefusedError, match="was rejected"):
        tie_quotes(quote=original, counterpart=rejected, editor=tying_editor)
    seen = get_version(original)
    original.role = "pilot"
    original.save()
    with pytest.raises(ChangedError):
        tie_quotes(quote=original, counterpart=translation, editor=tying_editor, seen=seen or 1)
    SourceRelation.objects.update(state=RelationState.DISMISSED)
    with pytest.raises(RefusedError, match="not related"):
        tie_quotes(quote=original, counterpart=translation, editor=tying_editor)
    assert not Quote.objects.exclude(translation_of=None).exists()


def test_relating_a_translation_is_an_editors_decision(original: Quote, translation: Quote, tying_editor: User) -> None:
    source, translated = original.snapshot.source, translation.snapshot.source
    translated.refresh_from_db()
    relation = SourceRelation.objects.get()
    assert (relation.first, relation.second, relation.kind) == (source, translated, "translation")
    assert (relation.state, relation.shared, translated.translated_from) == ("confirmed", 1.0, "ru")
    parallel = align_translation(relation)
    assert parallel
    assert len(parallel.groups) == 3
    relate_translation(original=source, translation=translated, editor=tying_editor)
    assert SourceRelation.objects.count() == 1
    with pytest.raises(RefusedError, match="its own translation"):
        relate_translation(original=source, translation=source, editor=tying_editor)
    with pytest.raises(RefusedError, match="Both sources are in"):
        relate_translation(original=source, translation=make.SourceFactory(language="ru"), editor=tying_editor)
    api = Client().get(f"/api/v1/sources/{translated.pk}/").json()
    assert [(row["kind"], row["direction"], row["source_id"]) for row in api["relations"]] == [
        ("translation", "to", source.pk)
    ]


def test_deleting_the_original_quote_leaves_the_translation(
    original: Quote, translation: Quote, tying_editor: User
) -> None:
    tie_quotes(quote=translation, counterpart=original, editor=tying_editor)
    original.delete()
    translation.refresh_from_db()
    assert translation.translation_of is None


def test_tied_quotes_are_in_paragraphs_side_by_side(tying_editor: User, original: Quote, translation: Quote) -> None:
    said_first = quote_words(original.snapshot, "Паром вернётся", accepted=True)
    tie_quotes(quote=translation, counterpart=said_first, editor=tying_editor)
    parallel = align_translation(SourceRelation.objects.get())
    assert parallel
    beside = [
        group.original[0]
        for group in parallel.groups
        if any(start <= translation.start < end for start, end in group.translation)
    ]
    assert [start <= said_first.start < end for start, end in beside] == [True]
