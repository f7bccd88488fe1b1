"""A verdict: written by one person, approved by another, each in few clicks."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Source, Verification
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import new_context, sign_in
from tests.browser.screens import on_every_screen, page_width

MAX_AUTHOR_CLICKS = 9
MAX_APPROVER_CLICKS = 2


class Mouse:
    """Counts clicks. Text is typed where the last click put the focus."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def click_and_type(self, target: Locator, text: str) -> None:
        self.click(target)
        self.page.keyboard.insert_text(text)


@pytest.mark.both_databases
@pytest.mark.journey
def test_verdict_by_two_people_in_few_clicks(
    login: Callable[[], Page], colleague: Page, live_server: LiveServer, editor: User
) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    page = login()
    page.goto("/admin/")
    author = Mouse(page)
    author.click(page.get_by_role("link", name="Unreviewed"))
    author.click(page.get_by_role("link", name=claim.text))
    author.click(page.get_by_role("link", name="Add verification"))
    expect(page.locator(".fb-in-context mark")).to_have_text("Rivers are full.")
    author.click(page.get_by_role("radiogroup", name="Rating").get_by_text("Mostly true"))
    author.click_and_type(page.get_by_label("Explanation"), "Two gauges show it.")
    author.click_and_type(page.locator("#id_evidence-0-url"), "example.org/gauges")
    author.click_and_type(page.locator("#id_evidence-0-excerpt"), "Both gauges are at the top.")
    author.click(page.get_by_role("radiogroup", name="Stance").first.get_by_text("Supports"))
    author.click(page.get_by_role("button", name="Save and submit"))
    expect(page.get_by_text("Submitted for approval.")).to_be_visible()
    expect(page.get_by_text("another editor has to approve it", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    verification = Verification.objects.get()
    refusal_page = page.evaluate(
        """async (address) => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const body = new URLSearchParams({csrfmiddlewaretoken: token});
            return (await (await fetch(address, {method: "POST", body})).text());
        }""",
        f"/admin/claims/verification/{verification.pk}/step/publish/",
    )
    assert "A verification must be approved by someone who did not work on it." in refusal_page
    assert Verification.objects.get().state == "submitted"
    assert author.clicks <= MAX_AUTHOR_CLICKS

    colleague.goto(f"{live_server.url}/admin/")
    approver = Mouse(colleague)
    approver.click(colleague.get_by_role("link", name=claim.text).first)
    preview = colleague.get_by_role("region", name="Preview: what readers will see")
    for shown in (
        claim.text,
        "Mostly true",
        "Accurate in substance",
        "Two gauges show it.",
        "Both gauges are at the top.",
    ):
        expect(preview).to_contain_text(shown)
    approver.click(colleague.get_by_role("button", name="Approve and publish"))
    expect(colleague.get_by_text("Verdict approved and published.")).to_be_visible()
    assert approver.clicks <= MAX_APPROVER_CLICKS
    assert page.request.get(f"/api/v1/claims/{claim.pk}/").json()["status"] == "mostly-true"


def test_source_of_the_claim_is_offered_before_typing(login: Callable[[], Page]) -> None:
    quote = make.QuoteFactory(accepted=True)
    make.SourceFactory(title="Another article")
    page = login()
    page.goto(f"/admin/claims/verification/add/?claim={quote.claim_id}")
    page.locator(".field-source .select2-selection").first.click()
    options = page.locator(".select2-results__option[role=option]")
    expect(options).to_have_text([str(quote.snapshot.source)])
    page.locator(".select2-search__field").last.fill("Another")
    expect(options).to_have_text([str(Source.objects.get(title="Another article"))])


@on_every_screen
def test_incomplete_verdict_stays_on_its_page(login: Callable[[], Page], width: int, scheme: str) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/admin/claims/verification/add/?claim={claim.pk}")
    assert accessibility_violations(page) == []
    page.get_by_label("Explanation").fill("Two gauges show it.")
    page.get_by_role("button", name="Save and submit").click()
    for problem in ("Choose a rating before submitting.", "Add evidence before submitting."):
        expect(page.get_by_text(problem)).to_be_visible()
    expect(page.get_by_label("Explanation")).to_have_value("Two gauges show it.")
    assert not Verification.objects.exists()
    assert page_width(page) <= width
    page.get_by_text("Mostly true").click()
    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_role("region", name="Preview: what readers will see")).to_contain_text("No evidence yet.")
    assert page_width(page) <= width
    assert accessibility_violations(page) == []


def test_verdict_without_javascript(browser: Browser, live_server: LiveServer, editor: User) -> None:
    quote = make.QuoteFactory(accepted=True)
    context = new_context(browser, base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    page.goto(f"/admin/claims/verification/add/?claim={quote.claim_id}")
    page.get_by_text("Mostly true").click()
    page.get_by_label("Explanation").fill("Two gauges show it.")
    page.locator("#id_evidence-0-source").select_option(str(quote.snapshot.source_id))
    page.get_by_text("Supports").first.click()
    page.get_by_role("button", name="Save and submit").click()
    expect(page.get_by_text("Submitted for approval.")).to_be_visible()
    context.close()
    assert Verification.objects.get().evidence.get().source == quote.snapshot.source
