"""Topic: what claims are about."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics, by what readers may see of them."""

    def released(self) -> "TopicQuerySet":
        """Topics of at least one released claim."""
        from claims.models.claim import Claim  # noqa: PLC0415  # Claim's module imports this one

        return self.filter(models.Exists(Claim.objects.released().filter(topics=models.OuterRef("pk"))))


class Topic(models.Model):
    """A subject that claims are gathered under."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    description = models.TextField(blank=True)

    history = HistoricalRecords()
    objects: ClassVar = TopicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="topic_by_name")]

    def __str__(self) -> str:
        return self.name
