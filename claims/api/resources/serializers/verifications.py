"""Verifications and ratings, as readers see them: never a comment, an author or an approver."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.api.query.sql_fields import PermalinkField, RelatedRows, claim_in_full, external_url_field
from claims.api.resources import querysets
from claims.api.resources.serializers.summaries import ClaimSummary, RatingSummary, SourceSummary
from claims.models import Evidence, Rating, Verification


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """What a verdict rests on: a page, a source that is kept here, or both."""

    url = external_url_field("The page's")
    archive_url = external_url_field("Its archived copy's")
    source = SourceSummary(read_only=True, allow_null=True)  # type: ignore[assignment]  # a field, not the option

    class Meta:
        model = Evidence
        fields = read_only_fields = ("url", "archive_url", "stance", "excerpt", "note", "source")


class Verdict(serializers.ModelSerializer[Verification]):
    """The verification of a claim, without the claim."""

    hanging: ClassVar = {"evidence": RelatedRows(querysets.evidence_of_verification)}

    evidence = EvidenceSerializer(many=True, read_only=True)
    published_at = serializers.DateTimeField(read_only=True)
    url = PermalinkField("verifications")

    class Meta:
        model = Verification
        fields: ClassVar[Any] = ("id", "explanation", "evidence", "published_at", "url")
        read_only_fields: ClassVar[Any] = fields


class VerificationSerializer(Verdict):
    """The current verdict on a claim: its rating, why, and what it rests on."""

    expandable: ClassVar = {"claim": claim_in_full}

    rating = RatingSummary(read_only=True)
    claim = ClaimSummary(read_only=True)

    class Meta(Verdict.Meta):
        fields = read_only_fields = ("id", "claim", "rating", "explanation", "evidence", "published_at", "url")


class RatingSerializer(serializers.ModelSerializer[Rating]):
    """One step of the scale. `value` is null for a rating that stands outside the scale."""

    url = PermalinkField("ratings")

    class Meta:
        model = Rating
        fields = read_only_fields = ("id", "slug", "name", "value", "worst", "best", "explanation", "url")
