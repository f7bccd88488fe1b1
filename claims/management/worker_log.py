"""Where a worker says what it does: on its standard output, for people on a terminal, as JSON elsewhere."""

import logging
from typing import TextIO

from claims.logs.formatters import make_formatter


def log_to(stream: TextIO) -> None:
    """Sends what workers say to this stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(make_formatter(stream))
    logger = logging.getLogger("claims.deliveries")
    logger.propagate = False
    logger.handlers = [handler]
