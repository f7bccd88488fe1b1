"""Quotes, as readers see them."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.api.query.sql_fields import PermalinkField, SpansField, claim_in_full
from claims.api.resources.serializers.speakers import SourceSerializer, SpeakerSerializer
from claims.api.resources.serializers.summaries import ClaimSummary, SourceSummary, SpeakerSummary
from claims.models import Quote

_WORDING_FIELDS = (
    "kind",
    "act",
    "exact",
    "spans",
    "start",
    "end",
    "prefix",
    "suffix",
    "cue",
    "mention",
    "role",
    "outlet",
)
_PROVENANCE_FIELDS = (
    "snapshot_sha256",
    "confidence",
    "extractor",
    "extractor_version",
    "accepted_at",
    "updated_at",
    "url",
)


class Appearance(serializers.ModelSerializer[Quote]):
    """A quote of a claim, without the claim: what was said, by whom, where."""

    spans = SpansField(read_only=True, help_text="Offsets of its parts in the snapshot: code points, end exclusive.")
    speaker = SpeakerSummary(read_only=True)
    source = SourceSummary(source="snapshot.source", read_only=True)  # type: ignore[assignment]  # a field, not the option
    snapshot_sha256 = serializers.CharField(
        source="snapshot.sha256", read_only=True, help_text="SHA-256 of the text (UTF-8) that the offsets count in."
    )
    accepted_at = serializers.DateTimeField(
        source="decided_at", read_only=True, help_text="When an editor accepted that this person is quoted so."
    )
    url = PermalinkField("quotes")

    class Meta:
        model = Quote
        fields: ClassVar[Any] = ("id", *_WORDING_FIELDS, "speaker", "source", *_PROVENANCE_FIELDS)
        read_only_fields: ClassVar[Any] = fields


class QuoteSerializer(Appearance):
    """One attributed statement, pinned to the exact characters of the text it stands in.

    `exact` is the characters from `start` to `end` (`spans`, where parts of the text lie between), in Unicode code
    points of the text whose SHA-256 is `snapshot_sha256`.
    """

    expandable: ClassVar = {
        "speaker": lambda: SpeakerSerializer(read_only=True),
        "claim": lambda: claim_in_full(allow_null=True),
        "source": lambda: SourceSerializer(source="snapshot.source", read_only=True),
    }

    claim = ClaimSummary(read_only=True, allow_null=True, help_text="What it asserts; null where no claim was made.")

    class Meta(Appearance.Meta):
        fields = read_only_fields = ("id", *_WORDING_FIELDS, "speaker", "claim", "source", *_PROVENANCE_FIELDS)
