"""Topics of claims."""

from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet
from rest_framework import serializers

from claims.models import Claim, RemovalCause, ResourceKind, Topic
from claims.resources.fields import ListURLField, PageURLField, PermalinkField, RowCountField
from claims.resources.filters import full_text_filter, full_text_places_filter, updated_since_filter
from claims.resources.resource import Resource, orderings_by_name, same_names
from claims.resources.sql.expressions import ExecutionTime
from claims.resources.summaries import TopicSummary
from claims.search.filterset import FilterSet


def _claims_about_topic(topic: str) -> QuerySet[Claim]:
    rows: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(topics=OuterRef(topic))
    return rows


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic of claims."""

    claims = RowCountField(_claims_about_topic, help_text="Number of public claims.", kept_in="counts__claims")
    claims_url = ListURLField("claims", "topic", source="slug")
    page_url = PageURLField("topics", source="slug")
    url = PermalinkField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("id", "slug", "name", "description", "claims", "claims_url", "page_url", "url")
        extra_kwargs: ClassVar[Any] = TopicSummary.Meta.extra_kwargs | {
            "id": {"help_text": "Permanent id of the topic."},
            "description": {"help_text": "Description of the topic."},
        }


class TopicFilterSet(FilterSet):
    q = full_text_filter(Topic, "the name and the description")
    q_in = full_text_places_filter(Topic)
    updated_since = updated_since_filter(ResourceKind.TOPICS)


TOPICS = Resource(
    name="topics",
    description="Topics of public claims, by name.",
    serializer_class=TopicSerializer,
    released=Topic.objects.released,
    filterset_class=TopicFilterSet,
    orderings={**orderings_by_name(), "most_claims": ("-counts__claims", "-counts__topic_id")},
    searched_fields={"topic": "name", "description": "description"},
    columns={
        "topic_id": "id",
        **same_names("slug", "name", "description", "claims", "url"),
    },
    default_removal_cause=RemovalCause.UNUSED,
)
