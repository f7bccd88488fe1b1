"""What is worth checking comes first, with its reasons; the Chief changes the weights and sees what moves."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Quote
from claims.worthiness import DEFAULT_WEIGHTS, Feature
from tests.browser.review.review_screen import press_keys, wait_for_quote


def test_the_queue_in_order_of_check_worthiness(queue: Page, quotes: list[Quote]) -> None:
    for quote, features in zip(
        quotes, (Feature.OPINION, Feature.FIGURES | Feature.COMPARISON, Feature.FIGURES), strict=True
    ):
        points = DEFAULT_WEIGHTS.points_of(features)
        Quote.objects.filter(pk=quote.pk).update(worth_features=int(features), worth_points=points)
    press_keys(queue, "f")
    queue.get_by_label("Order").select_option("Worth checking first")
    queue.get_by_role("button", name="Show", exact=True).click()
    wait_for_quote(queue, quotes[1])
    expect(queue.locator(".fb-review-score")).to_have_text("Worth checking 90: figure, comparison")
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[2])
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[0])
    expect(queue.locator(".fb-review-score")).to_have_text("Worth checking 10: −\N{NO-BREAK SPACE}opinion words")


def test_new_weights_are_previewed_and_saved(login: Callable[[], Page], quotes: list[Quote]) -> None:
    page = login()
    Quote.objects.update(worth_features=int(Feature.OPINION), worth_points=DEFAULT_WEIGHTS.points_of(Feature.OPINION))
    page.goto("/admin/claims/weightset/weights/")
    page.get_by_label("Weight of opinion words").fill("3")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="3 of 3 pending quotes change band")).to_be_visible()
    expect(page.locator(".fb-weights-moved li")).to_contain_text("10 → 93")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("All quotes have their new scores.")).to_be_visible()
    expect(page.get_by_text("(in use)")).to_be_visible()
    assert set(Quote.objects.values_list("worth_points", flat=True)) == {260}
