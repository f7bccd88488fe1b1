"""A quote with copies in other articles: decided with them, except those that are left out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Quote
from claims.services.ingestion.ingest import ingest
from tests.browser.accessibility import accessibility_violations
from tests.browser.review.review_screen import REVIEW_URL, press_keys, read_decisions
from tests.forms_of_a_story import TWELVE_FORMS
from tests.sample_articles import make_article


@pytest.fixture
def story(transactional_db: None) -> list[Quote]:
    for form in ("original", "marks", "order", "print"):
        ingest(article=make_article(TWELVE_FORMS[form], url=f"https://{form}.example/1", publisher=form, title=form))
    return list(Quote.objects.filter(text__contains="waited long enough").order_by("pk"))


@pytest.mark.parametrize(("keys", "decision"), [("a", "accepted"), ("r1", "rejected")])
def test_one_copy_is_left_out_by_keyboard(
    login: Callable[[], Page], story: list[Quote], keys: str, decision: str
) -> None:
    page = login()
    page.goto(f"{REVIEW_URL}?quote={story[0].pk}")
    expect(page.get_by_text("Accept and Reject also decide 3 pending quotes in these words.")).to_be_visible()
    press_keys(page, "d")
    expect(page.get_by_label("Decide with this quote: marks")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Decide with this quote: order")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_text("Accept and Reject also decide 2 of 3 pending quotes in these words.")).to_be_visible()
    assert accessibility_violations(page) == []
    press_keys(page, *keys)
    expect(page.locator(".fb-review-done")).to_contain_text("(and 2 in copies of the article)")
    assert read_decisions(*story) == [decision, decision, "pending", decision]
    press_keys(page, "u")
    expect(page.locator(".fb-review-done")).to_contain_text("Undone")
    assert read_decisions(*story) == ["pending"] * 4
