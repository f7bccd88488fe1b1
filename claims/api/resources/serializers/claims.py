"""Claims, corrections and topics, as readers see them."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.api.query.sql_fields import (
    ClaimStatusField,
    CurrentVerificationMixin,
    ListURLField,
    PermalinkField,
    RelatedRows,
    RowCountField,
)
from claims.api.resources import querysets
from claims.api.resources.serializers.quotes import Appearance
from claims.api.resources.serializers.speakers import SpeakerSerializer
from claims.api.resources.serializers.summaries import RatingSummary, SpeakerSummary, TopicSummary
from claims.api.resources.serializers.verifications import Verdict
from claims.models import Claim, Correction, Topic

MAX_NESTED_QUOTES = 10  # of a claim come with it; `quotes_url` has all
_CLAIM_FIELDS = ("id", "text", "status", "rating", "speaker", "said_on", "topics", "verification", "appearances")


class CurrentVerdict(CurrentVerificationMixin, Verdict):
    """The published verification of a claim."""


class CurrentRating(CurrentVerificationMixin, RatingSummary):
    """Its rating."""

    beyond = "__rating"


class ClaimInFull(serializers.ModelSerializer[Claim]):
    """What is asserted, who said it, and whether it holds up."""

    hanging: ClassVar = {"topics": RelatedRows(querysets.topics_of_claim)}

    status = ClaimStatusField()
    rating = CurrentRating(read_only=True, allow_null=True)
    verification = CurrentVerdict(read_only=True, allow_null=True)
    speaker = SpeakerSummary(read_only=True, allow_null=True)
    topics = TopicSummary(many=True, read_only=True)
    appearances = RowCountField(querysets.quotes_of_claim, help_text="How many released quotes carry it.")
    quotes_url = ListURLField("quotes", "claim")
    url = PermalinkField("claims")

    class Meta:
        model = Claim
        fields: ClassVar[Any] = (*_CLAIM_FIELDS, "quotes_url", "released_at", "updated_at", "url")
        read_only_fields: ClassVar[Any] = fields


class ClaimSerializer(ClaimInFull):
    """What is asserted, who said it where, and whether it holds up."""

    hanging: ClassVar = ClaimInFull.hanging | {
        "quotes": RelatedRows(querysets.ordered_quotes_of_claim, most=MAX_NESTED_QUOTES)
    }
    expandable: ClassVar = {"speaker": lambda: SpeakerSerializer(read_only=True, allow_null=True)}

    quotes = Appearance(many=True, read_only=True, help_text=f"The first {MAX_NESTED_QUOTES} of them.")

    class Meta(ClaimInFull.Meta):
        fields = read_only_fields = (*_CLAIM_FIELDS, "quotes", "quotes_url", "released_at", "updated_at", "url")


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """What was changed in something already published, and why."""

    claim_id = serializers.IntegerField(read_only=True)
    claim_url = PermalinkField("claims", source="claim_id")
    made_at = serializers.DateTimeField(read_only=True)
    url = PermalinkField("corrections")

    class Meta:
        model = Correction
        fields = read_only_fields = ("id", "kind", "text", "reason", "made_at", "claim_id", "claim_url", "url")


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A subject that claims are gathered under."""

    claims = RowCountField(querysets.claims_about_topic, help_text="How many released claims.")
    claims_url = ListURLField("claims", "topic", source="slug")
    url = PermalinkField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("id", "slug", "name", "description", "claims", "claims_url", "url")
