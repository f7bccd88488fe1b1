"""The lists of pages: their rows, filters, sorting and paging, and what they make of bad parameters."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from claims.pages.search import list_parameters
from tests import factories as f
from tests.pages.search.links import LISTS, alternates, link

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CLAIM_TITLE = re.compile(r'<h2 dir="auto"><a href="/claims/(\d+)/')


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_parameters, "PAGE_SIZE", 2)


@pytest.mark.parametrize("name", LISTS)
def test_empty_list_says_so(client: Client, db, name: str) -> None:
    response = client.get(f"/{name}/")
    assert response.status_code == 200
    assert "yet." in response.content.decode()
    assert 'name="robots"' not in response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_rows_cost_no_queries_of_their_own(client: Client, django_assert_max_num_queries, name: str) -> None:
    for _ in range(6):
        f.QuoteFactory(accepted=True)
    with django_assert_max_num_queries(3):
        client.get(f"/{name}/")


def test_paging_forth_and_back_shows_every_claim_once(client: Client, small_pages: None) -> None:
    claims = [f.QuoteFactory(accepted=True).claim_id for _ in range(5)]
    url, pages = "/claims/", []
    while url:
        html = client.get(url).content.decode()
        pages.append([int(pk) for pk in CLAIM_TITLE.findall(html)])
        url = link(html, "Next") if 'rel="next' in html else ""
    assert [pk for page in pages for pk in page] == claims[::-1]
    assert 'content="noindex"' in html, "only the first page is for search engines"
    html = client.get(link(html, "Previous")).content.decode()
    assert [int(pk) for pk in CLAIM_TITLE.findall(html)] == pages[1]


def test_filters_narrow_the_list_and_are_removed_one_by_one(client: Client) -> None:
    quote, other = f.QuoteFactory(accepted=True), f.QuoteFactory(accepted=True)
    quote.claim.topics.add(f.TopicFactory(name="Water", slug="water"))
    html = client.get(f"/claims/?speaker={quote.speaker_id}&topic=water&utm_source=x&status=").content.decode()
    assert [int(pk) for pk in CLAIM_TITLE.findall(html)] == [quote.claim_id]
    assert 'content="noindex"' in html
    assert (
        f'<link rel="canonical" href="http://127.0.0.1:8000/claims/?speaker={quote.speaker_id}&amp;topic=water">'
        in html
    )
    assert link(html, "Remove filter").startswith("/claims/?")
    assert parse_qs(urlsplit(link(html, "Remove filter")).query) == {"topic": ["water"]}
    for url in alternates(html).values():
        assert parse_qs(urlsplit(url).query).items() >= {"speaker": [str(quote.speaker_id)], "topic": ["water"]}.items()
    assert str(other.claim_id) not in CLAIM_TITLE.findall(html)


def test_values_are_repeated_or_joined_by_commas(client: Client) -> None:
    first, second, other = (f.QuoteFactory(accepted=True) for _ in range(3))
    for query in (
        f"speaker={first.speaker_id}&speaker={second.speaker_id}",
        f"speaker={first.speaker_id},{second.speaker_id}",
    ):
        html = client.get(f"/claims/?{query}").content.decode()
        assert html.count("Remove filter") == 2
        assert {int(pk) for pk in CLAIM_TITLE.findall(html)} == {first.claim_id, second.claim_id} != {other.claim_id}


def test_search_and_sorting(client: Client) -> None:
    rivers = f.QuoteFactory(accepted=True, claim__text="Rivers carry gold.")
    f.QuoteFactory(accepted=True, claim__text="Roads are dry.")
    html = client.get("/claims/?q=gold").content.decode()
    assert [int(pk) for pk in CLAIM_TITLE.findall(html)] == [rivers.claim_id]
    assert 'name="q" value="gold"' in html
    for ordering in ("newest", "oldest", "relevance"):
        assert client.get(f"/claims/?q=gold&ordering={ordering}").status_code == 200
    assert client.get("/claims/?q=&ordering=relevance").status_code == 200, "a search that was emptied"


def test_nothing_matches(client: Client) -> None:
    f.QuoteFactory(accepted=True)
    response = client.get("/claims/?q=unheard-of")
    assert response.status_code == 200
    assert "Nothing matches." in response.content.decode()


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("speaker=x", "Speaker"),
        ("speaker=99999999999999999999", "Speaker"),
        ("kind=unheard", "Kind"),
        ("said_after=2025-13-01", "Said from"),
        ("ordering=unheard", "Sort by"),
        ("cursor=x", "Page"),
        ("q=-water", "Search"),
        ("q=" + "a" * 5000, "Search"),
        ("q=%00", "Search"),
        ("language=%22%3E", "Language"),
        ("speaker=" + ",".join(map(str, range(1, 200))), "Speaker"),
        ("topic=" + "&topic=".join(map(str, range(200))), "Topic"),
    ],
)
def test_bad_parameters_are_named_on_a_page_with_the_form(client: Client, db, query: str, label: str) -> None:
    response = client.get(f"/claims/?{query}")
    html = response.content.decode()
    assert response.status_code == 400
    assert re.search(rf'<span class="label">{label}</span> \w+', html)
    assert '<input type="search"' in html
    assert 'content="noindex"' in html
    assert len(response.content) < 20_000


def test_bad_parameter_beside_good_ones(client: Client, db) -> None:
    html = client.get("/claims/?speaker=x&q=water").content.decode()
    assert 'value="water"' in html


def test_markup_in_a_search_is_text(client: Client, db) -> None:
    html = client.get("/quotes/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html


def test_cursor_of_another_list_is_refused(client: Client, small_pages: None) -> None:
    for _ in range(3):
        f.QuoteFactory(accepted=True)
    cursor = parse_qs(urlsplit(link(client.get("/claims/").content.decode(), "Next")).query)["cursor"][0]
    assert client.get("/claims/", {"cursor": cursor}).status_code == 200
    assert client.get("/quotes/", {"cursor": cursor}).status_code == 400
    assert client.get("/claims/", {"cursor": cursor, "ordering": "oldest"}).status_code == 400
    assert client.get("/api/v1/claims/", {"cursor": cursor}).status_code == 400


def test_dates_filter_by_when_it_was_said(client: Client) -> None:
    early = f.QuoteFactory(accepted=True, claim__said_on=dt.date(2024, 1, 1))
    late = f.QuoteFactory(accepted=True, claim__said_on=dt.date(2025, 1, 1))
    html = client.get("/claims/?said_after=2024-06-01").content.decode()
    assert [int(pk) for pk in CLAIM_TITLE.findall(html)] == [late.claim_id] != [early.claim_id]
    assert 'name="said_after" value="2024-06-01"' in html


def test_unreleased_rows_are_in_no_list(client: Client) -> None:
    f.QuoteFactory(exact="Rivers are full.", claim__text="A secret claim.", speaker__name="Secret Speaker")
    for name in LISTS:
        assert "ecret" not in client.get(f"/{name}/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=title:rivers",
        "q=OR",
        f"q={'x ' * 200}",
        "said_after=tomorrow",
        "said_after=2025-05-02&said_before=2025-05-01",
        "speaker=Ford",
        "kind=directt",
        "ordering=new",
        "cursor=x",
        "has_verdict=maybe",
        f"speaker_name={'x' * 300}",
    ],
)
def test_errors_are_in_the_language_of_the_site_and_of_the_api_in_english(client: Client, settings, query: str) -> None:
    settings.FACTBASE_LANGUAGE = "ru"
    response = client.get(f"/claims/?{query}")
    assert response.status_code == 400
    (notice,) = re.findall(r'role="alert">(.*?)</div>', response.content.decode(), re.DOTALL)
    (message,) = re.findall(r"</span>(.*?)</li>", notice, re.DOTALL)
    assert re.search("[а-я]", message)
    assert not re.search(r"\b(must|not|has|takes|requires|of|such)\b", message)
    api = client.get(f"/api/v1/claims/?{query}")
    assert api.status_code == 400
    assert not re.search("[а-яА-Я]", api.content.decode())
