from typing import Any, ClassVar

from rest_framework import serializers

from claims.api.query.sql_fields import ListURLField, PermalinkField, RelatedRows, RowCountField, external_url_field
from claims.api.resources import querysets
from claims.models import Position, Snapshot, Source, Speaker


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


class SnapshotSerializer(serializers.ModelSerializer[Snapshot]):
    """A version of a source's text, identified by its SHA-256."""

    class Meta:
        model = Snapshot
        fields = read_only_fields = ("sha256", "retrieved_at", "reader", "reader_version")


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A publication, without its text: `snapshots` have the SHA-256 of each version."""

    related_rows: ClassVar = {"snapshots": RelatedRows(querysets.quoted_snapshots)}

    url = external_url_field("The publication's own URL.")
    snapshots = SnapshotSerializer(many=True, read_only=True, help_text="The versions that contain public quotes.")
    quotes = RowCountField(querysets.quotes_in_source, help_text="Number of public quotes.")
    quotes_url = ListURLField("quotes", "source")
    api_url = PermalinkField("sources")

    class Meta:
        model = Source
        fields = read_only_fields = (
            "id",
            "kind",
            "title",
            "publisher",
            "authors",
            "url",
            "published_on",
            "language",
            "translated_from",
            "translator",
            "snapshots",
            "quotes",
            "quotes_url",
            "created_at",
            "updated_at",
            "api_url",
        )
