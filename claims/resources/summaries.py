"""Summaries: how a resource is shown nested in others."""

from rest_framework import serializers

from claims.models import Claim, Rating, Source, Speaker, Topic
from claims.resources.fields import ClaimStatusField, PermalinkField, external_url_field


class SpeakerSummary(serializers.ModelSerializer[Speaker]):
    url = PermalinkField("speakers")

    class Meta:
        model = Speaker
        fields = read_only_fields = ("id", "name", "kind", "wikidata_id", "url")


class SourceSummary(serializers.ModelSerializer[Source]):
    url = external_url_field("The publication's own URL.")
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
    status = ClaimStatusField()
    url = PermalinkField("claims")

    class Meta:
        model = Claim
        fields = read_only_fields = ("id", "text", "status", "url")


class RatingSummary(serializers.ModelSerializer[Rating]):
    """The rating of a claim. `value` is null for a rating outside the scale."""

    class Meta:
        model = Rating
        fields = read_only_fields = ("slug", "name", "value", "worst", "best")


class TopicSummary(serializers.ModelSerializer[Topic]):
    url = PermalinkField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("slug", "name", "url")
