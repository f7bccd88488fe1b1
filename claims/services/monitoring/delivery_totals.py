"""Counts the attempts of all workers."""

from django.db.models import F

from claims.models import Delivery, DeliveryTotal


def count_attempt(delivery: Delivery, *, seconds: float) -> None:
    """Adds an attempt that left the delivery in the state it has now."""
    total, _ = DeliveryTotal.objects.get_or_create(state=delivery.state)
    DeliveryTotal.objects.filter(pk=total.pk).update(
        attempts=F("attempts") + 1, seconds=F("seconds") + seconds, quotes=F("quotes") + delivery.quote_count
    )
