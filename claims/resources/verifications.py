"""Verifications: the verdicts on claims."""

from typing import Any, ClassVar

from django.db.models import OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.module_loading import import_string
from rest_framework import serializers

from claims.models import (
    Correction,
    Evidence,
    EvidenceCopy,
    RemovalCause,
    ResourceKind,
    Verification,
    VerificationState,
)
from claims.resources.fields import ListURLField, PermalinkField, RelatedRows, RowCountField, external_url_field
from claims.resources.filters import (
    IDS,
    SLUGS,
    full_text_filter,
    full_text_places_filter,
    has_topic,
    moment_filters,
    updated_since_filter,
)
from claims.resources.resource import Embargo, Resource, orderings_by, same_names
from claims.resources.snapshots.page_status import PageGoneField
from claims.resources.summaries import (
    CLAIM_COLUMNS,
    MAX_NESTED_CORRECTIONS,
    NEWEST_CORRECTIONS,
    ClaimSummary,
    CorrectionSummary,
    RatingSummary,
    SourceSummary,
)
from claims.search.filterset import Filter, FilterSet
from claims.search.known_values import RatingSlugs, TopicSlugs


def _evidence_of_verification(verification: str) -> QuerySet[Evidence]:
    return Evidence.objects.filter(verification=OuterRef(verification)).order_by("id")


def _corrections_of_verification(verification: str) -> QuerySet[Correction]:
    """Those of its claim, which include those of earlier verdicts."""
    return Correction.objects.filter(claim__verifications=OuterRef(verification))


def _newest_corrections_of_verification(verification: str) -> QuerySet[Correction]:
    return _corrections_of_verification(verification).order_by("-made_at", "-id")


class EvidenceCopySerializer(serializers.ModelSerializer[EvidenceCopy]):
    """The page of a piece of evidence as it was read, with the excerpt pinned to the characters of its text.

    `exact` is the text from `start` to `end`; `start` is null if the excerpt does not stand in the text.
    """

    null_unless: ClassVar = "retrieved_at"  # a page may be gone before it is copied

    class Meta:
        model = EvidenceCopy
        fields = read_only_fields = ("retrieved_at", "sha256", "exact", "prefix", "suffix", "start", "end")
        extra_kwargs: ClassVar[Any] = {
            "retrieved_at": {"help_text": "When the page was copied."},
            "sha256": {"help_text": "SHA-256 of its text, encoded as UTF-8. Empty if it has none that can be read."},
            "exact": {"help_text": "The excerpt, in the exact characters of the text."},
            "prefix": {"help_text": "Text before the excerpt."},
            "suffix": {"help_text": "Text after the excerpt."},
            "start": {"help_text": "Start of the excerpt in the text, in Unicode code points."},
            "end": {"help_text": "End of the excerpt in the text, exclusive."},
        }


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """Evidence for a verdict: a web page, a source in this database, or both."""

    @staticmethod
    def as_text() -> Combinable:
        return Coalesce(
            NullIf("url", Value("")), PermalinkField("sources").column("source_id"), output_field=TextField()
        )

    url = external_url_field("URL of the page.")
    archive_url = external_url_field("URL of an archived copy.")
    source = SourceSummary(read_only=True, allow_null=True)  # type: ignore[assignment]  # a field, not the option
    copy = EvidenceCopySerializer(
        read_only=True, allow_null=True, help_text="This site's own copy of the page. Null if there is none."
    )
    page_gone_as_of = PageGoneField("copy", page="the page")

    class Meta:
        model = Evidence
        fields = read_only_fields = (
            *("url", "archive_url", "stance", "excerpt", "note", "source", "copy", "page_gone_as_of"),
        )


class Verdict(serializers.ModelSerializer[Verification]):
    """A published verification, without its claim. Never its comment, author or approver."""

    related_rows: ClassVar = {"evidence": RelatedRows(_evidence_of_verification)}

    evidence = EvidenceSerializer(
        many=True, read_only=True, help_text="Web pages and sources that the verdict rests on."
    )
    published_at = serializers.DateTimeField(read_only=True, help_text="When the verdict was published.")
    review_url = serializers.CharField(
        read_only=True,
        help_text="URL of the publisher's earlier fact-check that the verdict was imported from. Empty if it was passed"
        " here, by two people.",
    )
    url = PermalinkField("verifications")

    class Meta:
        model = Verification
        fields: ClassVar[Any] = ("id", "explanation", "evidence", "published_at", "review_url", "url")
        read_only_fields: ClassVar[Any] = fields
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the verdict."},
            "explanation": {"help_text": "Explanation of the rating."},
        }


class VerificationSerializer(Verdict):
    """The current verdict on a claim: its rating, explanation and evidence."""

    related_rows: ClassVar = Verdict.related_rows | {
        "corrections": RelatedRows(_newest_corrections_of_verification, limit=MAX_NESTED_CORRECTIONS)
    }
    expandable: ClassVar = {"claim": lambda: import_string("claims.resources.claims.ClaimInFull")(read_only=True)}

    rating = RatingSummary(read_only=True)
    claim = ClaimSummary(read_only=True)
    corrections = CorrectionSummary(source="claim.corrections", many=True, read_only=True, help_text=NEWEST_CORRECTIONS)
    corrections_count = RowCountField(
        _corrections_of_verification,
        source="claim.corrections",
        help_text="Number of corrections of the claim and its verdicts.",
    )
    corrections_url = ListURLField("corrections", "claim", source="claim_id")

    class Meta(Verdict.Meta):
        fields = read_only_fields = (
            *("id", "claim", "rating", "explanation", "evidence", "published_at", "review_url"),
            *("corrections", "corrections_count", "corrections_url", "url"),
        )


class VerificationFilterSet(FilterSet):
    q = full_text_filter(Verification, "the explanation, the claim and the speaker's names")
    q_in = full_text_places_filter(Verification)
    claim = Filter(IDS, "Ids of claims.", "claim__in")
    speaker = Filter(IDS, "Ids of the claims' speakers.", "claim__speaker__in")
    rating = Filter(SLUGS, "Ratings (slugs).", "rating__slug__in", known=RatingSlugs())
    topic = Filter(SLUGS, "Topics of the claim (slugs).", has_topic("claim"), known=TopicSlugs())
    published_after, published_before = moment_filters("Published", "published_at")
    updated_since = updated_since_filter(ResourceKind.VERIFICATIONS)


VERIFICATIONS = Resource(
    name="verifications",
    description="Current verdicts on claims, with explanation and evidence, the most recently published first.",
    serializer_class=VerificationSerializer,
    released=Verification.objects.released_in_index_order,
    filterset_class=VerificationFilterSet,
    orderings=orderings_by("published_at", full_text=True),
    searched_fields={"explanation": "explanation"},
    also_depends_on=("claim__speaker",),  # verdicts are found by the names
    page_formats=("jsonld", "atom"),
    columns={
        "verification_id": "id",
        **CLAIM_COLUMNS,
        "rating": "rating.name",
        "rating_value": "rating.value",
        **same_names("explanation", "evidence", "published_at", "url", "review_url"),
    },
    removal_causes=(
        (Q(state=VerificationState.SUPERSEDED), RemovalCause.SUPERSEDED),
        (Q(claim__retracted_at__isnull=False), RemovalCause.RETRACTED),
    ),
    embargo=Embargo(
        lambda: Verification.objects.filter(
            state=VerificationState.PUBLISHED, claim__released_at__isnull=False, claim__retracted_at=None
        ),
        "claim__released_at",
    ),
)
