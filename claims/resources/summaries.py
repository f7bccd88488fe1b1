"""Summaries: how a resource is shown nested in others."""

from typing import Any, ClassVar

from django.db.models import F, OuterRef, QuerySet
from rest_framework import serializers

from claims.models import Claim, Correction, ExternalReview, Rating, Source, Speaker, Topic
from claims.resources.fields import ClaimStatusField, CurrentVerificationMixin, PermalinkField, external_url_field

# Columns that several tables have.
SPEAKER_COLUMNS = {"speaker_id": "speaker.id", "speaker": "speaker.name", "speaker_wikidata": "speaker.wikidata_id"}
VERIFIED_ON = "Date on which the verdict was published (UTC)"
CLAIM_COLUMNS = {"claim_id": "claim.id", "claim": "claim.text", "status": "claim.status"}
MAX_NESTED_CORRECTIONS = 3
MAX_NESTED_REVIEWS = 10
NEWEST_CORRECTIONS = f"The newest {MAX_NESTED_CORRECTIONS} corrections; `corrections_url` has all of them."


class SpeakerSummary(serializers.ModelSerializer[Speaker]):
    url = PermalinkField("speakers")

    class Meta:
        model = Speaker
        fields = read_only_fields = ("id", "name", "kind", "wikidata_id", "url")
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the speaker."},
            "name": {"help_text": "Name of the speaker."},
            "kind": {"help_text": "Person, organization, group or unnamed."},
            "wikidata_id": {"help_text": "Wikidata id of the speaker."},
        }


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
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the source."},
            "title": {"help_text": "Title of the source."},
            "publisher": {"help_text": "Publisher of the source."},
            "published_on": {"help_text": "Date on which the source was published."},
            "language": {"help_text": "Language of the source (BCP 47)."},
            "translated_from": {"help_text": "Language that it was translated from (BCP 47)."},
        }


class ClaimSummary(serializers.ModelSerializer[Claim]):
    null_unless: ClassVar = "released_at"  # a quote is public before its claim is

    status = ClaimStatusField()
    url = PermalinkField("claims")

    class Meta:
        model = Claim
        fields: ClassVar[Any] = ("id", "text", "status", "url")
        read_only_fields: ClassVar[Any] = fields
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the claim."},
            "text": {"help_text": "What is asserted, in one sentence."},
        }


class RatingSummary(serializers.ModelSerializer[Rating]):
    """The rating of a claim. `value` is null for a rating outside the scale."""

    class Meta:
        model = Rating
        fields = read_only_fields = ("slug", "name", "value", "worst", "best", "explanation")
        extra_kwargs: ClassVar[Any] = {
            "slug": {"help_text": "Name of the rating in URLs."},
            "name": {"help_text": "Name of the rating."},
            "value": {"help_text": "Value on the scale, if the rating is on it."},
            "worst": {"help_text": "Lowest value of the scale."},
            "best": {"help_text": "Highest value of the scale."},
            "explanation": {"help_text": "Meaning of the rating."},
        }


class CorrectionSummary(serializers.ModelSerializer[Correction]):
    """A correction, in short; its URL has what was changed, before and after."""

    made_at = serializers.DateTimeField(read_only=True, help_text="When the correction was made.")
    url = PermalinkField("corrections")

    class Meta:
        model = Correction
        fields: ClassVar[Any] = ("id", "kind", "text", "reason", "made_at", "url")
        read_only_fields: ClassVar[Any] = fields
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the correction."},
            "kind": {
                "help_text": "`correction`, `retraction` of a claim, `withdrawal` of a verdict or quote, `supersession`"
                " of a verdict, or `edit` (within 15 minutes of publication)."
            },
            "text": {"help_text": "What was corrected."},
            "reason": {"help_text": "Reason for the correction."},
        }


class TopicSummary(serializers.ModelSerializer[Topic]):
    url = PermalinkField("topics")

    class Meta:
        model = Topic
        fields = read_only_fields = ("slug", "name", "url")
        extra_kwargs: ClassVar[Any] = {
            "slug": {"help_text": "Name of the topic in URLs."},
            "name": {"help_text": "Name of the topic."},
        }


class CurrentRating(CurrentVerificationMixin, RatingSummary):
    """The rating in the published verification of a claim."""


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
