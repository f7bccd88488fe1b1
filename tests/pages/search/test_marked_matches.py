"""Words that a page was searched for are marked where they stand, and nothing in a text becomes HTML."""

import re

import pytest
from django.template import Context, Template
from django.test import Client

from claims.models import Claim
from claims.search.full_text_query import FullTextQuery, parse_full_text_query
from tests import factories as f

pytestmark = pytest.mark.both_databases

MARKED = re.compile("<mark>(.*?)</mark>")


def render(text: str, query: FullTextQuery | None, place: str = "claim") -> str:
    template = Template("{% load pages %}{% marked text place %}")
    return template.render(Context({"text": text, "place": place, "search_query": query}))


@pytest.mark.parametrize(
    ("query", "text", "html"),
    [
        ("tax", "Taxes & tax", "<mark>Taxes</mark> &amp; <mark>tax</mark>"),
        ("tax", "no match <b>", "no match &lt;b&gt;"),
        ("b", "<b>", "&lt;<mark>b</mark>&gt;"),
        ("script", "<script>alert('&amp;')</script>", None),
        ("mark", "</mark><img src=x onerror=alert(1)>", None),
        ("amp lt", "& < amp", "&amp; &lt; <mark>amp</mark>"),
        ('"a b"', 'a"<i>"b', "a&quot;&lt;i&gt;&quot;b"),
        ('"a b"', 'a"<">"b', "<mark>a&quot;&lt;&quot;&gt;&quot;b</mark>"),
        ("tax", "", ""),
    ],
)
def test_all_but_marks_is_escaped(query: str, text: str, html: str | None) -> None:
    rendered = render(text, parse_full_text_query(query))
    assert html is None or rendered == html
    assert not re.search("<(?!/?mark>)|&(?!amp;|lt;|gt;|quot;|#x27;)", rendered)


def test_without_a_search_or_elsewhere_nothing_is_marked() -> None:
    assert render("<tax>", None) == "&lt;tax&gt;"
    assert render("<tax>", FullTextQuery(parse_full_text_query("tax").required, places=("quote",))) == "&lt;tax&gt;"


@pytest.fixture
def river_quote(db):
    quote = f.QuoteFactory(
        accepted=True,
        end=40,
        speaker__name="River <b>Ford",
        snapshot__text='Lena Ford said: "Rivers are <b>full</b>."',
        snapshot__source__title="The river",
        snapshot__source__publisher="River Post",
    )
    Claim.objects.filter(pk=quote.claim_id).update(text="A <river> fills.")
    return quote


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/quotes/?q=river", {"Rivers", "River", "river"}),
        ("/quotes/?q=river&q_in=quote", {"Rivers"}),
        ("/quotes/?q=river&q_in=claim", {"river"}),
        ("/quotes/?q=river&q_in=source", {"river"}),
        ("/claims/?q=rivers", {"river", "River"}),
        ("/claims/?q=rivers&q_in=claim", {"river"}),
        ("/speakers/?q=river", {"River"}),
        ("/sources/?q=rivers", {"river", "River"}),
        ("/sources/?q=rivers&q_in=publisher", {"River"}),
        ("/search/?q=rivers", {"Rivers", "River", "river"}),
        ("/quotes/", set()),
        ("/claims/", set()),
    ],
)
def test_lists_mark_what_was_searched_for(client: Client, river_quote, url: str, expected: set[str]) -> None:
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert set(MARKED.findall(html)) == expected
    assert "<b>" not in html
    assert "<river>" not in html


def test_other_pages_have_no_marks(client: Client, river_quote) -> None:
    for path in ("/", f"/claims/{river_quote.claim_id}/?q=river", f"/speakers/{river_quote.speaker_id}/?q=river"):
        assert not MARKED.findall(client.get(path, follow=True).content.decode())


def test_place_of_the_search_is_shown_and_removed(client: Client, river_quote) -> None:
    html = client.get("/quotes/?q=river&q_in=quote").content.decode()
    assert re.search(r"Search in:?\s*(<[^>]*>\s*)*Quote", html)
    assert client.get("/quotes/?q=&q_in=quote").status_code == 200, "a search that was emptied"
