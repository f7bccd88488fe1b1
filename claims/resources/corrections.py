from rest_framework import serializers

from claims.models import Correction
from claims.resources.fields import PermalinkField


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """A correction of something already published, with its reason."""

    claim_id = serializers.IntegerField(read_only=True)
    claim_url = PermalinkField("claims", source="claim_id")
    made_at = serializers.DateTimeField(read_only=True)
    url = PermalinkField("corrections")

    class Meta:
        model = Correction
        fields = read_only_fields = ("id", "kind", "text", "reason", "made_at", "claim_id", "claim_url", "url")
