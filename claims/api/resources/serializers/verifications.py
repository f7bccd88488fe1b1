from typing import ClassVar

from rest_framework import serializers

from claims.api.query.sql_fields import PermalinkField
from claims.api.resources.serializers.nested import ClaimInFull, Verdict
from claims.api.resources.serializers.summaries import ClaimSummary, RatingSummary
from claims.models import Rating


class VerificationSerializer(Verdict):
    """The current verdict on a claim: its rating, explanation and evidence."""

    expandable: ClassVar = {"claim": lambda: ClaimInFull(read_only=True)}

    rating = RatingSummary(read_only=True)
    claim = ClaimSummary(read_only=True)

    class Meta(Verdict.Meta):
        fields = read_only_fields = ("id", "claim", "rating", "explanation", "evidence", "published_at", "url")


class RatingSerializer(serializers.ModelSerializer[Rating]):
    """A rating of the scale. `value` is null for a rating outside the scale."""

    url = PermalinkField("ratings")

    class Meta:
        model = Rating
        fields = read_only_fields = ("id", "slug", "name", "value", "worst", "best", "explanation", "url")
