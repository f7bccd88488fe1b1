"""Ratings of claims, in the order of the scale."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.models import Rating, ResourceKind
from claims.resources.fields import PermalinkField
from claims.resources.filters import updated_since_filter
from claims.resources.resource import Resource, same_names
from claims.resources.summaries import RatingSummary
from claims.search.filterset import FilterSet


class RatingSerializer(serializers.ModelSerializer[Rating]):
    """A rating of the scale. `value` is null for a rating outside the scale."""

    url = PermalinkField("ratings")

    class Meta:
        model = Rating
        fields = read_only_fields = ("id", "slug", "name", "value", "worst", "best", "explanation", "url")
        extra_kwargs: ClassVar[Any] = RatingSummary.Meta.extra_kwargs | {
            "id": {"help_text": "Permanent id of the rating."},
        }


class RatingFilterSet(FilterSet):
    updated_since = updated_since_filter(ResourceKind.RATINGS)


RATINGS = Resource(
    name="ratings",
    description="The rating scale.",
    serializer_class=RatingSerializer,
    released=Rating.objects.all,
    filterset_class=RatingFilterSet,
    orderings={"oldest": ("id", "id"), "newest": ("-id", "-id")},
    columns={
        "rating_id": "id",
        **same_names("slug", "name", "value", "worst", "best", "explanation", "url"),
    },
)
