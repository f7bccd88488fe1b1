"""Paging: the whole list, in order, whatever the page size and whatever is written meanwhile."""

import datetime as dt
import random
import threading

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from claims.models import (
    Claim,
    ClaimRelation,
    Correction,
    Quote,
    QuoteDecision,
    Rating,
    Source,
    Speaker,
    Topic,
    Verification,
)
from claims.resources import RESOURCES
from tests import factories as f

ROWS = 137
SIZES = [3, 136, 137, 138, 200]  # the smaller ones: tests/search/test_keyset.py


def create_list_rows(resource: str, count: int) -> None:
    """Creates released rows, with equal ordering values where the column allows that."""
    at = timezone.now() - dt.timedelta(days=1)
    snapshot = f.SnapshotFactory()
    speaker = f.SpeakerFactory(name="Lena Ford")
    editor, approver = f.UserFactory(), f.UserFactory()
    if resource == "topics":
        claim = f.QuoteFactory(accepted=True).claim
        for n in range(count):
            claim.topics.add(f.TopicFactory(name=f"Same {n % 9} {n}"))
        return
    if resource == "ratings":
        Rating.objects.bulk_create(Rating(name=f"R{n}", slug=f"r{n}") for n in range(count - Rating.objects.count()))
        return
    related = f.QuoteFactory(accepted=True, decided_at=at).claim if resource == "relations" else None
    for _ in range(count):
        if resource == "speakers":
            speaker = f.SpeakerFactory(name="Lena Ford")
        if resource == "sources":
            snapshot = f.SnapshotFactory(source__created_at=at)
        claim = f.ClaimFactory(released_at=at, speaker=speaker)
        f.QuoteFactory(
            snapshot=snapshot,
            speaker=speaker,
            claim=claim,
            decision=QuoteDecision.ACCEPTED,
            decided_by=editor,
            decided_at=at,
        )
        if resource == "verifications":
            f.VerificationFactory(claim=claim, published=True, published_at=at, author=editor, approver=approver)
        if related:
            ClaimRelation.objects.create(
                first=claim, second=related, kind="updates", state="confirmed", decided_by=editor
            )
        if resource == "corrections":
            Correction.objects.create(
                claim=claim, kind="correction", text="A date.", reason="It was wrong.", made_by=editor, made_at=at
            )


def walk_pages(client, url: str, direction: str = "next") -> list[list[int]]:
    """Returns the ids on each page, from this URL on."""
    pages = []
    while url:
        body = client.get(url).json()
        pages.append([row["id"] for row in body["results"]])
        url = body[direction]
        assert len(pages) <= ROWS + 100, "paging does not end"
    return pages


@pytest.mark.django_db
@pytest.mark.parametrize("resource", RESOURCES)
def test_paging_in_both_directions_meets_every_row_once(client, resource):
    create_list_rows(resource, ROWS)
    view = RESOURCES[resource]
    expected = list(view.rows().order_by(*next(iter(view.orderings.values()))).values_list("pk", flat=True))
    assert len(expected) == ROWS
    for size in SIZES if resource == "quotes" else [30, 137]:
        start = f"/api/v1/{resource}/?page_size={size}"
        pages = walk_pages(client, start)
        assert [pk for page in pages for pk in page] == expected
        assert all(len(page) == size for page in pages[:-1])
        body = client.get(start).json()
        assert body["previous"] is None
        last = start
        while body["next"]:
            last, body = body["next"], client.get(body["next"]).json()
        opposite = walk_pages(client, last, "previous")
        assert [pk for page in reversed(opposite) for pk in page] == expected


@pytest.mark.django_db
def test_paging_during_writes_loses_and_repeats_no_row(client):
    create_list_rows("quotes", 60)
    start = Quote.objects.order_by("-decided_at", "-id").values_list("pk", flat=True)
    before = list(start)
    seen, url, gone = [], "/api/v1/quotes/?page_size=4", []
    while url:
        body = client.get(url).json()
        seen += [row["id"] for row in body["results"]]
        url = body["next"]
        f.QuoteFactory(accepted=True)  # the newest, which is before this page
        left = [pk for pk in before if pk not in seen]
        for pk in [*left[:1], *seen[-1:]]:  # the next row, and the row of the cursor
            Quote.objects.filter(pk=pk).update(decision=QuoteDecision.REJECTED)
            gone.append(pk)
    assert len(seen) == len(set(seen))
    assert [pk for pk in before if pk not in gone or pk in seen] == seen


@pytest.mark.django_db
@pytest.mark.parametrize("direction", ["next", "previous"])
def test_the_way_back_from_a_page_whose_rows_are_gone(client, direction):
    create_list_rows("quotes", 10)
    ids = list(Quote.objects.order_by("-decided_at", "-id").values_list("pk", flat=True))
    first = client.get("/api/v1/quotes/?page_size=4").json()
    second = client.get(first["next"]).json()
    gone, remaining, opposite = (ids[8:], ids[4:8], "previous") if direction == "next" else (ids[:4], ids[4:8], "next")
    Quote.objects.filter(pk__in=gone).update(decision=QuoteDecision.REJECTED)
    empty = client.get(second[direction]).json()
    assert empty["results"] == []
    assert empty[direction] is None
    assert [row["id"] for row in client.get(empty[opposite]).json()["results"]] == remaining


@pytest.mark.django_db
def test_links_keep_the_filters_and_are_in_the_link_header(client):
    create_list_rows("quotes", 5)
    url = "/api/v1/quotes/?page_size=2&kind=direct&kind=mixed&q=rivers"
    response = client.get(client.get(url).json()["next"], HTTP_HOST="localhost:8000")
    body = response.json()
    for direction in ("next", "previous"):
        assert body[direction].startswith("http://localhost:8000/api/v1/quotes/?")
        assert "kind=direct&kind=mixed" in body[direction]
        assert "q=rivers" in body[direction]
    first = f"http://localhost:8000{url}"
    assert response["Link"] == f'<{body["next"]}>; rel="next", <{body["previous"]}>; rel="prev", <{first}>; rel="first"'
    assert "Link" not in client.get("/api/v1/topics/")


@pytest.mark.django_db
def test_a_cursor_is_valid_for_its_own_list_only(client):
    create_list_rows("quotes", 3)
    cursor = client.get("/api/v1/quotes/?page_size=1").json()["next"].partition("cursor=")[2]
    for url in [
        f"/api/v1/claims/?cursor={cursor}",
        f"/api/v1/quotes/?cursor={cursor[:-1]}",
        f"/api/v1/quotes/?cursor=x{cursor}",
        "/api/v1/quotes/?cursor=abc",
        "/api/v1/quotes/?cursor=%00",
        f"/api/v1/quotes/?cursor={'a' * 9000}",
        f"/api/v1/quotes/?cursor={cursor}&cursor={cursor}",
    ]:
        response = client.get(url)
        assert response.status_code == 400, url
        assert response.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.django_db
def test_the_longest_name_fits_into_a_cursor(client):
    for n in range(3):
        f.QuoteFactory(accepted=True, speaker=f.SpeakerFactory(name="🌊" * 199 + str(n)))
    assert [len(page) for page in walk_pages(client, "/api/v1/speakers/?page_size=1")] == [1, 1, 1]


def test_every_resource_is_paged():
    """A new resource must be added to `create_list_rows`."""
    models = {view.rows().model for view in RESOURCES.values()}
    assert models == {Quote, Claim, Speaker, Source, Verification, Topic, Correction, Rating, ClaimRelation}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ordering", ["newest", "oldest"])
def test_paging_during_concurrent_writes_meets_lasting_rows_once(ordering):
    """Meanwhile, another connection adds, changes, rejects and deletes rows, at both ends and in the middle."""
    create_list_rows("quotes", 80)
    kept_ids = set(Quote.objects.filter(pk__gt=0).values_list("pk", flat=True)[:60])
    stop, editor = threading.Event(), f.UserFactory()
    writes = []

    def write():
        chance = random.Random(5)  # no secret
        others = list(Quote.objects.exclude(pk__in=kept_ids).values_list("pk", flat=True))
        try:
            while not stop.is_set():
                for _ in range(2):
                    at = timezone.now() - dt.timedelta(seconds=chance.randrange(200_000))
                    # Created in its place: a row that moves along the list may rightly be met twice.
                    quote = f.QuoteFactory(decision=QuoteDecision.ACCEPTED, decided_by=editor, decided_at=at)
                    others.append(quote.pk)
                some = Quote.objects.filter(pk__in=chance.sample(others, 5))
                some.update(decision=chance.choice([QuoteDecision.REJECTED, QuoteDecision.ACCEPTED]))
                Quote.objects.filter(pk=others.pop(chance.randrange(len(others)))).delete()
                Quote.objects.filter(pk__in=chance.sample(sorted(kept_ids), 5)).update(updated_at=timezone.now())
                writes.append(1)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            pages = walk_pages(Client(), f"/api/v1/quotes/?page_size=7&ordering={ordering}&fields=id")
            seen = [pk for page in pages for pk in page]
            assert len(seen) == len(set(seen)), "twice"
            assert kept_ids <= set(seen), "lost"
    finally:
        stop.set()
        writer.join()
    assert writes
