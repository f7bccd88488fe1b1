from rest_framework import serializers

from claims.models import Topic
from claims.resources import querysets
from claims.resources.fields import ListURLField, PermalinkField, RowCountField


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic of claims."""

    claims = RowCountField(querysets.claims_about_topic, help_text="Number of public claims.")
    claims_url = ListURLField("claims", "topic", source="slug")
    url = PermalinkField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("id", "slug", "name", "description", "claims", "claims_url", "url")
