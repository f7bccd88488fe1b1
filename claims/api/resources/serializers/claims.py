"""Claims, their corrections and topics."""

from typing import ClassVar

from rest_framework import serializers

from claims.api.query.sql_fields import ListURLField, PermalinkField, RelatedRows, RowCountField
from claims.api.resources import querysets
from claims.api.resources.serializers.nested import CLAIM_FIELDS, Appearance, ClaimInFull
from claims.api.resources.serializers.speakers import SpeakerSerializer
from claims.models import Correction, Topic

MAX_NESTED_QUOTES = 10


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


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """A correction of something already published, with its reason."""

    claim_id = serializers.IntegerField(read_only=True)
    claim_url = PermalinkField("claims", source="claim_id")
    made_at = serializers.DateTimeField(read_only=True)
    url = PermalinkField("corrections")

    class Meta:
        model = Correction
        fields = read_only_fields = ("id", "kind", "text", "reason", "made_at", "claim_id", "claim_url", "url")


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic of claims."""

    claims = RowCountField(querysets.claims_about_topic, help_text="Number of public claims.")
    claims_url = ListURLField("claims", "topic", source="slug")
    url = PermalinkField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("id", "slug", "name", "description", "claims", "claims_url", "url")
