"""The dashboard: the user's tasks, and metrics that agree with the lists they link to."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.admin.dashboard import metrics
from claims.models import Anchor, Quote, Verification
from claims.services.people import comments
from claims.services.people.assignments import assign
from claims.services.quotes import review_lock
from claims.services.quotes.skips import skip_until_tomorrow
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import client_in_group, client_with_permissions
from tests.admin.sample_data import create_sample_rows

DASHBOARD_URL = "/admin/"


@pytest.fixture(autouse=True)
def clear_cached_metrics() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()


def get_dashboard(client: Client) -> dict[str, Any]:
    return client.get(DASHBOARD_URL).context["dashboard"]


def create_decisions(accepted: int, rejected: int, *, days: int = 0, **fields: Any) -> None:
    at = timezone.now() - timedelta(days=days)
    for number in range(accepted + rejected):
        decision = {"accepted": True} if number < accepted else {"rejected": True}
        make.QuoteFactory(**decision, decided_at=at, **fields)


def count_listed(client: Client, url: str) -> int:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.context["cl"].result_count


def test_new_installation_explains_how_to_begin(client: Client) -> None:
    page = client.get(DASHBOARD_URL).content.decode()
    assert f'No articles yet: <a href="{reverse("admin:claims_source_add")}">add one</a>' in page
    for sentence in (
        "Nothing to do for you now.",
        "No quotes to review.",
        "No decisions in the last 30 days.",
        "No claims yet: release the first of an accepted quote.",
        "Not enough data yet",
    ):
        assert sentence in page


def test_user_without_permissions_is_told_what_to_do(db: None) -> None:
    page = client_with_permissions().get(DASHBOARD_URL)
    assert "Ask an administrator to add you to a group." in page.content.decode()
    assert set(page.context["dashboard"]) == {"may_see", "may_add"}


def test_user_with_one_permission_sees_only_its_sections(editor: User) -> None:
    create_sample_rows(1, by=editor)
    dashboard = get_dashboard(client_with_permissions("view_quote"))
    assert {"queue", "decision_chart", "accuracy"} <= set(dashboard)
    assert not {"claims"} & set(dashboard)
    assert dashboard["tasks"] == []


def create_tasks(editor: User) -> dict[str, str]:
    """Creates one task of each kind for the editor; returns the URL of the item of each, in the order of the page."""
    quote, nameless, lost = make.QuoteFactory(), make.QuoteFactory(speaker=None), make.QuoteFactory(accepted=True)
    later = make.SnapshotFactory(source=lost.snapshot.source, text="The article was rewritten.")
    Anchor.objects.create(quote=lost, snapshot=later, state="orphaned")
    draft, sent_back = verifications.make_draft(), verifications.make_draft()
    Verification.objects.filter(pk__in=[draft.pk, sent_back.pk]).update(author=editor)
    Verification.objects.filter(pk=sent_back.pk).update(comment="Another gauge, please.")
    to_approve, own = verifications.make_submitted(), verifications.make_submitted()
    Verification.objects.filter(pk=own.pk).update(author=editor)
    [assignment] = assign(rows=[make.SourceFactory()], assignee=editor, editor=make.UserFactory(username="eva"))
    company = make.SpeakerFactory(name="The company")
    comment = comments.add_comment(on=to_approve.claim, text="@editor look", author=make.UserFactory()).comment
    page, review = "/admin/claims/verification/{}/change/", reverse("admin:claims_review")
    return {
        "Quotes to review": f"{review}?quote={quote.pk}",
        "Quotes without a speaker": f"{review}?speaker=none&quote={nameless.pk}",
        "Assigned to you": f"/admin/claims/source/{assignment.source_id}/change/",
        "Sent back to you": page.format(sent_back.pk),
        "Waiting for your approval": page.format(to_approve.pk),
        "Your drafts": page.format(draft.pk),
        "Quotes of changed sources": f"{review}?decision=all&changed=1&quote={lost.pk}",
        "Speakers named by a common noun": f"/admin/claims/speaker/{company.pk}/change/",
        "Comments that mention you": f"/admin/claims/claim/{to_approve.claim_id}/change/#comment-{comment.pk}",
    }


def displayed_tasks(client: Client) -> dict[str, list[str]]:
    """The URLs of the items of each task."""
    return {section.task.title: [item.url for item in section.items] for section in get_dashboard(client)["tasks"]}


def test_tasks_of_the_user_in_their_order(client: Client, editor: User) -> None:
    expected = create_tasks(editor)
    displayed = displayed_tasks(client)
    assert list(displayed) == list(expected)
    assert {title: urls[0] for title, urls in displayed.items()} == expected
    sections = {section.task.name: section for section in get_dashboard(client)["tasks"]}
    assert sections["sent-back"].items[0].note == "Another gauge, please."
    assert {name: section.count for name, section in sections.items() if section.count != "1"} == {"review": "2"}
    for name in ("assigned", "sent-back", "approval", "draft", "common-nouns", "mentions"):
        assert count_listed(client, sections[name].task.url) == 1, name
    for section in sections.values():
        assert client.get(section.items[0].url).status_code == 200


def test_the_button_starts_with_the_first_task(client: Client, editor: User) -> None:
    verifications.make_submitted()
    html = client.get(DASHBOARD_URL).content.decode()
    assert "Approve the verdict on: Rivers are full" in html
    quote = make.QuoteFactory()
    html = client.get(DASHBOARD_URL).content.decode()
    button = re.search(r'<a class="fb-button fb-button-primary" href="([^"]+)"[^>]*>([^<]+)</a>', html)
    assert button
    assert button.groups() == (f"{reverse('admin:claims_review')}?quote={quote.pk}", "Review: “Rivers are full.”")


@pytest.mark.parametrize(
    ("group", "titles"),
    [
        ("Reporter", ["Assigned to you", "Comments that mention you"]),
        (
            "Editor",
            [
                *("Quotes to review", "Quotes without a speaker", "Assigned to you", "Sent back to you", "Your drafts"),
                *("Quotes of changed sources", "Speakers named by a common noun", "Comments that mention you"),
            ],
        ),
        (
            "Approver",
            [
                *("Quotes to review", "Quotes without a speaker", "Assigned to you", "Sent back to you"),
                *("Waiting for your approval", "Your drafts", "Quotes of changed sources"),
                *("Speakers named by a common noun", "Comments that mention you"),
            ],
        ),
    ],
)
def test_each_role_sees_its_own_tasks(db: None, group: str, titles: list[str]) -> None:
    client = client_in_group(group, name="editor")
    member = User.objects.get(username="editor")
    create_tasks(member)
    if group == "Reporter":  # who writes no verdicts
        Verification.objects.filter(author=member).update(author=make.UserFactory())
    assert list(displayed_tasks(client)) == titles


def test_the_button_does_not_start_with_a_skipped_quote(client: Client, editor: User) -> None:
    first, second = make.QuoteFactory(), make.QuoteFactory()
    assert displayed_tasks(client)["Quotes to review"][0].endswith(f"quote={first.pk}")
    skip_until_tomorrow(quote=first, editor=editor)
    assert displayed_tasks(client)["Quotes to review"][0].endswith(f"quote={second.pk}")


def test_what_is_overdue_comes_first(client: Client, editor: User) -> None:
    today, by = timezone.now().date(), make.UserFactory(is_superuser=True)
    claims = {days: make.ClaimFactory() for days in (None, 3, -1, 1)}
    for days, claim in claims.items():
        due_on = None if days is None else today + timedelta(days=days)
        assign(rows=[claim], assignee=editor, editor=by, due_on=due_on)
    assign(rows=[make.ClaimFactory()], assignee=by, editor=editor, due_on=today - timedelta(days=9))
    (section,) = [section for section in get_dashboard(client)["tasks"] if section.task.name == "assigned"]
    assert section.count == "4"
    assert [item.url for item in section.items] == [f"/admin/claims/claim/{claims[n].pk}/change/" for n in (-1, 1, 3)]
    assert [bool(item.warning) for item in section.items] == [True, False, False]


def test_public_quotes_of_changed_sources_come_first(client: Client) -> None:
    quotes = [make.QuoteFactory(), make.QuoteFactory(accepted=True), make.QuoteFactory(rejected=True)]
    for quote in quotes:
        later = make.SnapshotFactory(source=quote.snapshot.source, text=f"Rewritten {quote.pk}.")
        Anchor.objects.create(quote=quote, snapshot=later, state="orphaned")
    (section,) = [section for section in get_dashboard(client)["tasks"] if section.task.name == "changed"]
    assert [item.url.rpartition("=")[2] for item in section.items] == [str(quotes[1].pk), str(quotes[0].pk)]
    assert [item.warning for item in section.items] == ["public", ""]


def test_all_tasks_are_in_one_list(client: Client, editor: User) -> None:
    create_tasks(editor)
    published = verifications.make_published()
    comments.add_comment(on=published, text="@editor look", author=make.UserFactory())
    assert count_listed(client, "/admin/claims/verification/?waiting=me") == 4
    unfiltered = client.get("/admin/claims/verification/?waiting=anything-else").context["cl"].result_count
    assert unfiltered == 5


def test_verifications_the_user_may_not_approve_are_no_task(db: None) -> None:
    verifications.make_submitted()
    client = client_with_permissions("view_verification", "change_verification")
    assert get_dashboard(client)["tasks"] == []
    assert count_listed(client, "/admin/claims/verification/?waiting=approval") == 0


def test_quote_locked_by_the_user(client: Client, editor: User) -> None:
    quote = make.QuoteFactory()
    review_lock.acquire_review_lock(quote=make.QuoteFactory(), editor=make.UserFactory())
    assert get_dashboard(client)["locked_quotes"] == []
    review_lock.acquire_review_lock(quote=quote, editor=editor)
    assert [row["url"] for row in get_dashboard(client)["locked_quotes"]] == [f"/admin/claims/quote/{quote.pk}/change/"]
    assert "Open quotes" in client.get(DASHBOARD_URL).content.decode()


def test_length_and_age_of_the_queue(client: Client) -> None:
    now = timezone.now()
    for days in (9, 1, 2, 3, 4):
        make.QuoteFactory(created_at=now - timedelta(days=days))
    create_decisions(2, 1)
    queue = get_dashboard(client)["queue"]
    assert queue["length"] == count_listed(client, queue["list_url"]) == 5
    assert [(now - queue[age]).days for age in ("oldest", "median")] == [9, 3]
    page = client.get(DASHBOARD_URL).content.decode()
    assert re.search(r"Oldest</dt><dd>1.week, 2.days", page)
    assert re.search(r"Median wait</dt><dd>3.days", page)


def dashboard_links(page: str) -> dict[str, str]:
    """The text of each link in the sections, by URL."""
    main = page[page.index('class="fb-dashboard-columns"') :]
    return {
        unescape(link): text.strip() for link, text in re.findall(r'<a href="([^"]+)"[^>]*>([^<]*)</a>', main) if text
    }


@pytest.mark.both_databases
def test_every_number_agrees_with_the_list_it_links_to(client: Client) -> None:
    create_decisions(22, 3, kind="direct", confidence=0.95)
    create_decisions(10, 15, days=3, kind="indirect", confidence=0.75)
    create_decisions(1, 1, days=29, kind="mixed", confidence=0.3)
    create_decisions(4, 4, days=30, kind="mixed", confidence=0.3)
    create_decisions(30, 0, kind="mixed", confidence=0.99, extractor="editor")
    verifications.make_published(), verifications.make_submitted()
    dashboard, page = get_dashboard(client), client.get(DASHBOARD_URL).content.decode()
    assert (dashboard["decision_chart"].accepted, dashboard["decision_chart"].rejected) == (65, 19)
    assert count_listed(client, dashboard["decisions_url"]) == 84
    for bar in dashboard["decision_chart"].bars:
        assert count_listed(client, bar.url) == bar.accepted + bar.rejected, bar.day
    assert sum(bar.accepted + bar.rejected > 0 for bar in dashboard["decision_chart"].bars) == 3
    shares = [share for _, shares in dashboard["accuracy"] for share in shares]
    assert {(share.name, share.part, share.whole) for share in shares} == {
        ("Direct", 24, 27),  # two of them of the verifications' claims
        ("Indirect", 10, 25),
        ("Mixed", 1, 2),
        ("High (90% or more)", 24, 27),
        ("Medium (70% to 90%)", 10, 25),
        ("Low (below 70%)", 1, 2),
    }
    for share in shares:
        assert (count_listed(client, share.part_url), count_listed(client, share.whole_url)) == (
            share.part,
            share.whole,
        )
        for url, count in ((share.part_url, share.part), (share.whole_url, share.whole)):
            assert dashboard_links(page)[url] == str(count)
    assert page.count("Not enough data yet") == 2
    for row in dashboard["claims"]["rows"]:
        assert count_listed(client, row["url"]) == row["count"], row
    assert {row["name"]: row["count"] for row in dashboard["claims"]["rows"] if row["count"]} == {
        "Unreviewed": count_listed(client, "/admin/claims/claim/") - 2,
        "In review": 1,
        "True": 1,
    }


def test_rated_claim_in_review_again_counts_once(client: Client) -> None:
    verification = verifications.make_published()
    verifications.make_submitted(verification.claim)
    verifications.make_submitted(verifications.make_submitted().claim)
    rows = get_dashboard(client)["claims"]["rows"]
    assert {row["name"]: row["count"] for row in rows if row["count"]} == {"In review": 1, "True": 1}
    for row in rows:
        assert count_listed(client, row["url"]) == row["count"], row


def test_few_decisions_are_not_enough_data(client: Client) -> None:
    create_decisions(19, 0)
    assert not any(share.has_enough_data for _, shares in get_dashboard(client)["accuracy"] for share in shares)
    create_decisions(0, 1)
    direct = get_dashboard(client)["accuracy"][0][1][0]
    assert (direct.has_enough_data, direct.percent) == (True, 95)


def test_days_start_at_midnight(client: Client) -> None:
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    make.QuoteFactory(rejected=True, decided_at=midnight)
    make.QuoteFactory(accepted=True, decided_at=midnight - timedelta(microseconds=1))
    yesterday, today = get_dashboard(client)["decision_chart"].bars[-2:]
    assert (yesterday.accepted, yesterday.rejected, today.accepted, today.rejected) == (1, 0, 0, 1)
    assert (count_listed(client, yesterday.url), count_listed(client, today.url)) == (1, 1)


def test_large_metrics_are_cached_and_shown_with_their_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "MAX_ROWS_COUNTED_LIVE", 2)
    make.QuoteFactory.create_batch(3)
    create_decisions(3, 0)
    before = get_dashboard(client)
    assert "As of" in client.get(DASHBOARD_URL).content.decode()
    make.QuoteFactory()
    assert get_dashboard(client)["queue"]["length"] == before["queue"]["length"] == 3
    caches["process"].clear()
    assert get_dashboard(client)["queue"]["length"] == 4


def test_query_count_does_not_depend_on_the_rows(client: Client, editor: User) -> None:
    def count_dashboard_queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DASHBOARD_URL).status_code == 200
        return len(captured)

    create_sample_rows(1, by=editor)
    few = count_dashboard_queries()
    create_sample_rows(4, by=editor)
    assert count_dashboard_queries() == few <= 24


@pytest.mark.both_databases
@pytest.mark.parametrize("rows", ["decisions", "queue"])
def test_metrics_are_read_from_an_index(db: None, rows: str) -> None:
    """On small tables PostgreSQL prefers a sequential scan, so it is disabled to see whether the index can be used."""
    pending = Quote.objects.pending().order_by("created_at").values_list("created_at", flat=True)
    decided = metrics.recently_decided_quotes().order_by().values_list("decision", "kind", "extractor", "confidence")
    index = {"decisions": "quote_decisions_by_day", "queue": "quote_waiting_by_age"}[rows]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            # Which index is cheapest for few rows depends on earlier tests, so all others are dropped.
            cursor.execute(
                "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'claims_quote'::regclass"
                " AND NOT indisprimary AND NOT indisunique AND indexrelid <> %s::regclass",
                [index],
            )
            for (other_index,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX {other_index}")
    plan = (decided if rows == "decisions" else pending).explain()
    assert index in plan


@pytest.mark.parametrize(
    "value",
    ["", "abc", "2026-13-01", "..", "2026-01-02..2026-01-01", "9999-12-31", "0001-01-01", "2026-01-01..x", "\0"],
)
def test_invalid_days_list_everything_or_nothing(client: Client, value: str) -> None:
    create_decisions(1, 0)
    assert count_listed(client, f"/admin/claims/quote/?decided={value}") == (0 if value == "0001-01-01" else 1)
