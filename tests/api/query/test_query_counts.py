"""What an answer costs does not grow with its rows."""

import pytest
from django.utils import timezone

from claims.api.resources.viewsets import RESOURCES
from claims.models import Correction, Position
from claims.services.changefeed.processor import process_pending
from tests import factories as f

CHANGES_QUERY_COUNT = 4  # whether there is anything to enter, and anything due; the changes; the rows


def create_rows_of_each() -> None:
    """A claim with two of all that hangs on one."""
    quote = f.QuoteFactory(accepted=True)
    f.QuoteFactory(accepted=True, claim=quote.claim, speaker=quote.speaker)
    for _ in range(2):
        quote.claim.topics.add(f.TopicFactory())
        f.SpeakerNameFactory(speaker=quote.speaker)
        Position.objects.create(speaker=quote.speaker, title="Minister")
        Correction.objects.create(
            claim=quote.claim, kind="correction", text="A date.", reason="It was wrong.", made_by=f.UserFactory()
        )
    verification = f.VerificationFactory(claim=quote.claim, published=True, published_at=timezone.now())
    for _ in range(2):
        f.EvidenceFactory(verification=verification, source=f.SourceFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("resource", RESOURCES)
def test_a_list(client, django_assert_num_queries, resource, rows):
    for _ in range(rows):
        create_rows_of_each()
    with django_assert_num_queries(1):
        body = client.get(f"/api/v1/{resource}/?page_size=200").json()
    assert len(body["results"]) >= rows


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("resource", RESOURCES)
def test_a_row(client, django_assert_num_queries, resource, rows):
    for _ in range(rows):
        create_rows_of_each()
    address = client.get(f"/api/v1/{resource}/").json()["results"][0]
    with django_assert_num_queries(1):
        assert client.get(address.get("api_url") or address["url"]).json() == address


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_a_list_with_every_filter(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    query = (
        "q=rivers&speaker_name=lena+ford&publisher=The+Daily+Example&kind=direct&status=true&has_verdict=1"
        "&language=en&released_after=2020-01-01&verified_after=2020-01-01"
    ).replace("speaker_name=lena+ford&", "")
    with django_assert_num_queries(1):
        assert len(client.get(f"/api/v1/claims/?{query}").json()["results"]) == rows


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_what_changed(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    process_pending()
    with django_assert_num_queries(CHANGES_QUERY_COUNT):
        assert len(client.get("/api/v1/claims/?updated_since=2020-01-01").json()["results"]) == rows


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "queries"), [("csv", 2), ("jsonl", 2), ("xlsx", 3)])
def test_a_table_looks_up_once_who_is_asked_for(client, django_assert_num_queries, form, queries):
    name = f.QuoteFactory(accepted=True).speaker.name
    with django_assert_num_queries(queries):  # who is called so, and the rows; how many there are, for a workbook
        answer = client.get("/api/v1/claims/", {"format": form, "speaker_name": name})
        assert b"".join(answer.streaming_content)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_the_csv(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    with django_assert_num_queries(1):
        written = b"".join(client.get("/api/v1/claims/?format=csv").streaming_content)
    assert written.count(b"\r\n") == rows + 1
