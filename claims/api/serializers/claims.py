"""Claims, corrections and topics, as readers see them."""

from typing import Any

from rest_framework import serializers

from claims.api.serializers.fields import AddressField, ListAddressField, status_field
from claims.api.serializers.quotes import Appearance
from claims.api.serializers.summaries import RatingSummary, SpeakerSummary, TopicSummary
from claims.api.serializers.verifications import Verdict
from claims.models import Claim, Correction, Rating, Topic, Verification


class CurrentVerdict(Verdict):
    """The published verification of a claim."""

    def get_attribute(self, instance: Any) -> Verification | None:
        """The one among those that `claims.api.rows` fetched."""
        return next(iter(instance.published_verifications), None)


class CurrentRating(RatingSummary):
    """Its rating."""

    def get_attribute(self, instance: Any) -> Rating | None:
        """As above."""
        return next((verification.rating for verification in instance.published_verifications), None)


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """What is asserted, who said it where, and whether it holds up."""

    status = status_field()
    rating = CurrentRating(read_only=True, allow_null=True)
    verification = CurrentVerdict(read_only=True, allow_null=True)
    speaker = SpeakerSummary(read_only=True, allow_null=True)
    topics = TopicSummary(many=True, read_only=True)
    appearances = serializers.IntegerField(read_only=True, help_text="How many released quotes carry it.")
    quotes = Appearance(source="first_quotes", many=True, read_only=True, help_text="The first of them.")
    quotes_url = ListAddressField("quotes", "claim")
    url = AddressField("claims")

    class Meta:
        model = Claim
        fields = read_only_fields = (
            "id",
            "text",
            "status",
            "rating",
            "speaker",
            "said_on",
            "topics",
            "verification",
            "appearances",
            "quotes",
            "quotes_url",
            "released_at",
            "updated_at",
            "url",
        )


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """What was changed in something already published, and why."""

    claim_id = serializers.IntegerField(read_only=True)
    claim_url = AddressField("claims", source="claim_id")
    made_at = serializers.DateTimeField(read_only=True)
    url = AddressField("corrections")

    class Meta:
        model = Correction
        fields = read_only_fields = ("id", "kind", "text", "reason", "made_at", "claim_id", "claim_url", "url")


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A subject that claims are gathered under."""

    claims = serializers.IntegerField(source="claim_count", read_only=True, help_text="How many released claims.")
    claims_url = ListAddressField("claims", "topic", source="slug")
    url = AddressField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("id", "slug", "name", "description", "claims", "claims_url", "url")
