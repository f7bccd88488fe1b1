"""Claims, corrections and topics, as readers see them."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.api import rows
from claims.api.serializers.fields import (
    AddressField,
    CountField,
    Hanging,
    ListAddressField,
    OfCurrent,
    StatusField,
)
from claims.api.serializers.quotes import Appearance
from claims.api.serializers.speakers import SpeakerSerializer
from claims.api.serializers.summaries import RatingSummary, SpeakerSummary, TopicSummary
from claims.api.serializers.verifications import Verdict
from claims.models import Claim, Correction, Topic

FIRST_QUOTES = 10  # of a claim come with it; `quotes_url` has all
CLAIM = ("id", "text", "status", "rating", "speaker", "said_on", "topics", "verification", "appearances")


class CurrentVerdict(OfCurrent, Verdict):
    """The published verification of a claim."""


class CurrentRating(OfCurrent, RatingSummary):
    """Its rating."""

    beyond = "__rating"


class ClaimInFull(serializers.ModelSerializer[Claim]):
    """What is asserted, who said it, and whether it holds up."""

    hanging: ClassVar = {"topics": Hanging(rows.topics_of)}

    status = StatusField()
    rating = CurrentRating(read_only=True, allow_null=True)
    verification = CurrentVerdict(read_only=True, allow_null=True)
    speaker = SpeakerSummary(read_only=True, allow_null=True)
    topics = TopicSummary(many=True, read_only=True)
    appearances = CountField(rows.quotes_for, help_text="How many released quotes carry it.")
    quotes_url = ListAddressField("quotes", "claim")
    url = AddressField("claims")

    class Meta:
        model = Claim
        fields: ClassVar[Any] = (*CLAIM, "quotes_url", "released_at", "updated_at", "url")
        read_only_fields: ClassVar[Any] = fields


class ClaimSerializer(ClaimInFull):
    """What is asserted, who said it where, and whether it holds up."""

    hanging: ClassVar = ClaimInFull.hanging | {"quotes": Hanging(rows.first_quotes, most=FIRST_QUOTES)}
    expandable: ClassVar = {"speaker": lambda: SpeakerSerializer(read_only=True, allow_null=True)}

    quotes = Appearance(many=True, read_only=True, help_text=f"The first {FIRST_QUOTES} of them.")

    class Meta(ClaimInFull.Meta):
        fields = read_only_fields = (*CLAIM, "quotes", "quotes_url", "released_at", "updated_at", "url")


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

    claims = CountField(rows.claims_about, help_text="How many released claims.")
    claims_url = ListAddressField("claims", "topic", source="slug")
    url = AddressField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("id", "slug", "name", "description", "claims", "claims_url", "url")
