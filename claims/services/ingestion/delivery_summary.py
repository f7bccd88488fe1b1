"""What became of a delivery, in a line for people, and as the fields of a line for programs."""

from typing import Any
from urllib.parse import urlsplit

from django.template.defaultfilters import pluralize

from claims.models import Delivery, DeliveryState


def describe_delivery(delivery: Delivery) -> str:
    return f"{delivery.get_state_display().lower():<10} {delivery}: {_outcome(delivery)}"


def describe_attempt(delivery: Delivery, *, seconds: float) -> dict[str, Any]:
    """The fields of a log line: without the query of the address, which may hold a key or a name."""
    return {
        "delivery": delivery.pk,
        "state": delivery.state,
        "origin": delivery.origin,
        "url": _without_query(delivery.url),
        "source": delivery.source_id,
        "quotes": delivery.quote_count,
        "attempts": delivery.attempts,
        "problem": delivery.problem,
        "next_at": delivery.next_at,
        "seconds": round(seconds, 3),
    }


def _without_query(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _outcome(delivery: Delivery) -> str:
    match delivery.state:
        case DeliveryState.STORED:
            quotes = f"{delivery.quote_count} new quote{pluralize(delivery.quote_count)}"
            return f"{quotes} (source {delivery.source_id})"
        case DeliveryState.UNCHANGED | DeliveryState.DUPLICATE:
            return f"nothing added (source {delivery.source_id})"
        case DeliveryState.WORKING:
            return "another worker reads it"
        case DeliveryState.WAITING if delivery.next_at:
            why = f"{delivery.reason}; next attempt" if delivery.reason else "due"
            return f"{why} at {delivery.next_at:%Y-%m-%d %H:%M} UTC"
        case _:
            return delivery.reason
