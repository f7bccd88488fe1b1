from typing import ClassVar

from claims.api.resources.serializers.nested import PROVENANCE_FIELDS, WORDING_FIELDS, Appearance, ClaimInFull
from claims.api.resources.serializers.speakers import SourceSerializer, SpeakerSerializer
from claims.api.resources.serializers.summaries import ClaimSummary


class QuoteSerializer(Appearance):
    """An attributed statement, pinned to the exact characters of the text that contains it.

    `exact` is the text from `start` to `end`, or its parts in `spans`. Offsets count Unicode code points of the text
    whose SHA-256 is `snapshot_sha256`.
    """

    expandable: ClassVar = {
        "speaker": lambda: SpeakerSerializer(read_only=True),
        "claim": lambda: ClaimInFull(read_only=True, allow_null=True),
        "source": lambda: SourceSerializer(source="snapshot.source", read_only=True),
    }

    claim = ClaimSummary(read_only=True, allow_null=True, help_text="The claim that it makes. Null if there is none.")

    class Meta(Appearance.Meta):
        fields = read_only_fields = ("id", *WORDING_FIELDS, "speaker", "claim", "source", *PROVENANCE_FIELDS)
