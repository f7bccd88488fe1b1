"""Serializers that are nested in several resources: more than a summary, but without what they are nested in."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.api.query.sql_fields import (
    ClaimStatusField,
    CurrentVerificationMixin,
    ListURLField,
    PermalinkField,
    RelatedRows,
    RowCountField,
    SpansField,
    external_url_field,
)
from claims.api.resources import querysets
from claims.api.resources.serializers.summaries import RatingSummary, SourceSummary, SpeakerSummary, TopicSummary
from claims.models import Claim, Evidence, Quote, Verification

WORDING_FIELDS = (
    *("kind", "act", "exact", "spans", "start", "end", "prefix", "suffix"),
    *("cue", "mention", "role", "outlet"),
)
PROVENANCE_FIELDS = (
    *("snapshot_sha256", "confidence", "extractor", "extractor_version"),
    *("accepted_at", "updated_at", "url"),
)
CLAIM_FIELDS = ("id", "text", "status", "rating", "speaker", "said_on", "topics", "verification", "appearances")


class Appearance(serializers.ModelSerializer[Quote]):
    """A quote, without its claim."""

    spans = SpansField(
        read_only=True, help_text="Offsets of its parts in the snapshot: Unicode code points, end exclusive."
    )
    speaker = SpeakerSummary(read_only=True)
    source = SourceSummary(source="snapshot.source", read_only=True)  # type: ignore[assignment]  # a field, not the option
    snapshot_sha256 = serializers.CharField(
        source="snapshot.sha256", read_only=True, help_text="SHA-256 of the snapshot's text, encoded as UTF-8."
    )
    accepted_at = serializers.DateTimeField(
        source="decided_at", read_only=True, help_text="When an editor accepted the quote and its attribution."
    )
    url = PermalinkField("quotes")

    class Meta:
        model = Quote
        fields: ClassVar[Any] = ("id", *WORDING_FIELDS, "speaker", "source", *PROVENANCE_FIELDS)
        read_only_fields: ClassVar[Any] = fields


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """Evidence for a verdict: a web page, a source in this database, or both."""

    url = external_url_field("URL of the page.")
    archive_url = external_url_field("URL of an archived copy.")
    source = SourceSummary(read_only=True, allow_null=True)  # type: ignore[assignment]  # a field, not the option

    class Meta:
        model = Evidence
        fields = read_only_fields = ("url", "archive_url", "stance", "excerpt", "note", "source")


class Verdict(serializers.ModelSerializer[Verification]):
    """A published verification, without its claim. Never its comment, author or approver."""

    related_rows: ClassVar = {"evidence": RelatedRows(querysets.evidence_of_verification)}

    evidence = EvidenceSerializer(many=True, read_only=True)
    published_at = serializers.DateTimeField(read_only=True)
    url = PermalinkField("verifications")

    class Meta:
        model = Verification
        fields: ClassVar[Any] = ("id", "explanation", "evidence", "published_at", "url")
        read_only_fields: ClassVar[Any] = fields


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
