"""A quote with copies in the queue: shown with them, and decided with them."""

import re

import pytest
from django.test import Client

from claims.models import Quote
from claims.services.ingestion.ingest import ingest
from tests import factories as make
from tests.admin.review.review_client import QUEUE_URL, post_review_action
from tests.forms_of_a_story import TWELVE_FORMS
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> list[Quote]:
    for form in ("original", "marks", "order"):
        ingest(article=make_article(TWELVE_FORMS[form], url=f"https://{form}.example/1", publisher=form, title=form))
    return list(Quote.objects.filter(text__contains="waited long enough").order_by("pk"))


def posted_copies(page: str, action: str) -> list[str]:
    form = re.search(rf'<form[^>]*{action}/"[^>]*>.*?</form>', page, re.DOTALL)
    assert form, action
    return re.findall(r'name="copies" value="(\d+)"', form[0])


@pytest.mark.parametrize(("action", "data"), [("accept", {}), ("reject", {"why": "no-quote"})])
def test_one_key_decides_all_copies(client: Client, story: list[Quote], action: str, data: dict[str, str]) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    page = client.get(QUEUE_URL, {"quote": story[0].pk}).content.decode()
    assert "Also in 2 copies of this article" in page
    assert "Accept and Reject also decide 2 pending quotes in these words." in page
    copies = posted_copies(page, action)
    assert copies == [str(quote.pk) for quote in story[1:]]
    assert post_review_action(client, action, story[0], copies=copies, **data).status_code == 302
    assert set(Quote.objects.filter(pk__in=[q.pk for q in story]).values_list("decision", flat=True)) == {f"{action}ed"}
    later = client.get(QUEUE_URL, {"quote": story[1].pk, "decision": "all"}).content.decode()
    assert "Accept and Reject also decide" not in later


def test_a_copy_that_is_decided_with_this_quote_is_not_fetched_in_advance(client: Client, story: list[Quote]) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    Quote.objects.exclude(pk__in=[quote.pk for quote in story]).delete()
    response = client.get(QUEUE_URL, {"quote": story[0].pk})
    assert response.context["following"] == ""


def test_invalid_ids_are_refused(client: Client, story: list[Quote]) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    for copies in ("x", "-1", "9" * 30):
        assert post_review_action(client, "accept", story[0], copies=[copies]).status_code == 400
    assert Quote.objects.get(pk=story[0].pk).decision == "pending"


def test_a_quote_without_copies_has_no_such_section(client: Client) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    quote = make.QuoteFactory()
    assert "fb-review-copies" not in client.get(QUEUE_URL, {"quote": quote.pk}).content.decode()
