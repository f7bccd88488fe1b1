"""The list of topics, and the page of a topic."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Quote, Topic
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_list_has_topics_of_public_claims_alone(client: Client, full_quote: Quote) -> None:
    f.TopicFactory(name="Secret", slug="secret")
    html = client.get("/topics/").content.decode()
    assert re.findall(r'<a href="(/topics/[a-z-]+/)"', html) == ["/topics/water/"]
    assert "1 claim<" in html


def test_empty_list_says_so(client: Client) -> None:
    Topic.objects.all().delete()
    assert b"No topics yet." in client.get("/topics/").content


def test_page_shows_verdicts_claims_and_quotes_of_the_topic_alone(client: Client, full_quote: Quote) -> None:
    other = f.QuoteFactory(accepted=True, claim__text="Roads are dry.")
    other.claim.topics.add(f.TopicFactory(slug="roads"))
    html = client.get("/topics/water/").content.decode()
    for text in (
        "<h1",
        full_quote.claim.text,
        full_quote.text,
        "Newest verdicts",
        'href="/claims/?topic=water"',
        'href="/claims/?topic=water&amp;has_verdict=true"',
        'href="/quotes/?topic=water"',
    ):
        assert text in html
    assert other.claim.text not in html


def test_most_quoted_speakers_come_first(client: Client) -> None:
    topic = f.TopicFactory(pk=900, slug="roads")  # the id of no other row
    rare, often = f.SpeakerFactory(), f.SpeakerFactory()
    for speaker in (rare, often, often):
        f.QuoteFactory(accepted=True, speaker=speaker).claim.topics.add(topic)
    html = client.get("/topics/roads/").content.decode()
    most_quoted = re.findall(r'href="(/quotes/\?topic=roads&amp;speaker=[^"]*)">(.*?)</a>', html)
    assert most_quoted == [
        (f"/quotes/?topic=roads&amp;speaker={often.pk}", "2 quotes"),
        (f"/quotes/?topic=roads&amp;speaker={rare.pk}", "1 quote"),
    ]
    assert html.count("<blockquote") == 3


def test_claim_without_verdict_is_among_the_claims_alone(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    quote.claim.topics.add(f.TopicFactory(slug="roads"))
    html = client.get("/topics/roads/").content.decode()
    assert "Newest verdicts" not in html
    assert html.count(quote.claim.text) == 1


def test_unreleased_rows_of_a_public_topic_are_not_shown(client: Client, full_quote: Quote) -> None:
    secret = f.QuoteFactory(before_claim=True, claim__text="A secret.")
    secret.claim.topics.add(full_quote.claim.topics.get())
    html = client.get("/topics/water/").content.decode()
    assert "A secret." not in html
    assert f"/quotes/{secret.pk}/" not in html


@pytest.mark.parametrize("path", ["/topics/unknown/", "/topics/secret/", "/topics/%00/", "/topics/a b/"])
def test_other_topics_are_404(client: Client, path: str) -> None:
    f.TopicFactory(slug="secret")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_page_takes_few_statements(client: Client, rows: int) -> None:
    topic = f.TopicFactory(slug="roads")
    for _ in range(rows):
        quote = f.QuoteFactory(accepted=True)
        quote.claim.topics.add(topic)
        f.VerificationFactory(claim=quote.claim, published=True)
    client.get("/topics/roads/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/topics/roads/")
    assert len([query for query in queries if query["sql"].startswith(("SELECT", "WITH"))]) <= 3


def test_alternates_are_those_of_the_topic(client: Client, full_quote: Quote) -> None:
    html = client.get("/topics/water/").content.decode()
    alternates = re.findall(r'<link rel="alternate" type="([^"]*)" title="[^"]*" href="([^"]*)">', html)
    for media_type, url in alternates:
        response = client.get(url.replace("&amp;", "&"))
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, media_type)
    assert len(alternates) == 3
