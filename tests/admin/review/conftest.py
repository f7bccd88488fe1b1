"""A quote to review."""

import pytest

from claims.models import Quote
from tests import factories as make
from tests.services.quotes.test_wording import TEXT, quote_of


@pytest.fixture
def quote() -> Quote:
    return quote_of(make.SnapshotFactory(text=TEXT), "Roads,")
