"""The page of a source: its text in parts, the quotes beside it, its texts compared, and lost quotes settled."""

import hashlib
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from claims.admin import parts as cutting
from claims.admin.parts import part_at, parts
from claims.models import Anchor, Quote, Snapshot, Source
from claims.services.anchor import carry_over
from tests import factories as make
from tests.admin.acting import address, said
from tests.admin.test_permissions import signed_in

pytestmark = pytest.mark.django_db
MOST_BYTES = 300_000
PLAIN: dict[str, Any] = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}


def snapshot(text: str, source: Source | None = None) -> Snapshot:
    row: Snapshot = make.SnapshotFactory(text=text, **({"source": source} if source else {}))
    return row


def quotes(of: Snapshot, places: list[tuple[int, int]], **fields: Any) -> list[Quote]:
    speaker = fields.pop("speaker", None) or make.SpeakerFactory()
    return Quote.objects.bulk_create(
        Quote(
            snapshot=of, kind="direct", spans=[[start, end]], start=start, end=end, exact=of.text[start:end],
            speaker=speaker, confidence=0.9, extractor="tagger", extractor_version="1", **fields,
        )
        for start, end in places
    )  # fmt: skip


def page(client: Client, source: Source, **asked: Any) -> Any:
    response = client.get(address("change", source), asked)
    assert response.status_code == 200
    return response


# --- Parts ------------------------------------------------------------------------------------------------------------


@given(
    st.text(alphabet="ab \n🌊", max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=30),
)
def test_the_parts_are_the_text_and_nothing_twice(text: str, places: list[tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("LONGEST", 40), ("MOST_QUOTES", 3), ("NEAR", 10)):
            patch.setattr(cutting, name, value)
        cut = parts(text, sorted((start, start + length) for start, length in places))
    assert "".join(text[part.start : part.end] for part in cut) == text
    assert [part.number for part in cut] == list(range(1, len(cut) + 1))
    assert all(one.end == other.start for one, other in pairwise(cut))
    assert all(part.end - part.start <= 40 for part in cut)
    assert all(part_at(cut, at).start <= at < part_at(cut, at).end for at in range(len(text)))


def test_a_part_ends_with_a_line_or_a_word_and_not_within_a_quote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "LONGEST", 20)
    monkeypatch.setattr(cutting, "NEAR", 10)
    assert [part.end for part in parts("one two three\nfour five six seven", [])] == [14, 33]
    assert [part.end for part in parts("one two three four five six", [])] == [19, 27]
    assert parts("one two three four five six", [(14, 25)])[0].end == 14
    assert parts("x" * 45, [])[0].end == 20


def test_a_short_text_is_one_part(client: Client) -> None:
    quote = make.QuoteFactory()
    shown = page(client, quote.snapshot.source)
    assert (len(shown.context["parts"]), shown.context["turns"]) == (1, [])
    assert [row["quote"] for row in shown.context["quotes"]] == [quote]


# --- Size -------------------------------------------------------------------------------------------------------------

LINE = 'Мэр Лена Форд сказала: "Реки полны & дороги <сухи>, номер %05d." Дождь шёл, вода поднималась у моста. '
ROUGH = "\"'<&>" * 400_000


def long_text(n: int) -> tuple[Snapshot, list[tuple[int, int]]]:
    text = "".join(LINE % number for number in range(n))
    at = LINE.index("Реки")
    length = len(LINE % 0)
    places = [(number * length + at, number * length + text.index('." ', at) + 1) for number in range(n)]
    return snapshot(text[:2_000_000]), [place for place in places if place[1] <= 2_000_000]


def test_two_megabytes_with_thousands_of_quotes_are_a_light_page(client: Client) -> None:
    text, places = long_text(20_000)
    assert len(text.text) == 2_000_000
    rows = quotes(text, places[:5000])
    for asked in ({}, {"part": "50"}, {"quote": rows[-1].pk}, {"part": "99999999"}):
        response = page(client, text.source, **asked)
        assert len(response.content) < MOST_BYTES
    context = page(client, text.source, quote=rows[-1].pk).context
    assert rows[-1] in [row["quote"] for row in context["quotes"]]
    assert f'id="quote-{rows[-1].pk}"' in context["text"]
    html = page(client, text.source, part=3).content.decode()
    assert f"Part 3 of {len(context['parts'])}: characters" in html
    assert "5000 pending" in html


def test_a_text_of_nothing_but_signs_and_quotes_upon_quotes_is_light_too(client: Client) -> None:
    text = snapshot(ROUGH)
    quotes(text, [(10, 11 + n % 50) for n in range(1000)] + [(n, n + 400) for n in range(20, 3000)])
    for part in (1, 2, 3):
        response = page(client, text.source, part=part)
        assert len(response.content) < MOST_BYTES
    assert "more quotes are in this part than can be marked" in page(client, text.source, part=2).content.decode()


def test_every_quote_is_marked_in_some_part(client: Client) -> None:
    text, places = long_text(300)
    rows = quotes(text, places)
    n_parts = len(page(client, text.source).context["parts"])
    shown = [
        row["quote"].pk
        for part in range(1, n_parts + 1)
        for row in page(client, text.source, part=part).context["quotes"]
    ]
    assert sorted(shown) == [row.pk for row in rows], "each once in the tables"


def test_queries_do_not_grow_with_quotes_or_texts(client: Client) -> None:
    def cost(source: Source) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, source)
        return len(captured)

    sources = []
    for n in (2, 9):
        text, places = long_text(n)
        first = quotes(text, places)
        for number in range(n):
            later = snapshot(text.text + f" {number}", text.source)
            carry_over(later)
        quotes(later, places[:1])
        sources.append(text.source)
        assert len(first) == n
    page(client, sources[0])
    assert cost(sources[0]) == cost(sources[1])


def test_the_next_part_with_a_pending_quote(client: Client) -> None:
    text, places = long_text(1000)
    user = make.UserFactory()
    quotes(text, places[:100], decision="rejected", decided_by=user, decided_at="2025-05-16T12:00:00Z")
    (last,) = quotes(text, places[-1:])
    turns = {name: address for name, _, address in page(client, text.source).context["turns"]}
    response = client.get(f"{address('change', text.source)}{turns['next with a pending quote']}".split("#")[0])
    assert last in [row["quote"] for row in response.context["quotes"]]


# --- Several texts ----------------------------------------------------------------------------------------------------

OLD = 'Ford said: "No." Reck said: "Yes." Wu said: "Perhaps."'
NEW = 'On Monday. Ford said: "No." and again: "No." Reck said: "Yes."'


@pytest.fixture
def both() -> tuple[Snapshot, Snapshot]:
    """Two texts: “Yes.” moved, “No.” stands twice, “Perhaps.” is gone."""
    old = snapshot(OLD)
    quotes(old, [(OLD.index(words), OLD.index(words) + len(words)) for words in ("No.", "Yes.", "Perhaps.")])
    new = snapshot(NEW, old.source)
    carry_over(new)
    return old, new


def compare(source: Source, **asked: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:claims_source_compare', args=[source.pk])}?{query}"


def test_what_changed_and_what_became_of_the_quotes(client: Client, both: tuple[Snapshot, Snapshot]) -> None:
    old, new = both
    shown = page(client, new.source)
    (latest, first) = shown.context["texts"]
    assert [(each["state"], each["n"]) for each in latest["states"]] == [
        ("moved", 1),
        ("ambiguous", 1),
        ("orphaned", 1),
    ]
    assert (latest["is_shown"], first["changes"]) == (True, "")
    assert shown.context["n_lost"] == 2
    response = client.get(latest["changes"])
    html = response.content.decode()
    assert "<ins>On Monday. </ins>" in html
    assert any("Perhaps" in part.split("</del>")[0] for part in html.split("<del>")[1:])
    assert [anchor.state for anchor in response.context["anchors"]] == ["ambiguous", "moved", "orphaned"]
    only = client.get(compare(new.source, old=old.pk, new=new.pk, state="orphaned"))
    assert [anchor.quote.exact for anchor in only.context["anchors"]] == ["Perhaps."]
    same = client.get(compare(new.source, old=old.pk, new=old.pk))
    assert "nothing changed" in same.content.decode()


def test_no_markup_of_the_text_gets_through(client: Client) -> None:
    old = snapshot("<script>old()</script> & more.")
    new = snapshot("<script>new()</script> & more.", old.source)
    html = client.get(compare(old.source, old=old.pk, new=new.pk)).content.decode()
    assert "<script>old" not in html
    assert "<script>new" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("kind", ["all-other", "every-word", "moved-about"])
def test_a_comparison_of_two_megabytes_is_a_light_page(client: Client, kind: str) -> None:
    first = "".join(f"Line {n} of <the> text & more.\n" for n in range(60_000))[:2_000_000]
    second = {
        "all-other": first.replace("Line", "Row").replace("text", "book"),
        "every-word": "".join(f"Line {n} of <a> text & no more.\n" for n in range(60_000))[:2_000_000],
        "moved-about": first[1_000_000:] + first[:1_000_000],
    }[kind]
    old = snapshot(first)
    new = snapshot(second, old.source)
    for p in ("1", "2", "99999999"):
        response = client.get(compare(old.source, old=old.pk, new=new.pk, p=p))
        assert response.status_code == 200
        assert len(response.content) < MOST_BYTES
    assert response.context["n_changes"]


@pytest.mark.parametrize(
    "asked",
    [{}, {"old": "x", "new": "y"}, {"old": "1" * 19, "new": "2"}, {"old": "0", "new": "0"}, {"old": "-1", "new": "٣"}],
    ids=str,
)
def test_texts_that_are_none_of_this_source(client: Client, both: tuple[Snapshot, Snapshot], asked: Any) -> None:
    other = snapshot("Other.")
    assert client.get(compare(both[0].source, **asked)).status_code == 404
    assert client.get(compare(both[0].source, old=both[0].pk, new=other.pk)).status_code == 404
    assert (
        client.get(compare(both[0].source, old=both[0].pk, new=both[1].pk, p="x", q="x", state="x")).status_code == 200
    )


@pytest.mark.parametrize("name", ["compare", "reading"])
def test_a_number_that_no_key_can_have(client: Client, name: str) -> None:
    address_ = reverse(f"admin:claims_source_{name}", args=[2**63])
    assert client.get(address_).status_code == client.get(address_.replace(str(2**63), "9" * 30)).status_code == 404


# --- Settling ---------------------------------------------------------------------------------------------------------


def settle(anchor: Anchor) -> str:
    return reverse("admin:claims_source_settle", args=[anchor.snapshot.source_id, anchor.pk])


def lost(words: str) -> Anchor:
    return Anchor.objects.get(quote__exact=words)


def test_a_place_is_chosen_and_the_next_is_asked_for(
    client: Client, editor: User, both: tuple[Snapshot, Snapshot]
) -> None:
    anchor, gone = lost("No."), lost("Perhaps.")
    shown = client.get(settle(anchor))
    values = [place["value"] for place in shown.context["places"]]
    assert values == ["23-26", "40-43"]
    response = client.post(settle(anchor), {"place": values[1]})
    assert (said(response), response.url) == (["“No.” stands at 40 in this text."], settle(gone))
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans, anchor.settled_by) == ("moved", [[40, 43]], editor)
    assert "nowhere in this text" in client.get(settle(gone)).content.decode()
    response = client.post(settle(gone), {"place": "gone"})
    assert response.url == f"{address('change', both[1].source)}?snapshot={both[1].pk}"
    gone.refresh_from_db()
    assert (gone.state, gone.spans, gone.settled_by) == ("orphaned", None, editor)
    html = client.get(compare(both[1].source, old=both[0].pk, new=both[1].pk)).content.decode()
    assert html.count("settled by editor") == 2
    assert page(client, both[1].source).context["n_lost"] == 0
    shown = page(client, both[1].source)
    assert "No." in [row["quote"].exact for row in shown.context["quotes"]]


@pytest.mark.parametrize(
    "place", ["", "x", "0-3", "23-27", "26-23", "23-26,40-43", "999999999-999999999", "1-2" + ",3-4" * 200, "٢٣-٢٦"]
)
def test_another_place_is_refused(client: Client, both: tuple[Snapshot, Snapshot], place: str) -> None:
    anchor = lost("No.")
    response = client.post(settle(anchor), {"place": place})
    assert (response.status_code, response.url) == (302, settle(anchor))
    assert "very words" in said(response)[0]
    anchor.refresh_from_db()
    assert (anchor.state, anchor.settled_by) == ("ambiguous", None)


def test_who_may_not_decide_quotes_settles_nothing(both: tuple[Snapshot, Snapshot]) -> None:
    anchor = lost("No.")
    client = signed_in("view_source", "view_quote", "change_source")
    assert client.get(settle(anchor)).status_code == client.post(settle(anchor), {"place": "gone"}).status_code == 403
    html = page(client, both[1].source).content.decode()
    assert settle(anchor) not in html
    assert "Read anew" not in html
    assert client.get(compare(both[1].source, old=both[0].pk, new=both[1].pk)).status_code == 200


def test_an_anchor_of_another_source(client: Client, both: tuple[Snapshot, Snapshot]) -> None:
    other = make.SourceFactory()
    assert client.get(settle(lost("No.")).replace(f"/{both[0].source_id}/", f"/{other.pk}/")).status_code == 404


def test_sources_with_quotes_to_find_again(client: Client, both: tuple[Snapshot, Snapshot]) -> None:
    snapshot("Other.")
    listing = address("changelist", Source)
    assert list(client.get(listing, {"lost": "waiting"}).context["cl"].queryset) == [both[0].source]
    assert list(client.get(listing, {"lost": "several"}).context["cl"].queryset) == [both[0].source]
    Anchor.objects.waiting().delete()
    assert list(client.get(listing, {"lost": "waiting"}).context["cl"].queryset) == []


def test_a_very_long_quote_is_shown_shortened(client: Client) -> None:
    words = "word " * 20_000
    old = snapshot(f"{words}end.")
    quotes(old, [(0, len(words) - 1)])
    new = snapshot(f"Not. {words}end.", old.source)
    (anchor,) = carry_over(new)
    Anchor.objects.filter(pk=anchor.pk).update(state="ambiguous", spans=None)
    response = client.get(settle(anchor))
    assert "[…]" in response.content.decode()
    assert len(response.content) < MOST_BYTES
    assert hashlib.sha256(old.text.encode()).hexdigest() == old.sha256
