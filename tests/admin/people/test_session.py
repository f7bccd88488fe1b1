"""A session that has ended: scripts are told so, pages are redirected to the login form."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Quote
from tests import factories as make
from tests.admin.review.review_client import QUEUE_URL

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def test_scripts_get_401_and_pages_the_login_form() -> None:
    quote, nobody = make.QuoteFactory(), Client()
    accept = reverse("admin:claims_review_act", args=[quote.pk, "accept"])
    autocomplete = f"{reverse('admin:autocomplete')}?app_label=claims&model_name=quote&field_name=speaker"
    for url in (
        QUEUE_URL,
        reverse("admin:claims_review_speakers"),
        reverse("admin:claims_comment_people"),
        autocomplete,
    ):
        response = nobody.get(url, headers=SCRIPT)
        assert (response.status_code, response.json()) == (401, {"detail": "You have been signed out."}), url
        assert nobody.get(url).url.startswith("/admin/login/?next="), url
    assert nobody.post(accept, headers=SCRIPT).status_code == 401
    assert Quote.objects.get().decision == "pending"


def test_redirects_of_a_signed_in_script_are_followed(client: Client) -> None:
    quote = make.QuoteFactory()
    assert client.get(QUEUE_URL, headers=SCRIPT).url == f"{QUEUE_URL}?quote={quote.pk}"


def test_session_state(client: Client) -> None:
    assert client.get("/admin/session/").json() == {"signed_in": True}
    assert Client().get("/admin/session/").json() == {"signed_in": False}
    reader = Client()
    reader.force_login(User.objects.create_user("reader"))
    assert reader.get("/admin/session/").json() == {"signed_in": False}, "not staff"
    assert "no-store" in client.get("/admin/session/")["Cache-Control"]


def test_sign_in_ends_on_a_page_that_tells_the_others(client: Client) -> None:
    page = client.get("/admin/session/signed-in/").content.decode()
    assert "signed_in.js" in page
    assert Client().get("/admin/session/signed-in/").url.startswith("/admin/login/")
