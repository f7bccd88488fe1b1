from typing import Any, ClassVar

from rest_framework import serializers

from claims.models import Claim
from claims.resources import querysets
from claims.resources.fields import (
    ClaimStatusField,
    CurrentVerificationMixin,
    ListURLField,
    PermalinkField,
    RelatedRows,
    RowCountField,
)
from claims.resources.quotes import Appearance
from claims.resources.speakers import SpeakerSerializer
from claims.resources.summaries import RatingSummary, SpeakerSummary, TopicSummary
from claims.resources.verifications import Verdict

CLAIM_FIELDS = ("id", "text", "status", "rating", "speaker", "said_on", "topics", "verification", "appearances")
MAX_NESTED_QUOTES = 10


class CurrentVerdict(CurrentVerificationMixin, Verdict):
    """The published verification of a claim."""


class CurrentRating(CurrentVerificationMixin, RatingSummary):
    """The rating in the published verification of a claim."""

    relation = "__rating"


class ClaimInFull(serializers.ModelSerializer[Claim]):
    """A claim with its speaker and current verdict, without its quotes."""

    related_rows: ClassVar = {"topics": RelatedRows(querysets.topics_of_claim)}

    status = ClaimStatusField()
    rating = CurrentRating(read_only=True, allow_null=True)
    verification = CurrentVerdict(read_only=True, allow_null=True)
    speaker = SpeakerSummary(read_only=True, allow_null=True)
    topics = TopicSummary(many=True, read_only=True)
    appearances = RowCountField(querysets.quotes_of_claim, help_text="Number of public quotes of the claim.")
    quotes_url = ListURLField("quotes", "claim")
    url = PermalinkField("claims")

    class Meta:
        model = Claim
        fields: ClassVar[Any] = (*CLAIM_FIELDS, "quotes_url", "released_at", "updated_at", "url")
        read_only_fields: ClassVar[Any] = fields


class ClaimSerializer(ClaimInFull):
    """What is asserted, who said it where, and whether it holds up."""

    related_rows: ClassVar = ClaimInFull.related_rows | {
        "quotes": RelatedRows(querysets.ordered_quotes_of_claim, limit=MAX_NESTED_QUOTES)
    }
    expandable: ClassVar = {"speaker": lambda: SpeakerSerializer(read_only=True, allow_null=True)}

    quotes = Appearance(
        many=True, read_only=True, help_text=f"The first {MAX_NESTED_QUOTES} quotes; `quotes_url` has all of them."
    )

    class Meta(ClaimInFull.Meta):
        fields = read_only_fields = (*CLAIM_FIELDS, "quotes", "quotes_url", "released_at", "updated_at", "url")
