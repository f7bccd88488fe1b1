"""A translation is related to its original, shown beside it, and their quotes are tied on the review screen."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from claims.models import Quote, SourceRelation
from tests import factories as make
from tests.admin.admin_client import admin_url
from tests.translations import translated_quotes

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair_of_quotes(client: Client) -> tuple[Quote, Quote]:
    editor = make.UserFactory(is_superuser=True)
    client.force_login(editor)
    return translated_quotes(editor)


def test_the_other_source_is_given_by_its_number_or_its_address(client: Client) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    english, russian = (make.SnapshotFactory(source__language=language).source for language in ("en", "ru"))
    url = reverse("admin:claims_source_translation", args=[english.pk])
    for other, message in (("999", "No source has the number"), ("", "No source has"), (f"#{english.pk}", "its own")):
        page = client.post(url, {"other": other, "side": "original"}, follow=True)
        assert message in page.content.decode()
    assert client.post(url, {"other": str(russian.pk), "side": "twin"}).status_code == 400
    assert client.get(url).status_code == 405
    assert not SourceRelation.objects.exists()
    client.post(url, {"other": russian.url, "side": "original"})
    relation = SourceRelation.objects.get()
    assert (relation.first, relation.second, relation.kind) == (russian, english, "translation")
    page = client.get(admin_url("change", russian)).content.decode()
    assert "Translation of this" in page
    assert reverse("admin:claims_source_beside", args=[russian.pk, english.pk]) in page


def test_both_texts_are_shown_side_by_side(client: Client, pair_of_quotes: tuple[Quote, Quote]) -> None:
    original, translation = (quote.snapshot.source_id for quote in pair_of_quotes)
    response = client.get(reverse("admin:claims_source_beside", args=[translation, original]))
    assert len(response.context["rows"]) == 3
    page = response.content.decode()
    assert page.count('<td dir="auto" lang="ru">') == 3
    assert f"?quote={pair_of_quotes[0].pk}" in page
    assert client.get(reverse("admin:claims_source_beside", args=[original, original])).status_code == 404


def test_the_review_screen_ties_a_quote_to_the_suggested_one(
    client: Client, pair_of_quotes: tuple[Quote, Quote]
) -> None:
    original, translation = pair_of_quotes
    screen = client.get(reverse("admin:claims_review"), {"quote": original.pk})
    assert screen.context["suggested_counterparts"] == [translation]
    assert 'id="fb-review-tie"' in screen.content.decode()
    url = reverse("admin:claims_review_act", args=[original.pk, "tie"])
    client.post(url, {"counterpart": translation.pk, "seen": screen.context["version"]})
    translation.refresh_from_db()
    assert translation.translation_of == original
    screen = client.get(reverse("admin:claims_review"), {"quote": original.pk})
    assert screen.context["counterparts"] == [translation]
    client.post(url, {"counterpart": translation.pk, "untie": "1"})
    translation.refresh_from_db()
    assert translation.translation_of is None


def test_who_may_not_change_sources_or_decide_quotes_changes_nothing(client: Client) -> None:
    original, translation = translated_quotes(make.UserFactory(is_superuser=True))
    SourceRelation.objects.all().delete()
    reader = make.UserFactory()
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["view_source", "view_quote"]))
    client.force_login(reader)
    url = reverse("admin:claims_source_translation", args=[translation.snapshot.source_id])
    assert client.post(url, {"other": original.snapshot.source_id, "side": "original"}).status_code == 403
    tie = reverse("admin:claims_review_act", args=[original.pk, "tie"])
    assert client.post(tie, {"counterpart": translation.pk}).status_code == 403
    assert not SourceRelation.objects.exists()
