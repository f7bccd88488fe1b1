"""Topic: a subject that claims are about."""

from typing import ClassVar, Self

from django.db import models

from claims.models.base import any_row, objects_of
from claims.models.history_cause import CausedHistory


class TopicQuerySet(models.QuerySet["Topic"]):
    def released(self) -> Self:
        """Topics of at least one released claim."""
        return self.filter(any_row(objects_of("Claim").released().filter(topics=models.OuterRef("pk"))))


class Topic(models.Model):
    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    description = models.TextField(blank=True)

    history = CausedHistory()
    objects: ClassVar = TopicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="topic_by_name")]

    def __str__(self) -> str:
        return self.name
