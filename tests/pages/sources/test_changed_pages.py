"""What readers are told of publishers' pages that changed or are gone, and of copies elsewhere."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Quote, Snapshot, SourceRelation, Watch
from claims.resources.permalinks import page_path
from claims.services.sources.anchors import carry_over_quotes
from tests import factories as f
from tests.pages.sources.test_source_page import quote_in, readable, source_path

pytestmark = pytest.mark.django_db

OLD = 'Monday. Lena Ford said: "The river has not been this high since 1993." Then she left.'
WORDS = "The river has not been this high since 1993."
NEW_WORDS = "The river has not been this high since 2003."
ACCEPTED_AT = dt.datetime(2025, 5, 16, 9, tzinfo=dt.UTC)
READ_AT = dt.datetime(2025, 5, 20, 9, tzinfo=dt.UTC)


def read_again(quote: Quote, text: str) -> Snapshot:
    snapshot = f.SnapshotFactory(source=quote.snapshot.source, text=text, retrieved_at=READ_AT)
    carry_over_quotes(snapshot)
    return snapshot


def check_page(quote: Quote, **fields: object) -> None:
    Watch.objects.create(source=quote.snapshot.source, last_checked_at=READ_AT, **fields)


def paths_of(quote: Quote) -> list[str]:
    return [f"/quotes/{quote.pk}/", page_path("claims", quote.claim_id, quote.claim.text), source_path(quote)]


def quote_from_api(client: Client, quote: Quote) -> dict:
    return client.get(f"/api/v1/quotes/{quote.pk}/").json()


@pytest.fixture(name="quote")
def accepted_quote(db: None) -> Quote:
    return quote_in(OLD, WORDS, snapshot=first_snapshot(), decided_at=ACCEPTED_AT)


def first_snapshot() -> Snapshot:
    return f.SnapshotFactory(text=OLD, retrieved_at=ACCEPTED_AT)


def test_changed_words_are_compared_on_every_page(client: Client, quote: Quote) -> None:
    read_again(quote, OLD.replace(WORDS, NEW_WORDS))
    for path in paths_of(quote):
        html = client.get(path).content.decode()
        assert "As accepted on 16 May 2025" in html, path
        assert "As it reads now (read on 20 May 2025)" in html, path
        assert "<del>1993</del><ins>2003</ins>" in html, path
    row = quote_from_api(client, quote)
    assert (row["current_state"], row["current_text"]) == ("orphaned", NEW_WORDS)
    assert row["current_as_of"] == "2025-05-20T09:00:00Z"


def test_words_that_are_gone_are_said_to_be_and_nothing_else_is_shown(client: Client, quote: Quote, settings) -> None:
    read_again(quote, "An unreleased statement, and nothing else.")
    for publishes_texts in (False, True):
        settings.FACTBASE_PUBLISH_TEXTS = publishes_texts
        for path in paths_of(quote):
            assert "unreleased statement" not in client.get(path).content.decode()
    for path in paths_of(quote)[:2]:
        html = client.get(path).content.decode()
        words = "Shown as accepted on 16 May 2025. The text as read on 20 May 2025 no longer has these words."
        assert words in html
    row = quote_from_api(client, quote)
    assert (row["current_state"], row["current_text"]) == ("orphaned", "")


def test_no_more_of_the_newer_text_is_shown_than_the_quote(client: Client, quote: Quote) -> None:
    newer = OLD.replace(WORDS, NEW_WORDS).replace("Monday", "Unreleased").replace("Then she left", "A secret")
    snapshot = read_again(quote, newer)
    for path in [*paths_of(quote), f"/api/v1/quotes/{quote.pk}/", f"/api/v1/sources/{snapshot.source_id}/"]:
        content = client.get(path).content.decode()
        assert "Unreleased" not in content, path
        assert "secret" not in content, path
        assert snapshot.sha256 not in content, path


@pytest.mark.parametrize("words", [f"News. {OLD}", OLD])
def test_unchanged_words_need_no_comparison(client: Client, quote: Quote, words: str) -> None:
    if words != OLD:
        read_again(quote, words)
    for path in paths_of(quote):
        html = client.get(path).content.decode()
        assert "As it reads now" not in html
        assert "no longer has these words" not in html
    assert quote_from_api(client, quote)["current_state"] == ("exact" if words == OLD else "moved")


def test_only_the_newest_text_counts(client: Client, quote: Quote) -> None:
    read_again(quote, OLD.replace(WORDS, NEW_WORDS))
    read_again(quote, f"{OLD} It rained.")
    row = quote_from_api(client, quote)
    assert (row["current_state"], row["current_text"]) == ("exact", "")


def test_parts_of_a_quote_are_not_compared_word_by_word(client: Client) -> None:
    quote = quote_in(OLD, WORDS, spans=[[25, 34], [64, 69]], exact="The river 1993.", decided_at=ACCEPTED_AT)
    assert OLD[25:34] + OLD[64:69] == "The river1993."
    read_again(quote, OLD.replace(WORDS, NEW_WORDS))
    html = client.get(f"/quotes/{quote.pk}/").content.decode()
    assert NEW_WORDS in html
    assert "<ins>" not in html


def test_a_page_that_is_gone_is_said_to_be(client: Client, quote: Quote) -> None:
    check_page(quote, gone_at=READ_AT - dt.timedelta(days=2), reason="the site has no such page (404)")
    for path in paths_of(quote):
        html = client.get(path).content.decode()
        assert html.count("The page could not be found when last checked on 20 May 2025.") == 1, path
        assert "404" not in readable(html)
    assert quote_from_api(client, quote)["page_gone_as_of"] == "2025-05-20T09:00:00Z"


@pytest.mark.parametrize(
    ("check", "newer", "status"),
    [
        pytest.param(None, "", "unchecked", id="never-checked"),
        pytest.param({}, "", "ok", id="still-there"),
        pytest.param({"reason": "the site refuses (403)"}, "", "unchecked", id="not-readable"),
        pytest.param({"gone_at": READ_AT, "reason": "no such page"}, "", "gone", id="gone"),
        pytest.param(None, "Something else.", "changed", id="changed"),
        pytest.param({"gone_at": READ_AT, "reason": "no such page"}, "Something else.", "gone", id="changed-then-gone"),
    ],
)
def test_status_of_a_page(client: Client, quote: Quote, check: dict | None, newer: str, status: str) -> None:
    if check is not None:
        check_page(quote, **check)
    if newer:
        read_again(quote, newer)
    row = client.get(f"/api/v1/sources/{quote.snapshot.source_id}/").json()
    assert row["page_status"] == status
    assert row["page_checked_at"] == (None if check is None else "2025-05-20T09:00:00Z")


def test_a_text_with_public_quotes_of_its_own_alone_has_not_changed(client: Client, quote: Quote) -> None:
    f.SnapshotFactory(source=quote.snapshot.source)
    Quote.objects.filter(pk=quote.pk).update(decision="pending", decided_by=None, decided_at=None)
    newest = quote_in(OLD, WORDS, snapshot=f.SnapshotFactory(source=quote.snapshot.source, text=OLD + " So."))
    row = client.get(f"/api/v1/sources/{newest.snapshot.source_id}/").json()
    assert row["page_status"] == "unchecked"


@pytest.mark.django_db(transaction=True)
def test_pages_are_not_outdated_after_a_check(client: Client) -> None:
    quote = quote_in(OLD, WORDS)
    check_page(quote)
    tags = {path: client.get(path)["ETag"] for path in paths_of(quote)}
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    Watch.objects.update(gone_at=timezone.now(), reason="no such page")
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(("label", "words"), [("p. 3", "page 3"), ("00:12:04", "at 00:12:04"), ("p. iv", "page iv")])
def test_place_in_a_pdf_or_a_recording(client: Client, label: str, words: str) -> None:
    snapshot = f.SnapshotFactory(text=OLD, positions=[[0, "before"], [20, label], [40, "after"]])
    quote = quote_in(OLD, WORDS, snapshot=snapshot)
    assert words in readable(client.get(f"/quotes/{quote.pk}/").content.decode())
    assert quote_from_api(client, quote)["position"] == label
    text = client.get(f"/api/v1/sources/{snapshot.source_id}/snapshots/{snapshot.sha256}/").json()
    assert text["positions"][1] == {"start": 20, "label": label}


def test_a_quote_before_the_first_position_has_none(client: Client) -> None:
    snapshot = f.SnapshotFactory(text=OLD, positions=[[60, "p. 2"]])
    assert quote_from_api(client, quote_in(OLD, WORDS, snapshot=snapshot))["position"] == ""


def relate(first: Quote, second: Quote, kind: str = "copy", state: str = "confirmed") -> None:
    decided_by = None if state == "suggested" else f.UserFactory()
    SourceRelation.objects.create(
        first=first.snapshot.source,
        second=second.snapshot.source,
        kind=kind,
        state=state,
        shared=0.9,
        decided_by=decided_by,
    )


@pytest.mark.parametrize(
    ("kind", "from_first", "from_second"),
    [
        ("copy", "Also published at", "Copy of"),
        ("shortened", "Shortened version at", "Shortened version of"),
        ("updated", "Updated version at", "Updated version of"),
        ("release", "From the same release as", "From the same release as"),
    ],
)
def test_confirmed_relations_read_from_both_sources(
    client: Client, quote: Quote, kind: str, from_first: str, from_second: str
) -> None:
    other = quote_in(OLD, WORDS, snapshot=f.SnapshotFactory(text=OLD, source__publisher="The Other"))
    relate(quote, other, kind)
    for one, another, words in ((quote, other, from_first), (other, quote, from_second)):
        html = readable(client.get(source_path(one)).content.decode())
        assert f"{words} {another.snapshot.source.publisher}: {another.snapshot.source.title}" in html
        (relation,) = client.get(f"/api/v1/sources/{one.snapshot.source_id}/").json()["relations"]
        assert (relation["kind"], relation["source_id"]) == (kind, another.snapshot.source_id)


@pytest.mark.parametrize("state", ["suggested", "dismissed"])
def test_relations_that_nobody_confirmed_are_not_public(client: Client, quote: Quote, state: str) -> None:
    relate(quote, quote_in(OLD, WORDS), state=state)
    assert client.get(f"/api/v1/sources/{quote.snapshot.source_id}/").json()["relations"] == []
    assert "The same text elsewhere" not in client.get(source_path(quote)).content.decode()


def test_a_source_that_is_not_public_is_not_named(client: Client, quote: Quote) -> None:
    other = f.QuoteFactory(snapshot__source__title="secret title")
    relate(quote, other)
    for path in (source_path(quote), f"/api/v1/sources/{quote.snapshot.source_id}/"):
        assert "secret title" not in client.get(path).content.decode()


def copies_of(quote: Quote, publishers: list[str], words: str = WORDS) -> list[Quote]:
    copies = []
    for publisher in publishers:
        snapshot = f.SnapshotFactory(text=OLD.replace(WORDS, words), source__publisher=publisher)
        copy = quote_in(snapshot.text, words, snapshot=snapshot, claim=quote.claim, speaker=quote.speaker)
        copies.append(copy)
    return copies


def test_a_story_in_several_outlets_is_one(client: Client, quote: Quote) -> None:
    copies = copies_of(quote, ["The Copy", "The Other", "The Copy"])
    relate(quote, copies[0])
    relate(copies[1], copies[0])  # by way of a copy
    relate(quote, copies[2])
    html = client.get(page_path("claims", quote.claim_id, quote.claim.text)).content.decode()
    assert html.count("<figure") == 1
    assert "One story, 3 outlets. Also at: The Copy, The Other, The Copy" in readable(html)
    for copy in copies:
        assert f'href="/quotes/{copy.pk}/"' in html


def test_other_stories_and_other_words_are_not_folded(client: Client, quote: Quote) -> None:
    _, suggested = copies_of(quote, ["The Third", "The Fourth"])
    (others_words,) = copies_of(quote, ["The Fifth"], NEW_WORDS)
    relate(quote, suggested, state="suggested")
    relate(quote, others_words)
    html = client.get(page_path("claims", quote.claim_id, quote.claim.text)).content.decode()
    assert html.count("<figure") == 4
    assert "One story" not in html


def test_a_claim_with_changed_quotes_costs_little(client: Client, django_assert_max_num_queries) -> None:
    quote = quote_in(OLD, WORDS)
    for other in [quote, *copies_of(quote, [f"Outlet {number}" for number in range(9)])]:
        read_again(other, other.snapshot.text.replace(WORDS, NEW_WORDS))
        check_page(other, gone_at=READ_AT, reason="no such page")
    path = page_path("claims", quote.claim_id, quote.claim.text)
    client.get(path)
    with django_assert_max_num_queries(1):
        response = client.get(path)
    assert response.content.count(b"As it reads now") == 10
    assert len(response.content) <= 30_000
