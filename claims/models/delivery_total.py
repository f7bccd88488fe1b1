from typing import ClassVar

from django.db import models

from claims.models.base import choices_constraint
from claims.models.delivery import DeliveryState


class DeliveryTotal(models.Model):
    """Attempts of all workers that left a delivery in this state: how many, how long they took, what they found.

    Counted for metrics, which need sums that only grow and cannot count all deliveries each time.
    """

    state = models.CharField(max_length=9, choices=DeliveryState, unique=True)
    attempts = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    quotes = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [choices_constraint("delivery_total_state_is_known", "state", DeliveryState)]

    def __str__(self) -> str:
        return self.state
