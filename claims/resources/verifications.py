from typing import Any, ClassVar

from django.utils.module_loading import import_string
from rest_framework import serializers

from claims.models import Evidence, Verification
from claims.resources import querysets
from claims.resources.fields import PermalinkField, RelatedRows, external_url_field
from claims.resources.summaries import ClaimSummary, RatingSummary, SourceSummary


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


class VerificationSerializer(Verdict):
    """The current verdict on a claim: its rating, explanation and evidence."""

    expandable: ClassVar = {"claim": lambda: import_string("claims.resources.claims.ClaimInFull")(read_only=True)}

    rating = RatingSummary(read_only=True)
    claim = ClaimSummary(read_only=True)

    class Meta(Verdict.Meta):
        fields = read_only_fields = ("id", "claim", "rating", "explanation", "evidence", "published_at", "url")
