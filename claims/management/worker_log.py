"""What a worker says: lines for people on a terminal, JSON for programs elsewhere."""

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

import orjson

from claims.services.ingestion.delivery_summary import describe_delivery

if TYPE_CHECKING:
    from claims.models import Delivery


class TerminalFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        delivery: Delivery | None = getattr(record, "delivery", None)
        return describe_delivery(delivery) if delivery else super().format(record)


class JSONFormatter(logging.Formatter):
    """A line of JSON for each record; `event` is `delivery` for what became of one, else `message`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "pid": record.process,
            "level": record.levelname.lower(),
        }
        if delivery := getattr(record, "delivery", None):
            line |= {
                "event": "delivery",
                "delivery": delivery.pk,
                "state": delivery.state,
                "origin": delivery.origin,
                "url": delivery.url,
                "source": delivery.source_id,
                "quotes": delivery.quote_count,
                "attempts": delivery.attempts,
                "problem": delivery.problem,
                "reason": delivery.reason,
                "next_at": delivery.next_at,
                "seconds": round(getattr(record, "seconds", 0), 3),
            }
        else:
            line |= {"event": "message", "message": super().format(record)}
        return orjson.dumps(line).decode()


def log_to(stream: TextIO) -> None:
    """Sends what workers say to this stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TerminalFormatter() if stream.isatty() else JSONFormatter())
    logger = logging.getLogger("claims.deliveries")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers = [handler]
