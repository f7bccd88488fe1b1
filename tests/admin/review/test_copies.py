"""A quote with copies in the queue: shown with them, and decided with them."""

import re

import pytest
from django.test import Client

from claims.models import Operation, Quote
from claims.services.history.undo import undo_operation
from claims.services.ingestion.ingest import ingest
from tests import factories as make
from tests.admin.admin_client import displayed_messages, run_list_action
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
    assert "Accept and Reject also decide 2 pending quotes in these words." in re.sub("<[^>]*>", "", page)
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


@pytest.mark.parametrize(("action", "decision"), [("accept", "accepted"), ("reject", "rejected")])
def test_the_list_decides_copies_too_with_one_undo(
    client: Client, story: list[Quote], action: str, decision: str
) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    response = run_list_action(client, action, story[0], story[1])
    (message,) = displayed_messages(response)
    assert message.startswith(f"2 quotes and 1 in copies of the article {decision}. <a")
    assert set(Quote.objects.filter(pk__in=[q.pk for q in story]).values_list("decision", flat=True)) == {decision}
    operation = Operation.objects.get()
    assert operation.summary == f"{decision.title()}: 2 quotes and 1 in copies of the article"
    undo_operation(operation=operation, editor=operation.editor)
    assert set(Quote.objects.values_list("decision", flat=True)) == {"pending"}


def test_resetting_in_the_list_leaves_copies_alone(client: Client, story: list[Quote]) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    run_list_action(client, "accept", story[0])
    assert "copies" not in displayed_messages(run_list_action(client, "put_back", story[0]))[-1]
    assert [Quote.objects.get(pk=q.pk).decision for q in story] == ["pending", "accepted", "accepted"]


def test_all_of_an_article_are_accepted_with_the_copies_left_ticked(client: Client, story: list[Quote]) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    url = f"{QUEUE_URL}source/{story[0].snapshot.source_id}/?least=0"
    page = client.get(url).content.decode()
    boxes = re.findall(r'name="copies" value="([\d,]+)"', page)
    assert f"{story[1].pk},{story[2].pk}" in boxes
    assert "Also accept these words in 2 copies of this article" in page
    seen = re.findall(r'name="seen" value="([\d-]+)"', page)
    response = client.post(url, {"seen": seen, "copies": [f"{story[1].pk}"], "least": "0"})
    assert f"{len(seen)} quotes and 1 in copies of the article accepted." in displayed_messages(response)[0]
    assert [Quote.objects.get(pk=q.pk).decision for q in story] == ["accepted", "accepted", "pending"]
    assert client.post(url, {"seen": seen, "copies": ["1,x"], "least": "0"}).status_code == 400


def test_invalid_ids_are_refused(client: Client, story: list[Quote]) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    for copies in ("x", "-1", "9" * 30):
        assert post_review_action(client, "accept", story[0], copies=[copies]).status_code == 400
    assert Quote.objects.get(pk=story[0].pk).decision == "pending"


def test_a_quote_without_copies_has_no_such_section(client: Client) -> None:
    client.force_login(make.UserFactory(is_superuser=True))
    quote = make.QuoteFactory()
    assert "fb-review-copies" not in client.get(QUEUE_URL, {"quote": quote.pk}).content.decode()
