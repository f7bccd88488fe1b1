"""The import of fact-checks in the admin: a dry run, ratings that a person chooses, then the import."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from claims.models import Claim, ExternalReview, Rating, RatingMapping, Verification
from tests import factories as make
from tests.admin.admin_client import admin_url
from tests.services.reviews.review_data import OWN_SITE, own_review_node, review_node
from tests.table_contents import dump_app

pytestmark = pytest.mark.django_db
URL = "/admin/claims/externalreview/import/"


@pytest.fixture(autouse=True)
def _own_sites(settings: Any) -> None:
    settings.FACTBASE_OWN_SITES = [OWN_SITE]


def login(group: str) -> Client:
    user = make.UserFactory()
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, *nodes: object) -> HttpResponse:
    return client.post(URL, {"file": SimpleUploadedFile("reviews.json", json.dumps(nodes).encode())})


def test_dry_run_rating_and_import() -> None:
    chief = login("Chief")
    before = dump_app()
    page = upload(chief, own_review_node(rating="Pants on fire"), review_node(), review_node(url="javascript:x"))
    html = page.content.decode()
    assert "1 new, 1 waiting, 1 rejected" in html
    assert "Checked by Fakty: “False”" in html
    assert dump_app() == before

    rating = Rating.objects.get(slug="false")
    data = {"draft": page.context["draft"], "map": "1", "publisher": "Checks", "words": "Pants on fire"}
    page = chief.post(URL, data | {"rating": rating.pk})
    assert "2 new, 1 rejected" in page.content.decode()
    assert RatingMapping.objects.get().mapped_by
    done = chief.post(URL, {"draft": page.context["draft"]}, follow=True)
    assert "2 new, 1 rejected" in done.content.decode()
    verification = Verification.objects.get()
    assert verification.rating == rating
    assert ExternalReview.objects.get().publisher == "Fakty"
    assert "Imported by" in chief.get(admin_url("change", verification)).content.decode()
    assert "Imported by" in chief.get(admin_url("change", verification.claim)).content.decode()


def test_only_a_chief_imports() -> None:
    for group in ("Reporter", "Editor", "Approver"):
        assert login(group).get(URL).status_code == 403
        assert upload(login(group), review_node()).status_code == 403


def test_a_draft_of_somebody_else_is_refused() -> None:
    page = upload(login("Chief"), review_node())
    assert login("Chief").post(URL, {"draft": page.context["draft"]}).status_code == 403
    assert not ExternalReview.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "The JSON is malformed"), ("a,b\n1,2\n", "“claim” is missing"), ("[]", "no fact-checks")],
)
def test_files_that_cannot_be_read_are_explained(content: str, message: str) -> None:
    page = login("Chief").post(URL, {"file": SimpleUploadedFile("x.json", content.encode())})
    assert message in page.content.decode()


def test_an_editor_links_a_review_and_removes_the_link() -> None:
    editor, claim, review = login("Editor"), make.ClaimFactory(), make.ExternalReviewFactory()
    url = f"/admin/claims/externalreview/{review.pk}"
    editor.post(f"{url}/step/link/", {"claim": claim.pk})
    review.refresh_from_db()
    assert review.claim == claim
    editor.post(f"{url}/claim/", {"claim": ""})
    assert not Claim.objects.filter(external_reviews=review).exists()
    assert login("Reporter").post(f"{url}/claim/", {"claim": claim.pk}).status_code == 403
