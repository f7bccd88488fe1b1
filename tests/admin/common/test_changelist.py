"""Changelists longer than a page: their rows, counts and number of queries."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_script_prefix
from django.urls import reverse

from claims.admin.common import admin_urls, changelist
from claims.admin.common.base import EditorAdmin
from claims.models import Claim, Quote, Source, Speaker, Topic, Verification
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action
from tests.admin.sample_data import create_sample_rows

pytestmark = pytest.mark.both_databases

SESSION_QUERY = re.compile(r'FROM "django_session"|FROM "auth_user" WHERE "auth_user"\."id" = ')
LISTS = [(model, of) for model, of in admin.site._registry.items() if isinstance(of, EditorAdmin)]
LARGE = [Quote, Claim, Speaker, Source, Verification]
# What filters cost beside the list itself: one that names the row it is set to asks for its name.
LIST_QUERIES = [
    (Quote, {}),
    (Quote, {"q": "ford rivers"}),
    (Quote, {"p": "1", "decision__exact": "pending"}),
    (Quote, {"publisher": "The Daily Example", "confidence": "high", "has_speaker": "yes"}),
    (Claim, {"status": "unreviewed"}),
    (Claim, {"publication": "released", "q": "rivers"}),
    (Source, {"publisher": "The Daily Example", "language": "en"}),
    (Source, {"q": "article"}),
    (Speaker, {"q": "ford", "merged": "all"}),
    (Speaker, {"o": "1"}),
    (Quote, {"speaker__id__exact": "1"}),
    (Claim, {"speaker__id__exact": "1"}),
    (Claim, {"topics__id__exact": "1", "q": "rivers"}),
    (Verification, {"claim__id__exact": "1"}),
    (Verification, {"state__exact": "draft", "q": "rivers"}),
]


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of three, counted to seven, estimated from twenty."""
    monkeypatch.setattr(EditorAdmin, "list_per_page", 3)
    monkeypatch.setattr(EditorAdmin, "list_max_show_all", 4)
    monkeypatch.setattr(changelist, "MAX_COUNTED_ROWS", 7)
    monkeypatch.setattr(changelist, "MIN_ESTIMATED_ROWS", 20)


def get_changelist(client: Client, model: Any, **query: Any) -> Any:
    """The list, as it is shown."""
    response = client.get(admin_url("changelist", model), query)
    assert response.status_code == 200
    return response.context["cl"]


def count_page_queries(client: Client, where: str, asked: dict[str, str]) -> int:
    """How many it takes beside the session's and its user's."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where, asked).status_code == 200
    return sum(not SESSION_QUERY.search(query["sql"]) for query in captured)


def test_list_takes_at_most_five_queries_for_any_number_of_rows(client: Client, editor: User) -> None:
    def costs() -> dict[str, int]:
        return {
            f"{model.__name__} {query}": count_page_queries(client, admin_url("changelist", model), query)
            for model, query in LIST_QUERIES
        }

    create_sample_rows(1, by=editor)
    one = costs()
    create_sample_rows(3, by=editor)
    assert costs() == one
    assert {page: cost for page, cost in one.items() if cost > 5} == {}


def test_every_list_takes_at_most_five_queries(client: Client, editor: User) -> None:
    create_sample_rows(1, by=editor)
    costs = {model.__name__: count_page_queries(client, admin_url("changelist", model), {}) for model, _ in LISTS}
    assert {name: cost for name, cost in costs.items() if cost > 5} == {}
    assert len(costs) > 8


def test_lists_do_not_read_hidden_text(client: Client, editor: User) -> None:
    create_sample_rows(1, by=editor)
    for model in LARGE:
        with CaptureQueriesContext(connection) as captured:
            client.get(admin_url("changelist", model))
        first = next(query["sql"] for query in captured if "fb_total" in query["sql"])
        assert " JOIN " not in first, model
        assert not any('"claims_snapshot"."text"' in query["sql"] for query in captured), model


def test_pages_are_consecutive(client: Client, short: None) -> None:
    sources = [make.SourceFactory() for _ in range(8)][::-1]
    for page, rows in [
        ("1", sources[:3]),
        ("2", sources[3:6]),
        ("3", sources[6:]),
        ("0", sources[:3]),
        ("x", sources[:3]),
    ]:
        assert get_changelist(client, Source, p=page).result_list == rows, page


@pytest.mark.parametrize("page", ["4", "5000", "9" * 18, "9" * 30], ids=["the next", "far", "very far", "no number"])
@pytest.mark.parametrize("query", [{}, {"language": "en"}, {"q": "article"}], ids=["all", "filtered", "searched"])
def test_page_after_the_last_shows_the_last(client: Client, short: None, page: str, query: dict[str, str]) -> None:
    sources = [make.SourceFactory() for _ in range(8)][::-1]
    listing = get_changelist(client, Source, p=page, **query)
    assert (listing.page_num, listing.result_list) == (3, sources[6:])


def test_every_page_of_an_empty_list_is_empty(client: Client, short: None) -> None:
    for asked in ({}, {"p": "3"}, {"q": "rivers"}, {"q": "rivers", "p": "3"}, {"language": "tlh", "p": "2"}):
        listing = get_changelist(client, Source, **asked)
        assert (listing.page_num, listing.result_list, listing.result_count) == (1, [], 0)


def test_count_of_filtered_list_is_capped(client: Client, short: None) -> None:
    for _ in range(7):
        make.SourceFactory()
    assert str(get_changelist(client, Source, language="en").result_count) == "7"
    make.SourceFactory.create_batch(6)
    listing = get_changelist(client, Source, language="en")
    assert str(listing.result_count) == "more than 7"
    page = client.get(admin_url("changelist", Source), {"language": "en"}).content.decode()
    assert "more than 7" in " ".join(page.split())
    assert str(get_changelist(client, Source, language="en", p="4").result_count) == "more than 11"
    last = get_changelist(client, Source, language="en", p="5")
    assert last.result_list == [Source.objects.earliest("pk")]
    assert str(last.result_count) == "13"
    assert str(get_changelist(client, Source).result_count) == "13"


def test_search_shows_the_newest_matches(client: Client, short: None) -> None:
    sources = [make.SourceFactory() for _ in range(12)][::-1]
    listing = get_changelist(client, Source, q="article")
    assert str(listing.result_count) == "more than 7"
    assert listing.result_list == sources[:3]
    assert get_changelist(client, Source, q="article", p="99").result_list == sources[6:8]


def test_search_term_that_is_too_long_finds_nothing(client: Client) -> None:
    make.SourceFactory()
    assert get_changelist(client, Source, q="article " * 200).result_list == []


def test_size_of_large_table_is_estimated_on_postgresql(client: Client, short: None) -> None:
    make.SourceFactory.create_batch(25)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_class SET reltuples = -1 WHERE relname = 'claims_source'")
        assert str(get_changelist(client, Source).result_count) == "25"  # no statistics yet: counted
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_class SET reltuples = 22 WHERE relname = 'claims_source'")
        assert str(get_changelist(client, Source).result_count) == "about 22"
        assert str(get_changelist(client, Source, p="9").result_count) == "25"  # the last page: seen with its own eyes
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_class SET reltuples = 1000 WHERE relname = 'claims_source'")
        assert len(get_changelist(client, Source, p="200").result_list) == 1
    assert int(get_changelist(client, Source).result_count) >= 25


def test_short_list_on_one_page(client: Client, short: None) -> None:
    for asked in ({}, {"language": "en"}, {"q": "article"}):
        Source.objects.all().delete()
        make.SourceFactory.create_batch(4)
        assert len(get_changelist(client, Source, all="", **asked).result_list) == 4
        make.SourceFactory()
        assert len(get_changelist(client, Source, all="", **asked).result_list) == 3


def test_list_action_gets_every_matching_row(client: Client, short: None) -> None:
    claims = [make.QuoteFactory(accepted=True).claim for _ in range(9)]
    data = {"select_across": "1", "q": "rivers"}
    response = client.post(
        f"{admin_url('changelist', Claim)}?q=rivers",
        {"action": "export_csv", "_selected_action": [claims[0].pk], **data},
    )
    rows = b"".join(response.streaming_content).decode().count("\r\n")
    assert rows == 1 + 9
    assert run_list_action(client, "export_csv", claims[0]).status_code == 200


def test_page_of_fifty_rows_is_small(client: Client) -> None:
    for _ in range(50):
        quote = make.QuoteFactory(accepted=True, role="Minister of Rivers", claim__text="Rivers are full. " * 20)
        make.VerificationFactory(claim=quote.claim, published=True)
    for model in LARGE:
        page = client.get(admin_url("changelist", model))
        assert len(page.context["cl"].result_list) == 50
        assert len(page.content) < 200_000, model


def autocomplete_results(client: Client, field: str, **query: str) -> list[str]:
    data = {"app_label": "claims", "model_name": "quote", "field_name": field, "term": "", **query}
    response = client.get(reverse("admin:autocomplete"), data).json()
    return [each["text"] for each in response["results"]]


def test_autocomplete_results_are_capped_and_ordered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changelist, "MAX_SUGGESTIONS", 25)
    for number in range(30):
        make.SpeakerFactory(name=f"Lena {number:02}")
    assert autocomplete_results(client, "speaker", term="lena") == [f"Lena {number:02}" for number in range(20)]
    assert autocomplete_results(client, "speaker", term="lena", page="2") == [
        f"Lena {number:02}" for number in range(20, 25)
    ]
    assert autocomplete_results(client, "speaker")[:2] == ["Lena 00", "Lena 01"]
    assert autocomplete_results(client, "speaker", term="lena 29") == ["Lena 29"]
    assert autocomplete_results(client, "speaker", term="le\0na") == []
    assert autocomplete_results(client, "speaker", term="x" * 10_000) == []


def test_filter_values_are_listed_without_reading_every_row(client: Client) -> None:
    for publisher in ("b", "a", "", "b", "c"):
        make.SourceFactory(publisher=publisher, language="en" if publisher else "")
    page = client.get(admin_url("changelist", Source)).content.decode()
    filters = page[page.index('name="publisher"') :]
    assert re.findall(r'<option value="(\w*)"', filters)[:6] == ["", "a", "b", "c", "", "en"]
    chosen = client.get(admin_url("changelist", Source), {"publisher": "b"}).content.decode()
    assert re.findall(r'<option value="(\w+)" selected', chosen) == ["b"]


def test_radio_filter_shows_its_value_and_reports_invalid_ones(client: Client) -> None:
    for asked, chosen in ({"kind__exact": "broadcast"}, ["broadcast"]), ({}, [""]), ({"kind__exact": '"><b>'}, []):
        page = client.get(admin_url("changelist", Source), asked).content.decode()
        radios = re.findall(r'<input type="radio" name="kind__exact" value="([^"]*)"[^>]*id="(\w+)"( checked)?>', page)
        assert [value for value, _, checked in radios if checked] == chosen
        assert all(f'<label for="{name}"' in page for _, name, _ in radios)
        assert ("Select a valid choice" in page) == (not chosen)
        assert "<b>" not in page


def test_urls_follow_the_script_prefix() -> None:
    for prefix in ("/", "/facts/", "/"):
        with override_script_prefix(prefix):
            assert admin_urls.cached_reverse("admin:claims_quote_changelist") == reverse(
                "admin:claims_quote_changelist"
            )
            before, after = admin_urls.change_url_parts(Source)
            assert f"{before}7{after}" == reverse("admin:claims_source_change", args=[7])


def test_every_row_links_to_its_page(client: Client, editor: User) -> None:
    create_sample_rows(2, by=editor)
    for model in (Claim, Speaker, Source, Verification):
        response = client.get(admin_url("changelist", model))
        rows = response.context["cl"].result_list
        assert len(rows) > 1
        assert all(f'<a href="{admin_url("change", row)}"' in response.content.decode() for row in rows)


def test_row_that_leaves_its_list_when_saved_is_mentioned(client: Client) -> None:
    topic = make.TopicFactory(name="Rivers")
    url = f"{admin_url('change', topic)}?{urlencode({'_changelist_filters': 'q=rivers'})}"
    form = {"name": "Big rivers", "slug": topic.slug}
    assert not any("no longer matches" in text for text in displayed_messages(client.post(url, form)))
    response = client.post(url, form | {"name": "Roads"})
    assert response.url == f"{admin_url('changelist', Topic)}?q=rivers"
    assert any(
        "It no longer matches the list below." in text and f'href="{admin_url("changelist", Topic)}"' in text
        for text in displayed_messages(response)
    )
    client.post(f"{admin_url('change', topic)}?_changelist_filters=nonsense%3D1", form)
    topic.refresh_from_db()
    assert topic.name == "Big rivers", "unknown filters do not keep it from being saved"
