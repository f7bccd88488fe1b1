"""The screens that pages are looked at on: wide and narrow, light and dark."""

import pytest

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
