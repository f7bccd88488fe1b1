"""Related sources on the page of a source: suggested by common text, decided by an editor."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from claims.models import Source, SourceRelation
from claims.services.ingestion.ingest import ingest
from tests import factories as make
from tests.admin.admin_client import admin_url
from tests.forms_of_a_story import TWELVE_FORMS
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation() -> SourceRelation:
    for form in ("original", "shortened"):
        ingest(article=make_article(TWELVE_FORMS[form], url=f"https://{form}.example/1", publisher=form, title=form))
    return SourceRelation.objects.get()


def decide(client: Client, source: Source, relation: SourceRelation, **data: str) -> int:
    url = reverse("admin:claims_source_relation", args=[source.pk, relation.pk])
    return client.post(url, data).status_code


def test_a_suggestion_is_shown_on_both_pages_and_confirmed_as_another_kind(
    client: Client, relation: SourceRelation
) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    for source, label in ((relation.first, "Shortened version of this"), (relation.second, "Shortened here")):
        (shown,) = client.get(admin_url("change", source)).context["related_sources"]
        assert shown.label == label
    page = client.get(admin_url("change", relation.first)).content.decode()
    assert "100%" in page
    assert admin_url("change", relation.second) in page
    assert decide(client, relation.second, relation, state="confirmed", kind="updated") == 302
    relation.refresh_from_db()
    assert (relation.state, relation.kind) == ("confirmed", "updated")
    assert decide(client, relation.first, relation, state="dismissed") == 302
    assert client.get(admin_url("change", relation.first)).context["related_sources"] == []


def test_invalid_decisions_are_refused(client: Client, relation: SourceRelation) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    for data in ({}, {"state": "suggested"}, {"state": "confirmed", "kind": "rumour"}):
        assert decide(client, relation.first, relation, **data) == 400
    assert decide(client, make.SourceFactory(), relation, state="confirmed") == 404
    url = reverse("admin:claims_source_relation", args=[relation.first_id, relation.pk])
    assert client.get(url).status_code == 405
    assert SourceRelation.objects.get().state == "suggested"


def test_who_may_not_change_sources_decides_nothing(client: Client, relation: SourceRelation) -> None:
    reader = make.UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_source"))
    client.force_login(reader)
    assert 'name="state"' not in client.get(admin_url("change", relation.first)).content.decode()
    assert decide(client, relation.first, relation, state="confirmed") == 403
