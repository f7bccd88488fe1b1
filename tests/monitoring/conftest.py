import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from claims.logs.formatters import JSONFormatter

Log = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def log() -> Iterator[Log]:
    """Returns what the process has logged, as it stands in the log of a service."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONFormatter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)
