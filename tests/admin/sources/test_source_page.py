"""The page of a source: its text in pages, and its quotes."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from claims.admin.review.queue import review_url
from claims.admin.sources import text_pages as cutting
from claims.admin.sources.text_pages import find_page, split_into_pages
from claims.models import Snapshot, Source
from claims.services.sources.anchors import carry_over_quotes
from tests import factories as make
from tests.admin.admin_client import admin_url
from tests.admin.sources.source_pages import MAX_PAGE_BYTES, create_quotes, create_snapshot, get_source_page

pytestmark = pytest.mark.django_db


@given(
    st.text(alphabet="ab \n🌊", max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=30),
)
def test_pages_contain_the_text_exactly_once(text: str, places: list[tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("MAX_PAGE_LENGTH", 40), ("MAX_QUOTES_PER_PAGE", 3), ("PAGE_BREAK_WINDOW", 10)):
            patch.setattr(cutting, name, value)
        cut = split_into_pages(text, sorted((start, start + length) for start, length in places))
    assert "".join(text[part.start : part.end] for part in cut) == text
    assert [part.number for part in cut] == list(range(1, len(cut) + 1))
    assert all(one.end == other.start for one, other in pairwise(cut))
    assert all(part.end - part.start <= 40 for part in cut)
    assert all(find_page(cut, at).start <= at < find_page(cut, at).end for at in range(len(text)))


def test_page_ends_at_a_line_or_word_and_not_in_a_quote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MAX_PAGE_LENGTH", 20)
    monkeypatch.setattr(cutting, "PAGE_BREAK_WINDOW", 10)
    assert [part.end for part in split_into_pages("one two three\nfour five six seven", [])] == [14, 33]
    assert [part.end for part in split_into_pages("one two three four five six", [])] == [19, 27]
    assert split_into_pages("one two three four five six", [(14, 25)])[0].end == 14
    assert split_into_pages("x" * 45, [])[0].end == 20


def test_short_text_is_one_page(client: Client) -> None:
    quote = make.QuoteFactory()
    displayed = get_source_page(client, quote.snapshot.source)
    assert (len(displayed.context["text_pages"]), displayed.context["page_links"]) == (1, [])
    assert [row["quote"] for row in displayed.context["quotes"]] == [quote]


def test_the_page_of_a_merged_source_leads_to_the_other_one(client: Client) -> None:
    kept = make.SourceFactory(url="https://example.org/a")
    merged = make.SourceFactory(url="http://example.org/a", merged_into=kept)
    client.force_login(make.UserFactory(is_superuser=True))
    response = client.get(admin_url("change", merged))
    assert (response.status_code, response.headers["Location"]) == (302, admin_url("change", kept))
    assert f"Merged into #{kept.pk}" in client.get(admin_url("changelist", Source)).content.decode()
    assert client.get(admin_url("change", make.SourceFactory.build(pk=999))).headers["Location"] == reverse(
        "admin:index"
    )


def test_the_url_of_another_source_is_refused(client: Client) -> None:
    first, second = (make.SourceFactory(url=f"https://example.org/{name}") for name in "ab")
    client.force_login(make.UserFactory(is_superuser=True))
    page = client.get(admin_url("change", second))
    data = page.context["adminform"].form.initial | {"url": "http://www.example.org/a/?utm_source=mail"}
    refused = client.post(admin_url("change", second), {name: value or "" for name, value in data.items()})
    assert refused.context["adminform"].form.errors == {"url": ["Another source has this URL."]}
    data["url"] = "http://www.example.org/b/"
    assert (
        client.post(admin_url("change", second), {name: value or "" for name, value in data.items()}).status_code == 302
    )
    assert Source.objects.get(pk=second.pk).url == "http://www.example.org/b/"
    assert Source.objects.get(pk=first.pk).url == "https://example.org/a"


LINE = 'Мэр Лена Форд сказала: "Реки полны & дороги <сухи>, номер %05d." Дождь шёл, вода поднималась у моста. '


ROUGH = "\"'<&>" * 400_000


def long_text(n: int) -> tuple[Snapshot, list[tuple[int, int]]]:
    text = "".join(LINE % number for number in range(n))
    at = LINE.index("Реки")
    length = len(LINE % 0)
    places = [(number * length + at, number * length + text.index('." ', at) + 1) for number in range(n)]
    return create_snapshot(text[:2_000_000]), [place for place in places if place[1] <= 2_000_000]


def test_two_megabytes_with_thousands_of_quotes_are_small_pages(client: Client) -> None:
    text, places = long_text(20_000)
    assert len(text.text) == 2_000_000
    rows = create_quotes(text, places[:5000])
    for asked in ({}, {"part": "50"}, {"quote": rows[-1].pk}, {"part": "99999999"}):
        response = get_source_page(client, text.source, **asked)
        assert len(response.content) < MAX_PAGE_BYTES
    context = get_source_page(client, text.source, quote=rows[-1].pk).context
    assert rows[-1] in [row["quote"] for row in context["quotes"]]
    assert f'id="quote-{rows[-1].pk}"' in context["text"]
    html = get_source_page(client, text.source, part=3).content.decode()
    assert f"Page 3 of {len(context['text_pages'])}: characters" in html
    assert "5000 pending" in html


def test_overlapping_quotes_in_escaped_text_are_small_pages(client: Client) -> None:
    text = create_snapshot(ROUGH)
    create_quotes(text, [(10, 11 + n % 50) for n in range(1000)] + [(n, n + 400) for n in range(20, 3000)])
    for part in (1, 2, 3):
        response = get_source_page(client, text.source, part=part)
        assert len(response.content) < MAX_PAGE_BYTES
    assert "more quotes are not highlighted here" in get_source_page(client, text.source, part=2).content.decode()


def test_every_quote_is_marked_on_some_page(client: Client) -> None:
    text, places = long_text(300)
    rows = create_quotes(text, places)
    n_parts = len(get_source_page(client, text.source).context["text_pages"])
    displayed = [
        row["quote"].pk
        for part in range(1, n_parts + 1)
        for row in get_source_page(client, text.source, part=part).context["quotes"]
    ]
    assert sorted(displayed) == [row.pk for row in rows], "each once in the tables"


def test_query_count_is_constant(client: Client) -> None:
    def cost(source: Source) -> int:
        with CaptureQueriesContext(connection) as captured:
            get_source_page(client, source)
        return len(captured)

    sources = []
    for n in (2, 9):
        text, places = long_text(n)
        first = create_quotes(text, places)
        for number in range(n):
            later = create_snapshot(text.text + f" {number}", text.source)
            carry_over_quotes(later)
        create_quotes(later, places[:1])
        sources.append(text.source)
        assert len(first) == n
    get_source_page(client, sources[0])
    assert cost(sources[0]) == cost(sources[1])


def test_link_to_next_page_with_a_pending_quote(client: Client) -> None:
    text, places = long_text(1000)
    user = make.UserFactory()
    create_quotes(text, places[:100], decision="rejected", decided_by=user, decided_at="2025-05-16T12:00:00Z")
    (last,) = create_quotes(text, places[-1:])
    turns = {name: address for name, _, address in get_source_page(client, text.source).context["page_links"]}
    response = client.get(f"{admin_url('change', text.source)}{turns['next with pending quotes']}".split("#")[0])
    assert last in [row["quote"] for row in response.context["quotes"]]


def test_warnings_of_the_reader_are_shown(client: Client) -> None:
    quote = make.QuoteFactory()
    assert "against the original" not in get_source_page(client, quote.snapshot.source).content.decode()
    warnings = [{"code": "damaged-text", "message": "Damaged <text>."}]
    Source.objects.filter(pk=quote.snapshot.source.pk).update(warnings=warnings)
    page = get_source_page(client, quote.snapshot.source).content.decode()
    assert "Damaged &lt;text&gt;." in page


def test_suggested_date_is_confirmed_with_one_click(client: Client) -> None:
    source = make.QuoteFactory().snapshot.source
    Source.objects.filter(pk=source.pk).update(published_on=None, suggested_published_on="2026-03-02")
    page = get_source_page(client, source)
    assert "It may be 2026-03-02" in page.content.decode()
    (offered,) = page.context["object_actions"]
    response = client.post(offered["url"], follow=True)
    source.refresh_from_db()
    assert source.published_on == date(2026, 3, 2)
    assert "Published on 2026-03-02." in response.content.decode()
    assert response.context["object_actions"] == []


def test_each_quote_shows_its_page_of_a_pdf(client: Client) -> None:
    quote = make.QuoteFactory()
    assert quote.snapshot.position_at(quote.start) == ""
    Snapshot.objects.filter(pk=quote.snapshot.pk).update(positions=[[0, "p. 6"], [quote.start, "p. 7"]])
    (row,) = get_source_page(client, quote.snapshot.source).context["quotes"]
    assert row["place"] == "p. 7"
    for url in (admin_url("change", quote), review_url(quote)):
        assert "p. 7" in client.get(url).content.decode()


@pytest.mark.parametrize(("offset", "label"), [(0, ""), (2, "p. 1"), (6, "p. 1"), (7, "p. 2"), (99, "p. 2")])
def test_position_of_a_character(offset: int, label: str) -> None:
    assert Snapshot(positions=[[2, "p. 1"], [7, "p. 2"]]).position_at(offset) == label
