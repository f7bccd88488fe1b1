"""Comparing snapshots of a source, and resolving anchors."""

import hashlib
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Anchor, Snapshot, Source
from claims.services.sources.anchors import carry_over_quotes
from tests import factories as make
from tests.admin.admin_client import admin_url, client_with_permissions, displayed_messages
from tests.admin.sources.source_pages import MAX_PAGE_BYTES, create_quotes, create_snapshot, get_source_page

pytestmark = pytest.mark.django_db


OLD = 'Ford said: "No." Reck said: "Yes." Wu said: "Perhaps."'


NEW = 'On Monday. Ford said: "No." and again: "No." Reck said: "Yes."'


@pytest.fixture
def both() -> tuple[Snapshot, Snapshot]:
    """Two texts: “Yes.” moved, “No.” stands twice, “Perhaps.” is gone."""
    old = create_snapshot(OLD)
    create_quotes(old, [(OLD.index(words), OLD.index(words) + len(words)) for words in ("No.", "Yes.", "Perhaps.")])
    new = create_snapshot(NEW, old.source)
    carry_over_quotes(new)
    return old, new


def get_comparison(source: Source, **asked: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:claims_source_compare', args=[source.pk])}?{query}"


def test_comparison_shows_changes_and_anchors(client: Client, both: tuple[Snapshot, Snapshot]) -> None:
    old, new = both
    displayed = get_source_page(client, new.source)
    (latest, first) = displayed.context["snapshots"]
    assert [(each["state"], each["count"]) for each in latest["states"]] == [
        ("moved", 1),
        ("ambiguous", 1),
        ("orphaned", 1),
    ]
    assert (latest["is_shown"], first["changes_url"]) == (True, "")
    assert displayed.context["n_unresolved"] == 2
    response = client.get(latest["changes_url"])
    html = response.content.decode()
    assert "<ins>On Monday. </ins>" in html
    assert any("Perhaps" in part.split("</del>")[0] for part in html.split("<del>")[1:])
    assert [anchor.state for anchor in response.context["anchors"]] == ["ambiguous", "moved", "orphaned"]
    only = client.get(get_comparison(new.source, old=old.pk, new=new.pk, state="orphaned"))
    assert [anchor.quote.exact for anchor in only.context["anchors"]] == ["Perhaps."]
    same = client.get(get_comparison(new.source, old=old.pk, new=old.pk))
    assert "no changes" in same.content.decode()


def test_text_is_escaped(client: Client) -> None:
    old = create_snapshot("<script>old()</script> & more.")
    new = create_snapshot("<script>new()</script> & more.", old.source)
    html = client.get(get_comparison(old.source, old=old.pk, new=new.pk)).content.decode()
    assert "<script>old" not in html
    assert "<script>new" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("kind", ["all-other", "every-word", "moved-about"])
def test_comparison_of_two_megabytes_is_a_small_page(client: Client, kind: str) -> None:
    first = "".join(f"Line {n} of <the> text & more.\n" for n in range(60_000))[:2_000_000]
    second = {
        "all-other": first.replace("Line", "Row").replace("text", "book"),
        "every-word": "".join(f"Line {n} of <a> text & no more.\n" for n in range(60_000))[:2_000_000],
        "moved-about": first[1_000_000:] + first[:1_000_000],
    }[kind]
    old = create_snapshot(first)
    new = create_snapshot(second, old.source)
    for p in ("1", "2", "99999999"):
        response = client.get(get_comparison(old.source, old=old.pk, new=new.pk, p=p))
        assert response.status_code == 200
        assert len(response.content) < MAX_PAGE_BYTES
    assert response.context["n_changes"]


@pytest.mark.parametrize(
    "query",
    [{}, {"old": "x", "new": "y"}, {"old": "1" * 19, "new": "2"}, {"old": "0", "new": "0"}, {"old": "-1", "new": "٣"}],
    ids=str,
)
def test_snapshots_of_other_sources_are_not_found(client: Client, both: tuple[Snapshot, Snapshot], query: Any) -> None:
    other = create_snapshot("Other.")
    assert client.get(get_comparison(both[0].source, **query)).status_code == 404
    assert client.get(get_comparison(both[0].source, old=both[0].pk, new=other.pk)).status_code == 404
    assert (
        client.get(get_comparison(both[0].source, old=both[0].pk, new=both[1].pk, p="x", q="x", state="x")).status_code
        == 200
    )


@pytest.mark.parametrize("name", ["compare", "reading"])
def test_id_out_of_range_is_not_found(client: Client, name: str) -> None:
    address_ = reverse(f"admin:claims_source_{name}", args=[2**63])
    assert client.get(address_).status_code == client.get(address_.replace(str(2**63), "9" * 30)).status_code == 404


def resolve_anchor_url(anchor: Anchor) -> str:
    return reverse("admin:claims_source_settle", args=[anchor.snapshot.source_id, anchor.pk])


def create_lost_quote(words: str) -> Anchor:
    return Anchor.objects.get(quote__exact=words)


def test_resolving_an_anchor_advances_to_the_next(
    client: Client, editor: User, both: tuple[Snapshot, Snapshot]
) -> None:
    anchor, gone = create_lost_quote("No."), create_lost_quote("Perhaps.")
    shown = client.get(resolve_anchor_url(anchor))
    values = [candidate["value"] for candidate in shown.context["candidates"]]
    assert values == ["23-26", "40-43"]
    response = client.post(resolve_anchor_url(anchor), {"place": values[1]})
    assert (displayed_messages(response), response.url) == (
        ["“No.” placed at character 40 of this version."],
        resolve_anchor_url(gone),
    )
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans, anchor.settled_by) == ("moved", [[40, 43]], editor)
    assert "No exact match in this version" in client.get(resolve_anchor_url(gone)).content.decode()
    response = client.post(resolve_anchor_url(gone), {"place": "gone"})
    assert response.url == f"{admin_url('change', both[1].source)}?snapshot={both[1].pk}"
    gone.refresh_from_db()
    assert (gone.state, gone.spans, gone.settled_by) == ("orphaned", None, editor)
    html = client.get(get_comparison(both[1].source, old=both[0].pk, new=both[1].pk)).content.decode()
    assert html.count("resolved by editor") == 2
    assert get_source_page(client, both[1].source).context["n_unresolved"] == 0
    shown = get_source_page(client, both[1].source)
    assert "No." in [row["quote"].exact for row in shown.context["quotes"]]


@pytest.mark.parametrize(
    "place", ["", "x", "0-3", "23-27", "26-23", "23-26,40-43", "999999999-999999999", "1-2" + ",3-4" * 200, "٢٣-٢٦"]
)
def test_span_that_was_not_offered_is_refused(client: Client, both: tuple[Snapshot, Snapshot], place: str) -> None:
    anchor = create_lost_quote("No.")
    response = client.post(resolve_anchor_url(anchor), {"place": place})
    assert (response.status_code, response.url) == (302, resolve_anchor_url(anchor))
    assert "Only exact matches" in displayed_messages(response)[0]
    anchor.refresh_from_db()
    assert (anchor.state, anchor.settled_by) == ("ambiguous", None)


def test_resolving_requires_permission_to_decide(both: tuple[Snapshot, Snapshot]) -> None:
    anchor = create_lost_quote("No.")
    client = client_with_permissions("view_source", "view_quote", "change_source")
    assert (
        client.get(resolve_anchor_url(anchor)).status_code
        == client.post(resolve_anchor_url(anchor), {"place": "gone"}).status_code
        == 403
    )
    html = get_source_page(client, both[1].source).content.decode()
    assert resolve_anchor_url(anchor) not in html
    assert "Re-extract" not in html
    assert client.get(get_comparison(both[1].source, old=both[0].pk, new=both[1].pk)).status_code == 200


def test_anchor_of_another_source_is_not_found(client: Client, both: tuple[Snapshot, Snapshot]) -> None:
    other = make.SourceFactory()
    assert (
        client.get(
            resolve_anchor_url(create_lost_quote("No.")).replace(f"/{both[0].source_id}/", f"/{other.pk}/")
        ).status_code
        == 404
    )


def test_filter_for_sources_with_quotes_to_check(client: Client, both: tuple[Snapshot, Snapshot]) -> None:
    create_snapshot("Other.")
    listing = admin_url("changelist", Source)
    assert list(client.get(listing, {"lost": "waiting"}).context["cl"].queryset) == [both[0].source]
    assert list(client.get(listing, {"lost": "several"}).context["cl"].queryset) == [both[0].source]
    Anchor.objects.unresolved().delete()
    assert list(client.get(listing, {"lost": "waiting"}).context["cl"].queryset) == []


def test_very_long_quote_is_truncated(client: Client) -> None:
    words = "word " * 20_000
    old = create_snapshot(f"{words}end.")
    create_quotes(old, [(0, len(words) - 1)])
    new = create_snapshot(f"Not. {words}end.", old.source)
    (anchor,) = carry_over_quotes(new)
    Anchor.objects.filter(pk=anchor.pk).update(state="ambiguous", spans=None)
    response = client.get(resolve_anchor_url(anchor))
    assert "[…]" in response.content.decode()
    assert len(response.content) < MAX_PAGE_BYTES
    assert hashlib.sha256(old.text.encode()).hexdigest() == old.sha256
