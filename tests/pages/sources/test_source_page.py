"""The page of a source: what is known of it, its quotes in the text or in context, and how its text changed."""

import datetime as dt
import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Quote, Snapshot
from claims.pages.sources import source_page
from claims.resources.permalinks import page_path
from claims.services.sources.anchors import carry_over_quotes
from tests import factories as f
from tests.export.vocabularies import schema_org_errors

pytestmark = pytest.mark.django_db

WORDS = "Rivers are full."
PADDING = "Nobody said anything of note on that day. " * 40


def source_path(quote: Quote) -> str:
    source = quote.snapshot.source
    return page_path("sources", source.pk, source.title)


def read_page(client: Client, quote: Quote) -> str:
    response = client.get(source_path(quote))
    assert response.status_code == 200
    return response.content.decode()


def readable(html: str) -> str:
    """The text of the page's main part."""
    main = re.search(r"<main.*</main>", html, re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]*>", "", main[0])).split())


def quote_in(text: str, words: str, **fields) -> Quote:
    """An accepted quote of these words in a text."""
    start = text.index(words)
    mention = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": [], "mention_kind": ""}
    snapshot = fields.pop("snapshot", None) or f.SnapshotFactory(text=text)
    return f.QuoteFactory(accepted=True, snapshot=snapshot, start=start, end=start + len(words), **(mention | fields))


def later_snapshot(quote: Quote, text: str, *, days: int = 1) -> Snapshot:
    snapshot = f.SnapshotFactory(
        source=quote.snapshot.source, text=text, retrieved_at=timezone.now() + dt.timedelta(days=days)
    )
    carry_over_quotes(snapshot)
    return snapshot


def test_page_shows_what_is_known_of_the_source(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    source = quote.snapshot.source
    source.authors, source.translator = "Ann Lee; Bo <i>Ek</i>", "DeepL"
    source.translated_from, source.published_on = "ru", dt.date(2025, 5, 16)
    source.save()
    html = read_page(client, quote)
    for text in (
        source.title,
        source.publisher,
        "Ann Lee; Bo &lt;i&gt;Ek&lt;/i&gt;",
        "16 May 2025",
        "English",
        "Russian",
        "DeepL",
        f'<a class="address" href="{source.url}"',
        quote.snapshot.sha256,
    ):
        assert text in html


def test_quote_is_shown_in_context_under_its_anchor(client: Client) -> None:
    quote = quote_in(PADDING + WORDS + " " + PADDING, WORDS)
    html = read_page(client, quote)
    assert f'id="quote-{quote.pk}" href="/quotes/{quote.pk}/"' in html
    assert re.search(rf'<mark class="speaker-1 direct">{WORDS}</mark>', html)


def test_whole_text_is_shown_only_where_texts_are_published(client: Client, settings) -> None:
    quote = quote_in(f"A headline.\n\n{PADDING}{WORDS} {PADDING}", WORDS)
    assert "A headline." not in read_page(client, quote)
    settings.FACTBASE_PUBLISH_TEXTS = True
    html = read_page(client, quote)
    assert PADDING.strip() in readable(html)
    assert re.search(r'<p dir="auto">A headline.\s*</p>', html)
    assert re.search(rf'<mark class="speaker-1 direct">{WORDS}</mark>', html)
    assert html.count(f'id="quote-{quote.pk}"') == 1


def test_context_of_all_quotes_is_a_tenth_of_the_text_at_most(client: Client) -> None:
    sentences = [f"Sentence {n} of many, all alike, was said by somebody else." for n in range(100)]
    text = " ".join(sentences)
    snapshot = f.SnapshotFactory(text=text)
    speaker = f.SpeakerFactory()
    words = sentences[5::10]
    quotes = [quote_in(text, sentence, snapshot=snapshot, speaker=speaker) for sentence in words]
    html = read_page(client, quotes[0])
    contexts = re.findall(r'<p class="context"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert len(contexts) == len(words)
    shown = sum(len(re.sub(r"<mark.*?</mark>|[\s…]", "", unescape(context))) for context in contexts)
    assert 0 < shown <= len(text) / 10


def test_speakers_have_colours_and_kinds_have_underlines(client: Client) -> None:
    text = "Rivers are full. Roads are dry."
    snapshot = f.SnapshotFactory(text=text)
    first = quote_in(text, "Rivers are full.", snapshot=snapshot)
    quote_in(text, "Roads are dry.", snapshot=snapshot, kind="indirect")
    html = read_page(client, first)
    assert re.search(r'<mark class="speaker-1 direct">Rivers are full.</mark>', html)
    assert re.search(r'<mark class="speaker-2 indirect">Roads are dry.</mark>', html)
    assert "reported, not word for word" in html


def test_overlapping_quotes_are_both_labelled(client: Client, settings) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    text = "The minister said rivers are full of water."
    snapshot = f.SnapshotFactory(text=text)
    outer = quote_in(text, "rivers are full of water", snapshot=snapshot, kind="indirect")
    inner = quote_in(text, "full", snapshot=snapshot)
    html = read_page(client, outer)
    assert html.count(f'id="quote-{outer.pk}"') == html.count(f'id="quote-{inner.pk}"') == 1
    assert re.search(r'<mark class="speaker-\d direct overlap">full</mark>', html)


def test_unreleased_quotes_are_not_highlighted(client: Client, settings) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    quote = f.QuoteFactory(accepted=True)
    pending = f.QuoteFactory(snapshot=quote.snapshot, start=50, end=59)
    html = read_page(client, quote)
    assert f"quote-{pending.pk}" not in html
    assert pending.speaker.name not in html
    assert html.count("<mark") == 1


def test_long_text_is_cut_and_the_quotes_of_the_rest_are_shown_alone(client: Client, settings, monkeypatch) -> None:
    monkeypatch.setattr("claims.pages.sources.versions.MAX_SHOWN_TEXT", 100)
    settings.FACTBASE_PUBLISH_TEXTS = True
    quote = quote_in("The beginning.\n\n" + PADDING + WORDS + " " + PADDING, WORDS)
    html = read_page(client, quote)
    assert re.search(r'<p dir="auto">The beginning.\s*</p>', html)
    assert PADDING.strip() not in readable(html)
    assert "This page shows the first 16 of" in html
    assert html.count(f'id="quote-{quote.pk}"') == 1


def test_quotes_are_bounded(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(source_page, "MAX_QUOTES", 2)
    quotes = [f.QuoteFactory(accepted=True)]
    quotes += [f.QuoteFactory(accepted=True, snapshot=quotes[0].snapshot) for _ in range(2)]
    html = read_page(client, quotes[0])
    assert html.count('id="quote-') == 2
    assert f'href="/quotes/?source={quotes[0].snapshot.source_id}"' in html


def test_changed_text_says_which_quotes_are_missing_and_shows_no_text(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    assert "The text had changed" not in read_page(client, quote)
    later = later_snapshot(quote, "Something else entirely, and it is secret.")
    text = readable(read_page(client, quote))
    assert "The text had changed. 1 quote of an earlier version was no longer in it word for word: Rivers are" in text
    assert "secret" not in text
    assert later.sha256 not in text  # it has no public quote


def test_changed_text_with_all_quotes_says_so(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    later_snapshot(quote, f"{quote.snapshot.text} An addition.")
    assert "The text had changed. All quotes were still in it word for word." in readable(read_page(client, quote))


def test_missing_quotes_that_are_not_public_are_not_counted(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    f.QuoteFactory(snapshot=quote.snapshot, start=50, end=59)
    later_snapshot(quote, quote.snapshot.text.replace("According to Ford", "It is said that"))
    assert "All quotes were still in it" in readable(read_page(client, quote))


@pytest.mark.parametrize("publishes_texts", [True, False])
def test_changes_between_public_versions_are_shown_only_where_texts_are_published(
    client: Client, settings, publishes_texts: bool
) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = publishes_texts
    quote = f.QuoteFactory(accepted=True)
    later = later_snapshot(quote, quote.snapshot.text.replace("roads are dry", "lanes are wet"))
    f.QuoteFactory(accepted=True, snapshot=later)
    html = read_page(client, quote)
    assert later.sha256 in html
    assert "The text had changed." in html
    assert ("<ins>lanes</ins>" in html) == publishes_texts


def test_older_versions_than_the_first_public_one_are_not_mentioned(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    f.SnapshotFactory(source=quote.snapshot.source, retrieved_at=timezone.now() - dt.timedelta(days=9))
    assert "The text had changed" not in read_page(client, quote)


def test_source_that_a_verdict_cites_has_no_versions(client: Client) -> None:
    verification = f.VerificationFactory(claim=f.QuoteFactory(accepted=True).claim, published=True)
    cited = f.SnapshotFactory()
    f.EvidenceFactory(verification=verification, source=cited.source)
    html = client.get(page_path("sources", cited.source_id, cited.source.title)).content.decode()
    assert cited.source.title in html
    assert "Versions" not in html


@pytest.mark.django_db(transaction=True)
def test_page_is_not_outdated_when_the_text_changes(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    first = client.get(source_path(quote))
    headers = {"If-None-Match": first["ETag"]}
    assert client.get(source_path(quote), headers=headers).status_code == 304
    later_snapshot(quote, "Something else entirely.")
    assert client.get(source_path(quote), headers=headers).status_code == 200


@pytest.mark.parametrize("rows", [1, 5])
def test_page_takes_few_statements(client: Client, settings, rows: int) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    quotes = [f.QuoteFactory(accepted=True)]
    quotes += [f.QuoteFactory(accepted=True, snapshot=quotes[0].snapshot) for _ in range(rows - 1)]
    later_snapshot(quotes[0], "Something else entirely.")
    path = source_path(quotes[0])
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    # The anchors are part of the validator.
    rows_read = [query["sql"] for query in queries if "claims_anchor" not in query["sql"][:200]]
    assert len([sql for sql in rows_read if sql.startswith(("SELECT", "WITH"))]) <= 3


def test_source_of_nothing_public_is_404(client: Client) -> None:
    assert client.get(f"/sources/{f.QuoteFactory().snapshot.source_id}/").status_code == 404


@pytest.mark.parametrize("path", ["/sources/0/", f"/sources/{10**30}/", "/sources/x/"])
def test_unknown_source_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_untitled_source_has_a_heading(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True, snapshot__source__title="")
    response = client.get(f"/sources/{quote.snapshot.source_id}/")
    assert '<h1 dir="auto" lang="en">The Daily Example</h1>' in response.content.decode()


def test_structured_data_has_authors_and_translator(client: Client) -> None:
    source = {"authors": "Ann Lee; Bo Ek", "translator": "DeepL"}
    quote = f.QuoteFactory(accepted=True, **{f"snapshot__source__{name}": value for name, value in source.items()})
    html = read_page(client, quote)
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    document = json.loads(script)
    assert [author["name"] for author in document["author"]] == ["Ann Lee", "Bo Ek"]
    assert document["translator"]["name"] == "DeepL"
    assert schema_org_errors(document) == []


def test_alternates_are_those_of_the_sources_quotes(client: Client) -> None:
    html = read_page(client, f.QuoteFactory(accepted=True))
    alternates = re.findall(r'<link rel="alternate" type="([^"]*)" title="[^"]*" href="([^"]*)">', html)
    assert len(alternates) == 3
    for media_type, url in alternates:
        response = client.get(url.replace("&amp;", "&"))
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, media_type)
