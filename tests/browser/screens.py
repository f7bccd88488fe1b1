"""The screens that pages are looked at on: wide and narrow, light and dark."""

import pytest
from playwright.sync_api import Page

# Every page is looked at on a wide, light screen by test_every_page_fits, or by a test of readers' pages.
on_every_screen = pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "dark"),
        pytest.param(1366, "light", marks=pytest.mark.nightly),
        pytest.param(1366, "dark", marks=pytest.mark.nightly),
        pytest.param(390, "light", marks=pytest.mark.nightly),
    ],
)

# Together they see both widths and both colour schemes.
on_two_screens = pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (390, "dark")])

# Fonts that arrive change widths, and transitions under way show colours that nobody sees for long.
STILL = """async () => {
    await document.fonts.ready;
    const ending = document.getAnimations().filter(({effect, playState}) =>
        playState === "running" && effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
}"""


def wait_until_still(page: Page) -> None:
    """Waits for fonts, and for transitions to end."""
    page.evaluate(STILL)


def page_width(page: Page) -> int:
    """How wide the page is, which is more than the screen if it scrolls sideways."""
    wait_until_still(page)
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
