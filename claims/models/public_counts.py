"""Numbers of what readers see of a speaker and of a topic, for lists that are sorted by them."""

from typing import ClassVar

from django.db import models

from claims.models.speaker import Speaker
from claims.models.topic import Topic


class SpeakerCounts(models.Model):
    """The public quotes and claims of a speaker who is, or was, public: derived, and kept by the change feed."""

    speaker = models.OneToOneField(
        Speaker, on_delete=models.CASCADE, primary_key=True, related_name="counts", db_constraint=False
    )
    quotes = models.PositiveIntegerField()
    claims = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-quotes", "-speaker"], name="speaker_most_quoted_first"),
            models.Index(fields=["-claims", "-speaker"], name="speaker_most_claims_first"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id}: {self.quotes} quotes, {self.claims} claims"


class TopicCounts(models.Model):
    """The public claims about a topic that is, or was, public: derived, and kept by the change feed."""

    topic = models.OneToOneField(
        Topic, on_delete=models.CASCADE, primary_key=True, related_name="counts", db_constraint=False
    )
    claims = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-claims", "-topic"], name="topic_most_claims_first")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.claims} claims"
