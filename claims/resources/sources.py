from typing import ClassVar

from rest_framework import serializers

from claims.models import Snapshot, Source
from claims.resources import querysets
from claims.resources.fields import ListURLField, PermalinkField, RelatedRows, RowCountField, external_url_field


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
