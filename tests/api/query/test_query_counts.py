"""The number of queries does not grow with the rows."""

import pytest
from django.db import connection
from django.utils import timezone

from claims.models import ClaimRelation, CorrectedField, Correction, Position
from claims.resources import RESOURCES
from claims.services.changefeed.processor import process_pending
from tests import factories as f

CHANGES_QUERY_COUNT = 4  # pending changes, changes that are due, the changes, the rows


CLAIMS_OF_EACH = 3


def create_rows_of_each() -> None:
    """Creates a claim with two of everything that is nested in it: two related claims, too."""
    quote = f.QuoteFactory(accepted=True)
    f.QuoteFactory(accepted=True, claim=quote.claim, speaker=quote.speaker)
    for _ in range(2):
        quote.claim.topics.add(f.TopicFactory())
        f.SpeakerNameFactory(speaker=quote.speaker)
        Position.objects.create(speaker=quote.speaker, title="Minister")
        correction = Correction.objects.create(
            claim=quote.claim, kind="correction", text="A date.", reason="It was wrong.", made_by=f.UserFactory()
        )
        for field in ("wording", "said_on"):
            CorrectedField.objects.create(correction=correction, field=field, before="a", after="b")
    verification = f.VerificationFactory(claim=quote.claim, published=True, published_at=timezone.now())
    for kind in ("updates", "repeats"):
        related = f.QuoteFactory(accepted=True).claim
        ClaimRelation.objects.create(
            first=quote.claim, second=related, kind=kind, state="confirmed", decided_by=f.UserFactory()
        )
    for _ in range(2):
        f.EvidenceFactory(verification=verification, source=f.SourceFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_list_query_count(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    for resource in RESOURCES:
        with django_assert_num_queries(1, info=resource):
            body = client.get(f"/api/v1/{resource}/?page_size=200").json()
        assert len(body["results"]) >= rows, resource


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_row_query_count(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    for resource in RESOURCES:
        address = client.get(f"/api/v1/{resource}/").json()["results"][0]
        with django_assert_num_queries(1, info=resource):
            assert client.get(address.get("api_url") or address["url"]).json() == address


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_filtered_list_query_count(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    query = (
        "q=rivers&publisher=The+Daily+Example&kind=direct&status=true&has_verdict=1"
        "&language=en&released_after=2020-01-01&verified_after=2020-01-01"
    )
    with django_assert_num_queries(3):  # the ratings that `status` may name, the sources in English, the rows
        assert len(client.get(f"/api/v1/claims/?{query}").json()["results"]) == rows


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_changes_query_count(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    process_pending()
    with django_assert_num_queries(CHANGES_QUERY_COUNT):
        assert len(client.get("/api/v1/claims/?updated_since=2020-01-01").json()["results"]) == rows * CLAIMS_OF_EACH


@pytest.mark.django_db
@pytest.mark.parametrize(("format_name", "queries"), [("csv", 2), ("jsonl", 2), ("xlsx", 3)])
def test_a_table_looks_up_a_speaker_name_once(client, django_assert_num_queries, format_name, queries):
    name = f.QuoteFactory(accepted=True).speaker.name
    with django_assert_num_queries(queries):  # the speakers of this name, the rows, and for a workbook their number
        response = client.get("/api/v1/claims/", {"format": format_name, "speaker_name": name})
        assert b"".join(response.streaming_content)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_csv_query_count(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_rows_of_each()
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):  # the settings of the planner
        csv = b"".join(client.get("/api/v1/claims/?format=csv").streaming_content)
    assert csv.count(b"\r\n") == rows * CLAIMS_OF_EACH + 1
