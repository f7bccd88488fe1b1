from collections.abc import Iterator

import pytest

from claims.articles.fetching import robots
from tests.articles.fetching.loopback_site import LoopbackSite, serve_site


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with serve_site() as site:
        yield site
    robots.forget_rules()
