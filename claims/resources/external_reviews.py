"""External reviews: what other publishers found when they checked a claim, shown with it and never as our verdict."""

from typing import Any, ClassVar

from django.db.models import F, OuterRef, QuerySet
from rest_framework import serializers

from claims.models import ExternalReview

MAX_NESTED_REVIEWS = 10


def external_reviews_of_claim(claim: str) -> QuerySet[ExternalReview]:
    rows: QuerySet[ExternalReview] = ExternalReview.objects.current().filter(claim=OuterRef(claim))
    return rows.order_by(F("published_on").desc(nulls_last=True), "-id")


class ExternalReviewSerializer(serializers.ModelSerializer[ExternalReview]):
    """The finding of another publisher, in that publisher's words."""

    review_url = serializers.CharField(read_only=True, help_text="URL of the publisher's fact-check.")

    class Meta:
        model = ExternalReview
        fields = read_only_fields = (
            *("publisher", "rating", "claim_text", "speaker_name", "said_on", "author", "review_url", "published_on"),
        )
        extra_kwargs: ClassVar[Any] = {
            "publisher": {"help_text": "Who checked the claim."},
            "rating": {"help_text": "The rating, in the publisher's words."},
            "claim_text": {"help_text": "The claim, as the publisher words it."},
            "speaker_name": {"help_text": "Who made the claim, as the publisher names them."},
            "said_on": {"help_text": "When the claim was made, as the publisher says."},
            "author": {"help_text": "Author of the fact-check."},
            "published_on": {"help_text": "When the fact-check was published."},
        }
