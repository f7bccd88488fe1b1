"""The page of a speaker."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Position, Quote
from claims.pages.speakers.speaker_row import NEWEST_QUOTES
from claims.resources.permalinks import page_path
from claims.services.changefeed.processor import process_pending
from claims.services.speakers.merge import merge_speakers
from tests import factories as f
from tests.export.vocabularies import schema_org_errors

pytestmark = pytest.mark.django_db


def speaker_path(quote: Quote) -> str:
    return page_path("speakers", quote.speaker_id, quote.speaker.name)


def read_page(client: Client, quote: Quote) -> str:
    response = client.get(speaker_path(quote))
    assert response.status_code == 200
    return response.content.decode()


def test_page_shows_who_the_speaker_is_and_what_they_said(client: Client, full_quote: Quote) -> None:
    speaker = full_quote.speaker
    speaker.description = "A hydrologist <b>of note</b>."
    speaker.save()
    f.SpeakerNameFactory(speaker=speaker, name="L. F. Ford")
    Position.objects.create(speaker=speaker, title="Minister", organization="Waterways", held_from=dt.date(2024, 5, 1))
    html = read_page(client, full_quote)
    for text in (
        speaker.name,
        "A hydrologist &lt;b&gt;of note&lt;/b&gt;.",
        "L. F. Ford",
        "Minister, Waterways",
        "since 1 May 2024",
        "https://www.wikidata.org/wiki/Q42",
        full_quote.text,
        full_quote.claim.text,
        f'href="/quotes/?speaker={speaker.pk}"',
        f'href="/claims/?speaker={speaker.pk}"',
        f'<input type="hidden" name="speaker" value="{speaker.pk}">',
    ):
        assert text in html


@pytest.mark.parametrize(
    ("held_from", "held_to", "shown"),
    [
        (dt.date(2024, 5, 1), dt.date(2025, 6, 2), "1 May 2024 – 2 June 2025"),
        (None, dt.date(2025, 6, 2), "until 2 June 2025"),
    ],
)
def test_positions_have_their_dates(
    client: Client, full_quote: Quote, held_from: dt.date | None, held_to: dt.date, shown: str
) -> None:
    Position.objects.create(speaker=full_quote.speaker, title="Minister", held_from=held_from, held_to=held_to)
    assert shown in read_page(client, full_quote)


def test_speaker_without_facts_or_claims_has_no_empty_sections(client: Client) -> None:
    quote = f.QuoteFactory(before_claim=True)
    html = read_page(client, quote)
    assert quote.text in html
    assert 'class="facts"' not in html
    assert "Newest claims" not in html
    assert quote.claim.text not in html  # it has not been released


def test_quotes_are_bounded_and_newest_first(client: Client) -> None:
    speaker = f.SpeakerFactory()
    quotes = [f.QuoteFactory(accepted=True, speaker=speaker) for _ in range(NEWEST_QUOTES + 2)]
    html = read_page(client, quotes[0])
    shown = [int(pk) for pk in re.findall(r'<blockquote.*?href="/quotes/(\d+)/"', html)]
    assert shown == [quote.pk for quote in reversed(quotes)][:NEWEST_QUOTES]
    assert f"All {len(quotes)} quotes" in html


def test_verdicts_are_counts_that_lead_to_their_claims(client: Client) -> None:
    speaker = f.SpeakerFactory()
    quotes = [f.QuoteFactory(accepted=True, speaker=speaker) for _ in range(3)]
    f.QuoteFactory(before_claim=True, speaker=speaker)
    f.VerificationFactory(claim=quotes[0].claim, published=True)
    html = read_page(client, quotes[0])
    links = re.findall(
        r'<li><a href="(/claims/\?[^"]*)"><span dir="auto">(.*?)</span> <span class="count">(.*?)<', html
    )
    assert links == [
        (f"/claims/?speaker={speaker.pk}&amp;status=unreviewed", "Not yet checked", "2"),
        (f"/claims/?speaker={speaker.pk}&amp;status=true", "True", "1"),
    ]
    assert "%" not in re.sub(r"<[^>]*>", "", html)
    assert "these claims are no sample" in html
    for path, _, count in links:
        assert client.get(path.replace("&amp;", "&")).content.decode().count('class="entry') == int(count)


def test_timeline_has_a_chart_and_a_table(client: Client) -> None:
    speaker = f.SpeakerFactory()
    for month in (3, 5, 5):
        source = f.SourceFactory(published_on=dt.date(2025, month, 1))
        quote = f.QuoteFactory(accepted=True, speaker=speaker, snapshot__source=source)
    f.QuoteFactory(accepted=True, speaker=speaker)
    html = read_page(client, quote)
    assert html.count("<rect ") == 2
    assert "From March 2025 to May 2025. Most quotes: 2, May 2025." in html
    assert "1 quote without a date is left out." in html
    (path,) = re.findall(r'<th scope="row">May 2025</th><td><a href="([^"]*)">2</a>', html)
    assert client.get(path.replace("&amp;", "&")).content.decode().count('class="entry') == 2


def test_page_has_no_inline_style(client: Client, full_quote: Quote) -> None:
    assert "style=" not in read_page(client, full_quote)


@pytest.mark.parametrize("rows", [1, 5])
def test_page_takes_few_statements(client: Client, rows: int) -> None:
    speaker = f.SpeakerFactory()
    for _ in range(rows):
        quote = f.QuoteFactory(accepted=True, speaker=speaker)
        f.VerificationFactory(claim=quote.claim, published=True)
    path = speaker_path(quote)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len([query for query in queries if query["sql"].startswith(("SELECT", "WITH"))]) <= 3


def test_merged_speaker_redirects_to_the_one_that_is_kept(client: Client) -> None:
    kept, merged = (f.QuoteFactory(accepted=True).speaker for _ in range(2))
    process_pending()
    merge_speakers(kept=kept, merged=merged, editor=f.UserFactory())
    response = client.get(f"/speakers/{merged.pk}/")
    assert response.status_code == 301
    final = client.get(f"/speakers/{merged.pk}/", follow=True)
    assert final.redirect_chain[-1] == (page_path("speakers", kept.pk, kept.name), 301)


def test_speaker_of_nothing_public_is_404(client: Client) -> None:
    assert client.get(f"/speakers/{f.QuoteFactory().speaker_id}/").status_code == 404


def test_structured_data_is_a_person_with_positions(client: Client, full_quote: Quote) -> None:
    Position.objects.create(speaker=full_quote.speaker, title="Minister", held_from=dt.date(2024, 5, 1))
    html = read_page(client, full_quote)
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    document = json.loads(script)
    assert (document["@type"], document["name"]) == ("Person", full_quote.speaker.name)
    assert document["hasOccupation"][0]["hasOccupation"]["name"] == "Minister"
    assert document["hasOccupation"][0]["startDate"] == "2024-05-01"
    assert schema_org_errors(document) == []


@pytest.mark.parametrize(("kind", "type_name"), [("organization", "Organization"), ("unnamed", "Person")])
def test_structured_data_of_other_speakers(client: Client, kind: str, type_name: str) -> None:
    html = read_page(client, f.QuoteFactory(accepted=True, speaker__kind=kind))
    assert f'"@type":"{type_name}"' in html


def test_alternates_are_those_of_the_speakers_quotes(client: Client, full_quote: Quote) -> None:
    html = read_page(client, full_quote)
    alternates = re.findall(r'<link rel="alternate" type="([^"]*)" title="[^"]*" href="([^"]*)">', html)
    assert [media_type for media_type, _ in alternates] == ["application/json", "text/csv", "application/atom+xml"]
    for media_type, url in alternates:
        response = client.get(url.replace("&amp;", "&"))
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, media_type)
