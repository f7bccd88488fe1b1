"""What became of a delivery, in a line for people."""

from django.template.defaultfilters import pluralize

from claims.models import Delivery, DeliveryState


def describe_delivery(delivery: Delivery) -> str:
    return f"{delivery.get_state_display().lower():<10} {delivery}: {_outcome(delivery)}"


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
