"""Corrections of what was published."""

from typing import Any, ClassVar

from rest_framework import serializers

from claims.models import Correction, CorrectionKind, ResourceKind
from claims.resources.fields import PermalinkField
from claims.resources.filters import IDS, moment_filters, updated_since_filter
from claims.resources.resource import Resource, orderings_by, same_names
from claims.search.filterset import Filter, FilterSet
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
    made_after, made_before = moment_filters("Made", "made_at")
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
        **same_names("kind", "text", "reason", "made_at", "claim_id", "claim_url", "url"),
    },
)
