"""Corrections of what was published."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.models import Correction, CorrectionKind, ResourceKind
from claims.resources.fields import PermalinkField
from claims.resources.filters import DATE, IDS, updated_since_filter
from claims.resources.resource import Resource, orderings_by
from claims.search.filterset import Filter, FilterSet, on_or_after, on_or_before
from claims.search.parameter_values import ChoiceValue, ListValue


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """A correction of something already published, with its reason."""

    claim_id = serializers.IntegerField(read_only=True, help_text="Permanent id of the claim.")
    claim_url = PermalinkField("claims", source="claim_id")
    made_at = serializers.DateTimeField(read_only=True, help_text="When the correction was made.")
    url = PermalinkField("corrections")

    class Meta:
        model = Correction
        fields = read_only_fields = ("id", "kind", "text", "reason", "made_at", "claim_id", "claim_url", "url")
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the correction."},
            "kind": {"help_text": "Correction or retraction."},
            "text": {"help_text": "What was corrected."},
            "reason": {"help_text": "Reason for the correction."},
        }


class CorrectionFilterSet(FilterSet):
    claim = Filter(IDS, "Ids of claims.", "claim__in")
    kind = Filter(ListValue(ChoiceValue(CorrectionKind)), "Correction or retraction.", "kind__in")
    made_after = Filter(DATE, "Made on this date or later (UTC).", on_or_after("made_at"))
    made_before = Filter(DATE, "Made on this date or earlier (UTC).", on_or_before("made_at"))
    updated_since = updated_since_filter(ResourceKind.CORRECTIONS)


CORRECTIONS = Resource(
    name="corrections",
    description="Corrections of published claims and verdicts, the most recent first.",
    serializer_class=CorrectionSerializer,
    released=Correction.objects.released,
    filterset_class=CorrectionFilterSet,
    orderings=orderings_by("made_at"),
    also_depends_on=("claim",),  # a correction is public with its claim
    page_formats=("atom",),
    columns={
        "correction_id": "id",
        "kind": "kind",
        "text": "text",
        "reason": "reason",
        "made_at": "made_at",
        "claim_id": "claim_id",
        "claim_url": "claim_url",
        "url": "url",
    },
)
