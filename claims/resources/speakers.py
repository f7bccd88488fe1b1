from typing import Any, ClassVar

from rest_framework import serializers

from claims.models import Position, Speaker
from claims.resources import querysets
from claims.resources.fields import ListURLField, PermalinkField, RelatedRows, RowCountField


class PositionSerializer(serializers.ModelSerializer[Position]):
    """A position that a speaker held. Unknown dates are null."""

    class Meta:
        model = Position
        fields = read_only_fields = ("title", "organization", "held_from", "held_to")


class SpeakerSerializer(serializers.ModelSerializer[Speaker]):
    """A quoted speaker: a person, an organization, a group or an unnamed source."""

    related_rows: ClassVar = {
        "names": RelatedRows(querysets.names_of_speaker),
        "positions": RelatedRows(querysets.positions_of_speaker),
    }

    names: Any = serializers.SlugRelatedField(
        many=True, slug_field="name", read_only=True, help_text="All spellings and aliases."
    )
    positions = PositionSerializer(many=True, read_only=True)
    quotes = RowCountField(querysets.quotes_by_speaker, help_text="Number of public quotes.")
    quotes_url = ListURLField("quotes", "speaker")
    claims = RowCountField(querysets.claims_by_speaker, help_text="Number of public claims.")
    claims_url = ListURLField("claims", "speaker")
    url = PermalinkField("speakers")

    class Meta:
        model = Speaker
        fields = read_only_fields = (
            "id",
            "kind",
            "name",
            "names",
            "description",
            "wikidata_id",
            "positions",
            "quotes",
            "quotes_url",
            "claims",
            "claims_url",
            "updated_at",
            "url",
        )
