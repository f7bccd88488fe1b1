from rest_framework import serializers

from claims.models import Rating
from claims.resources.fields import PermalinkField


class RatingSerializer(serializers.ModelSerializer[Rating]):
    """A rating of the scale. `value` is null for a rating outside the scale."""

    url = PermalinkField("ratings")

    class Meta:
        model = Rating
        fields = read_only_fields = ("id", "slug", "name", "value", "worst", "best", "explanation", "url")
