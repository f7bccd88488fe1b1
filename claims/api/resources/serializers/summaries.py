"""What a resource says of the others it stands with: enough to show it, and where the rest is."""

from rest_framework import serializers

from claims.api.query.sql_fields import ClaimStatusField, PermalinkField, external_url_field
from claims.models import Claim, Rating, Source, Speaker, Topic


class SpeakerSummary(serializers.ModelSerializer[Speaker]):
    """Who said it."""

    url = PermalinkField("speakers")

    class Meta:
        model = Speaker
        fields = read_only_fields = ("id", "name", "kind", "wikidata_id", "url")


class SourceSummary(serializers.ModelSerializer[Source]):
    """Where it was published: `url` is the publication's own address."""

    url = external_url_field("The publication's")
    api_url = PermalinkField("sources")

    class Meta:
        model = Source
        fields = read_only_fields = (
            "id",
            "title",
            "publisher",
            "url",
            "published_on",
            "language",
            "translated_from",
            "api_url",
        )


class ClaimSummary(serializers.ModelSerializer[Claim]):
    """What it asserts."""

    status = ClaimStatusField()
    url = PermalinkField("claims")

    class Meta:
        model = Claim
        fields = read_only_fields = ("id", "text", "status", "url")


class RatingSummary(serializers.ModelSerializer[Rating]):
    """How it is rated: `value` is null for a rating that stands outside the scale."""

    class Meta:
        model = Rating
        fields = read_only_fields = ("slug", "name", "value", "worst", "best")


class TopicSummary(serializers.ModelSerializer[Topic]):
    """What it is about."""

    url = PermalinkField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("slug", "name", "url")
