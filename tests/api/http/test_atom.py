"""Atom feeds: the entries of their lists, as valid XML."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from claims.export.syndication import atom
from claims.models import Claim, Source
from tests import factories as f
from tests.export.vocabularies import ATOM, atom_errors

pytestmark = pytest.mark.sqlite_suffices


def get_feed(client, url: str) -> ET.Element:
    response = client.get(url)
    assert response.status_code == 200
    assert atom_errors(response.content) == []
    return ET.fromstring(response.content)


def link_href(element: ET.Element, relation: str) -> str | None:
    return next((link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == relation), None)


@pytest.mark.parametrize("resource", atom.FEEDS)
def test_a_feed_has_the_entries_of_its_list(client, full_quote, resource):
    root = get_feed(client, f"/api/v1/{resource}.atom")
    rows = client.get(f"/api/v1/{resource}/").json()["results"]
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [row["url"] for row in rows]
    assert root.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)
    assert all(entry.findtext(f"{ATOM}content") for entry in entries)


@pytest.mark.parametrize("resource", atom.FEEDS)
def test_an_empty_feed_has_the_date_of_today_all_day(client, full_quote, resource, monkeypatch):
    tags = []
    parameter = "source" if resource == "claims" else "claim"
    for hour in (0, 23):
        now = dt.datetime(2031, 5, 17, hour, 59, tzinfo=dt.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
        empty = client.get(f"/api/v1/{resource}.atom?{parameter}=999999999")
        assert atom_errors(empty.content) == []
        assert ET.fromstring(empty.content).findtext(f"{ATOM}updated") == "2031-05-17T00:00:00Z"
        tags.append(empty["ETag"])
    assert tags[0] == tags[1]


API = "http://127.0.0.1:8000/api/v1"


def categories_of(entry: ET.Element) -> set[tuple[str, str, str]]:
    elements = entry.findall(f"{ATOM}category")
    return {(element.get("scheme"), element.get("term"), element.get("label")) for element in elements}


def test_entries_have_speaker_rating_and_topics_as_categories(client, full_quote):
    quote = full_quote
    speaker = (f"{API}/speakers/", str(quote.speaker_id), quote.speaker.name)
    judged = {(f"{API}/ratings/", "true", "True"), (f"{API}/topics/", "water", "Water")}
    entries = get_feed(client, "/api/v1/quotes.atom").findall(f"{ATOM}entry")
    by_id = {entry.findtext(f"{ATOM}id"): categories_of(entry) for entry in entries}
    kind = (f"{API}/quotes/#kind", "direct", "Direct")
    assert by_id.pop(f"{API}/quotes/{quote.pk}/") == {kind, speaker, *judged}
    # The other has a claim without a verdict or topic.
    ((_, other),) = by_id.items()
    assert {scheme for scheme, _, _ in other} == {kind[0], speaker[0]}
    verdict = get_feed(client, "/api/v1/verifications.atom").find(f"{ATOM}entry")
    claim_speaker = quote.claim.speaker
    assert categories_of(verdict) == judged | {(speaker[0], str(claim_speaker.pk), claim_speaker.name)}
    correction = get_feed(client, "/api/v1/corrections.atom").find(f"{ATOM}entry")
    assert categories_of(correction) == {
        (f"{API}/corrections/#kind", "correction", "Correction"),
        (f"{API}/speakers/#name", "Lena Ford", "Lena Ford"),
    }


def test_categories_tell_nothing_of_a_claim_that_is_not_public(client, full_quote):
    full_quote.claim.topics.add(f.TopicFactory(name="Secret topic", slug="secret"))
    Claim.objects.filter(pk=full_quote.claim_id).update(released_at=None)
    feed = client.get("/api/v1/quotes.atom")
    assert full_quote.exact in feed.text
    assert "secret" not in feed.text.lower()
    assert f"{API}/ratings/" not in feed.text


def test_a_feed_is_paged(client, full_quote):
    first = get_feed(client, "/api/v1/quotes.atom?page_size=1")
    assert link_href(first, "previous") is None
    second = get_feed(client, link_href(first, "next"))
    assert second.findtext(f"{ATOM}id") == first.findtext(f"{ATOM}id") == link_href(second, "first")
    assert second.findtext(f"{ATOM}entry/{ATOM}id") != first.findtext(f"{ATOM}entry/{ATOM}id")
    assert link_href(get_feed(client, link_href(second, "previous")), "self")


def test_a_quote_entry_has_its_speaker_and_source(client, full_quote):
    entry = next(
        entry
        for entry in get_feed(client, "/api/v1/quotes.atom").findall(f"{ATOM}entry")
        if entry.findtext(f"{ATOM}id").endswith(f"/quotes/{full_quote.pk}/")
    )
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == full_quote.speaker.name
    assert link_href(entry, "via") == full_quote.snapshot.source.url
    alternates = {link.get("type"): link.get("href") for link in entry if link.get("rel") == "alternate"}
    assert alternates["text/html"].endswith(f":8000/quotes/{full_quote.pk}/")
    assert alternates["application/json"] == entry.findtext(f"{ATOM}id")
    assert full_quote.exact in entry.findtext(f"{ATOM}content")


def test_a_feed_names_the_publisher_and_the_licence(client, full_quote, settings):
    settings.FACTBASE_SITE_NAME, settings.FACTBASE_PUBLISHER = "Harbour Facts", "The Coast Herald"
    settings.FACTBASE_DATA_LICENCE = "CC-BY-4.0"
    root = get_feed(client, "/api/v1/verifications.atom")
    assert root.findtext(f"{ATOM}title") == "Verdicts – Harbour Facts"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The Coast Herald"
    assert root.findtext(f"{ATOM}rights") == "CC-BY-4.0"
    assert f":8000/claims/{full_quote.claim_id}/" in link_href(root.find(f"{ATOM}entry"), "alternate")


def test_any_text_makes_valid_xml(client, full_quote):
    nasty = "<script>&\x01\x0b\ufffe]]>\"'" + "ж" * 200
    full_quote.claim.verifications.update(state="withdrawn")
    f.VerificationFactory(claim=full_quote.claim, published=True, explanation=nasty)
    Claim.objects.update(text=nasty)
    entry = get_feed(client, "/api/v1/verifications.atom").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == nasty.replace("\x01", "�").replace("\x0b", "�").replace("\ufffe", "�")
    assert len(entry.findtext(f"{ATOM}title")) == 120


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<feed/>", "root feed"),
        (f'<feed xmlns="{ATOM[1:-1]}"/>', "0 id in feed"),
        (f'<feed xmlns="{ATOM[1:-1]}"><entry><updated>now</updated></entry></feed>', "updated: now"),
    ],
)
def test_atom_errors_are_found(text, fault):
    assert fault in atom_errors(text.encode())


def test_russian_words_stand_in_the_marks_of_their_language(client, full_quote):
    Source.objects.filter(pk=full_quote.snapshot.source_id).update(language="ru")
    titles = [entry.findtext(f"{ATOM}title") for entry in get_feed(client, "/api/v1/quotes.atom").iter(f"{ATOM}entry")]
    assert f"{full_quote.speaker.name}: «{full_quote.text}»" in titles
