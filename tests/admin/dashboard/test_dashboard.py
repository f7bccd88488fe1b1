"""The start page: what waits for whom, and figures that say what the list behind them lists."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.admin.dashboard import metrics
from claims.models import Quote, Verification
from claims.services.people import comments
from claims.services.quotes import review_lock
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import client_with_permissions
from tests.admin.sample_data import create_sample_rows

DASHBOARD_URL = "/admin/"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Nothing that another test counted is remembered."""
    cache.clear()
    yield
    cache.clear()


def get_dashboard(client: Client) -> dict[str, Any]:
    return client.get(DASHBOARD_URL).context["start"]


def create_decisions(accepted: int, rejected: int, *, days: int = 0, **given: Any) -> None:
    at = timezone.now() - timedelta(days=days)
    for number in range(accepted + rejected):
        decision = {"accepted": True} if number < accepted else {"rejected": True}
        make.QuoteFactory(**decision, decided_at=at, **given)


def count_listed(client: Client, link: str) -> int:
    answer = client.get(link)
    assert answer.status_code == 200, link
    return answer.context["cl"].result_count


def test_a_new_installation_says_how_to_begin(client: Client) -> None:
    page = client.get(DASHBOARD_URL).content.decode()
    assert f'No articles yet: <a href="{reverse("admin:claims_source_add")}">add one</a>' in page
    for sentence in (
        "Nothing waits for you.",
        "No quote waits for a decision.",
        "Nothing was decided in the last 30 days.",
        "No claims yet: accepting a quote makes one.",
        "Too few to say",
    ):
        assert sentence in page


def test_who_may_see_nothing_is_told_so(db: None) -> None:
    page = client_with_permissions().get(DASHBOARD_URL)
    assert "ask who keeps the accounts" in page.content.decode()
    assert set(page.context["start"]) == {"may_see", "may_add"}


def test_who_may_see_quotes_only_sees_nothing_else(editor: User) -> None:
    create_sample_rows(1, by=editor)
    found = get_dashboard(client_with_permissions("view_quote"))
    assert {"queue", "days", "precision"} <= set(found)
    assert not {"claims"} & set(found)
    assert found["waiting"] == []


def test_what_waits_for_me(client: Client, editor: User) -> None:
    mine, back = verifications.make_draft(), verifications.make_draft()
    Verification.objects.filter(pk__in=[mine.pk, back.pk]).update(author=editor)
    Verification.objects.filter(pk=back.pk).update(comment="Another gauge, please.")
    theirs, own = verifications.make_submitted(), verifications.make_submitted()
    Verification.objects.filter(pk=own.pk).update(author=editor)
    called = comments.add_comment(on=theirs.claim, text="@editor look", author=make.UserFactory()).comment
    waiting = {kind["title"]: kind for kind in get_dashboard(client)["waiting"]}
    shown = {title: [row["link"] for row in kind["rows"]] for title, kind in waiting.items()}
    page = "/admin/claims/verification/{}/change/"
    assert shown == {
        "Sent back to you": [page.format(back.pk)],
        "For your approval": [page.format(theirs.pk)],
        "Your drafts": [page.format(mine.pk)],
        "Comments that mention you": [f"/admin/claims/claim/{theirs.claim_id}/change/#comment-{called.pk}"],
    }
    assert waiting["Sent back to you"]["rows"][0]["note"] == "Another gauge, please."
    for kind in waiting.values():
        assert count_listed(client, kind["link"]) == int(kind["count"]) == 1, kind["title"]


def test_everything_that_waits_is_one_list(client: Client, editor: User) -> None:
    test_what_waits_for_me(client, editor)
    called = verifications.make_published()
    comments.add_comment(on=called, text="@editor look", author=make.UserFactory())
    assert count_listed(client, "/admin/claims/verification/?waiting=me") == 4
    everything = client.get("/admin/claims/verification/?waiting=anything-else").context["cl"].result_count
    assert everything == 5


def test_what_i_may_not_approve_does_not_wait_for_me(db: None) -> None:
    verifications.make_submitted()
    client = client_with_permissions("view_verification", "change_verification")
    assert get_dashboard(client)["waiting"] == []
    assert count_listed(client, "/admin/claims/verification/?waiting=approval") == 0


def test_the_quote_that_the_others_find_taken(client: Client, editor: User) -> None:
    quote = make.QuoteFactory()
    review_lock.acquire_review_lock(quote=make.QuoteFactory(), editor=make.UserFactory())
    assert get_dashboard(client)["held"] == []
    review_lock.acquire_review_lock(quote=quote, editor=editor)
    assert [each["link"] for each in get_dashboard(client)["held"]] == [f"/admin/claims/quote/{quote.pk}/change/"]
    assert "You are looking at" in client.get(DASHBOARD_URL).content.decode()


def test_the_queue_and_its_age(client: Client) -> None:
    now = timezone.now()
    for days in (9, 1, 2, 3, 4):
        make.QuoteFactory(created_at=now - timedelta(days=days))
    create_decisions(2, 1)
    queue = get_dashboard(client)["queue"]
    assert queue["length"] == count_listed(client, queue["link"]) == 5
    assert [(now - queue[age]).days for age in ("oldest", "median")] == [9, 3]
    page = client.get(DASHBOARD_URL).content.decode()
    assert re.search(r"Longest</dt><dd>1.week, 2.days", page)
    assert re.search(r"Median</dt><dd>3.days", page)


def dashboard_links(page: str) -> dict[str, str]:
    """Of each link of the charts: the words beside it, and where it leads."""
    main = page[page.index('class="fb-cards"') :]
    return {
        unescape(link): text.strip() for link, text in re.findall(r'<a href="([^"]+)"[^>]*>([^<]*)</a>', main) if text
    }


def test_each_figure_is_what_its_list_lists(client: Client) -> None:
    create_decisions(22, 3, kind="direct", confidence=0.95)
    create_decisions(10, 15, days=3, kind="indirect", confidence=0.75)
    create_decisions(1, 1, days=29, kind="mixed", confidence=0.3)
    create_decisions(4, 4, days=30, kind="mixed", confidence=0.3)
    create_decisions(30, 0, kind="mixed", confidence=0.99, extractor="editor")
    verifications.make_published(), verifications.make_submitted()
    found, page = get_dashboard(client), client.get(DASHBOARD_URL).content.decode()
    assert (found["days"].accepted, found["days"].rejected) == (65, 19)
    assert count_listed(client, found["days_link"]) == 84
    for bar in found["days"].bars:
        assert count_listed(client, bar.link) == bar.accepted + bar.rejected, bar.day
    assert sum(bar.accepted + bar.rejected > 0 for bar in found["days"].bars) == 3
    shares = [share for _, shares in found["precision"] for share in shares]
    assert {(share.name, share.part, share.whole) for share in shares} == {
        ("direct", 24, 27),  # two of them the verdicts' claims'
        ("indirect", 10, 25),
        ("mixed", 1, 2),
        ("sure (90 % and more)", 24, 27),
        ("fairly sure (70 to 90 %)", 10, 25),
        ("unsure (below 70 %)", 1, 2),
    }
    for share in shares:
        assert (count_listed(client, share.part_link), count_listed(client, share.whole_link)) == (
            share.part,
            share.whole,
        )
        for link, said in ((share.part_link, share.part), (share.whole_link, share.whole)):
            assert dashboard_links(page)[link] == str(said)
    assert page.count("Too few to say") == 2
    for row in found["claims"]["rows"]:
        assert count_listed(client, row["link"]) == row["n"], row
    assert {row["name"]: row["n"] for row in found["claims"]["rows"] if row["n"]} == {
        "Unreviewed": count_listed(client, "/admin/claims/claim/") - 2,
        "In review": 1,
        "True": 1,
    }


def test_a_claim_that_is_rated_and_in_review_again_counts_once(client: Client) -> None:
    row = verifications.make_published()
    verifications.make_submitted(row.claim)
    verifications.make_submitted(verifications.make_submitted().claim)
    rows = get_dashboard(client)["claims"]["rows"]
    assert {row["name"]: row["n"] for row in rows if row["n"]} == {"In review": 1, "True": 1}
    for each in rows:
        assert count_listed(client, each["link"]) == each["n"], each


def test_few_decisions_say_nothing(client: Client) -> None:
    create_decisions(19, 0)
    assert not any(share.enough for _, shares in get_dashboard(client)["precision"] for share in shares)
    create_decisions(0, 1)
    direct = get_dashboard(client)["precision"][0][1][0]
    assert (direct.enough, direct.percent) == (True, 95)


def test_a_day_begins_at_midnight(client: Client) -> None:
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    make.QuoteFactory(rejected=True, decided_at=midnight)
    make.QuoteFactory(accepted=True, decided_at=midnight - timedelta(microseconds=1))
    yesterday, today = get_dashboard(client)["days"].bars[-2:]
    assert (yesterday.accepted, yesterday.rejected, today.accepted, today.rejected) == (1, 0, 0, 1)
    assert (count_listed(client, yesterday.link), count_listed(client, today.link)) == (1, 1)


def test_large_figures_are_kept_for_some_minutes_and_say_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "MAX_ROWS_COUNTED_LIVE", 2)
    make.QuoteFactory.create_batch(3)
    create_decisions(3, 0)
    before = get_dashboard(client)
    assert "Counted at" in client.get(DASHBOARD_URL).content.decode()
    make.QuoteFactory()
    assert get_dashboard(client)["queue"]["length"] == before["queue"]["length"] == 3
    cache.clear()
    assert get_dashboard(client)["queue"]["length"] == 4


def test_it_asks_as_often_whatever_there_is(client: Client, editor: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DASHBOARD_URL).status_code == 200
        return len(captured)

    create_sample_rows(1, by=editor)
    few = cost()
    create_sample_rows(4, by=editor)
    assert cost() == few <= 24


@pytest.mark.parametrize("rows", ["decisions", "queue"])
def test_the_figures_are_read_from_an_index(db: None, rows: str) -> None:
    """On few rows PostgreSQL reads the table all the same: asked is whether the index serves if it could not."""
    waiting = Quote.objects.pending().order_by("created_at").values_list("created_at", flat=True)
    asked = metrics.recently_decided_quotes().order_by().values_list("decision", "kind", "extractor", "confidence")
    wanted = {"decisions": "quote_decisions_by_day", "queue": "quote_waiting_by_age"}[rows]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            # Of few rows, which index is cheapest hangs on what tests before have left behind: asked is of this one.
            cursor.execute(
                "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'claims_quote'::regclass"
                " AND NOT indisprimary AND NOT indisunique AND indexrelid <> %s::regclass",
                [wanted],
            )
            for (rival,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX {rival}")
    plan = (asked if rows == "decisions" else waiting).explain()
    assert wanted in plan


@pytest.mark.parametrize(
    "value",
    ["", "abc", "2026-13-01", "..", "2026-01-02..2026-01-01", "9999-12-31", "0001-01-01", "2026-01-01..x", "\0"],
)
def test_days_that_are_none_list_everything_or_nothing(client: Client, value: str) -> None:
    create_decisions(1, 0)
    assert count_listed(client, f"/admin/claims/quote/?decided={value}") == (0 if value == "0001-01-01" else 1)
