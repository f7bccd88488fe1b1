"""WeightSet: the weights by which quotes are worth checking."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key


class WeightOrigin(models.TextChoices):
    EDITED = "edited", "Edited"
    FITTED = "fitted", "Fitted to decisions"
    DEFAULTS = "defaults", "Defaults"


class WeightSetQuerySet(models.QuerySet["WeightSet"]):
    def adopted(self) -> Self:
        """Those that are or were in use, the one in use first."""
        return self.filter(adopted_at__isnull=False).order_by("-adopted_at", "-id")

    def proposed(self) -> Self:
        """Fitted ones that nobody has adopted."""
        return self.filter(adopted_at=None).order_by("-id")


class WeightSet(models.Model):
    """Weights of the features that make a quote worth checking. They are never changed: the rows are the history.

    `weights` maps the names of features to log odds. `measured` says what a fit gained, and on how many decisions.
    Quotes with the id `scored_down_to` and newer have scores by these weights; null before the first, 0 after the last.
    """

    origin = models.CharField(max_length=10, choices=WeightOrigin, editable=False)
    base = models.FloatField(editable=False)
    weights = models.JSONField(editable=False)
    measured = models.JSONField(default=dict, blank=True, editable=False)
    created_by = user_foreign_key("weight_sets", null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    adopted_by = user_foreign_key("adopted_weight_sets", null=True)
    adopted_at = models.DateTimeField(null=True, blank=True, editable=False)
    scored_down_to = models.BigIntegerField(null=True, editable=False)

    objects: ClassVar = WeightSetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        default_permissions: ClassVar = ("change", "view")
        verbose_name = "check-worthiness weights"
        verbose_name_plural = "check-worthiness weights"
        constraints: ClassVar = [
            choices_constraint("weight_set_origin_is_known", "origin", WeightOrigin),
            models.CheckConstraint(
                condition=Q(adopted_by=None, adopted_at=None, origin=WeightOrigin.FITTED)
                | Q(adopted_by__isnull=False, adopted_at__isnull=False),
                name="weight_set_is_adopted_or_a_fitted_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_origin_display()} {self.created_at:%Y-%m-%d %H:%M}"
