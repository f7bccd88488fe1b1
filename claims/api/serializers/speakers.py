"""Speakers and sources, as readers see them."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.api import rows
from claims.api.serializers.fields import AddressField, CountField, Hanging, ListAddressField, web_address_field
from claims.models import Position, Snapshot, Source, Speaker


class PositionSerializer(serializers.ModelSerializer[Position]):
    """What a speaker was, where, from when to when; unknown ends are null."""

    class Meta:
        model = Position
        fields = read_only_fields = ("title", "organization", "held_from", "held_to")


class SpeakerSerializer(serializers.ModelSerializer[Speaker]):
    """Who is quoted: a person, an organization, a group or an unnamed source."""

    hanging: ClassVar = {
        "names": Hanging(rows.names_of),
        "positions": Hanging(rows.positions_of),
    }

    names: Any = serializers.SlugRelatedField(
        many=True, slug_field="name", read_only=True, help_text="Every spelling and alias."
    )
    positions = PositionSerializer(many=True, read_only=True)
    quotes = CountField(rows.quotes_of, help_text="How many released quotes.")
    quotes_url = ListAddressField("quotes", "speaker")
    claims = CountField(rows.claims_of, help_text="How many released claims.")
    claims_url = ListAddressField("claims", "speaker")
    url = AddressField("speakers")

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
    """The text of a source at one moment, by its SHA-256."""

    class Meta:
        model = Snapshot
        fields = read_only_fields = ("sha256", "retrieved_at", "reader", "reader_version")


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A publication. Its text is not given; `snapshots` tell it by its SHA-256."""

    hanging: ClassVar = {"snapshots": Hanging(rows.snapshots_of)}

    url = web_address_field("The publication's")
    snapshots = SnapshotSerializer(many=True, read_only=True, help_text="The texts that released quotes stand in.")
    quotes = CountField(rows.quotes_in, help_text="How many released quotes.")
    quotes_url = ListAddressField("quotes", "source")
    api_url = AddressField("sources")

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
