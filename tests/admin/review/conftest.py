"""A quote to review."""

import pytest

from claims.models import Quote
from tests import factories as make
from tests.services.quotes.quoted_text import TEXT, make_quote_of


@pytest.fixture
def quote() -> Quote:
    return make_quote_of(make.SnapshotFactory(text=TEXT), "Roads,")
