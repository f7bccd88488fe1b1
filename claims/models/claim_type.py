"""The type of a claim."""

from django.db import models


class ClaimType(models.TextChoices):
    """What kind of statement a claim is. `claims.worthiness` suggests it; only an editor sets it."""

    QUANTITY = "quantity", "Quantity"
    COMPARISON = "comparison", "Comparison"
    PREDICTION = "prediction", "Prediction"
    RULE = "rule", "Rule"
    PAST_EVENT = "past-event", "Past event"
    OPINION = "opinion", "Opinion"
