"""The screens that pages are looked at on: wide and narrow, light and dark."""

import pytest

# Together the two of every push see both widths and both colour schemes.
on_every_screen = pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1366, "light"),
        (390, "dark"),
        pytest.param(1366, "dark", marks=pytest.mark.nightly),
        pytest.param(390, "light", marks=pytest.mark.nightly),
    ],
)
