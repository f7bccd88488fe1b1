from typing import Any, ClassVar

from django.utils.module_loading import import_string
from rest_framework import serializers

from claims.models import Quote
from claims.resources.fields import PermalinkField, SpansField
from claims.resources.sources import SourceSerializer
from claims.resources.speakers import SpeakerSerializer
from claims.resources.summaries import ClaimSummary, SourceSummary, SpeakerSummary

WORDING_FIELDS = (
    *("kind", "act", "exact", "spans", "start", "end", "prefix", "suffix"),
    *("cue", "mention", "role", "outlet"),
)
PROVENANCE_FIELDS = (
    *("snapshot_sha256", "confidence", "extractor", "extractor_version"),
    *("accepted_at", "updated_at", "url"),
)


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


class QuoteSerializer(Appearance):
    """An attributed statement, pinned to the exact characters of the text that contains it.

    `exact` is the text from `start` to `end`, or its parts in `spans`. Offsets count Unicode code points of the text
    whose SHA-256 is `snapshot_sha256`.
    """

    expandable: ClassVar = {
        "speaker": lambda: SpeakerSerializer(read_only=True),
        "claim": lambda: import_string("claims.resources.claims.ClaimInFull")(read_only=True, allow_null=True),
        "source": lambda: SourceSerializer(source="snapshot.source", read_only=True),
    }

    claim = ClaimSummary(read_only=True, allow_null=True, help_text="The claim that it makes. Null if there is none.")

    class Meta(Appearance.Meta):
        fields = read_only_fields = ("id", *WORDING_FIELDS, "speaker", "claim", "source", *PROVENANCE_FIELDS)
