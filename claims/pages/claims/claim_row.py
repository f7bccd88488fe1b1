"""A claim with its newest corrections in full and the answers to reports on it, in one statement."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from claims.models import ResourceKind, SourceRelation
from claims.pages.common.answers import AnswerSerializer, answers_about
from claims.resources.claims import ClaimSerializer, newest_corrections_of_claim
from claims.resources.corrections import CorrectionSerializer
from claims.resources.fields import RelatedRows
from claims.resources.quotes import Appearance
from claims.resources.relations import relations_of_source

MAX_CORRECTIONS = 20


class CorrectionOfClaim(CorrectionSerializer):
    class Meta(CorrectionSerializer.Meta):
        fields: ClassVar[Any] = ("kind", "changes", "text", "reason", "made_at", "verification_id")
        read_only_fields: ClassVar[Any] = fields


def _related_sources(quote: str) -> QuerySet[SourceRelation]:
    return relations_of_source(quote.removesuffix("pk") + "snapshot__source")


class AppearanceOfClaim(Appearance):
    """A quote with the ids of the sources that have a text in common with its own."""

    related_rows: ClassVar = {"related_sources": RelatedRows(_related_sources)}

    related_sources: Any = serializers.SlugRelatedField(many=True, slug_field="other_id", read_only=True)

    class Meta(Appearance.Meta):
        fields: ClassVar[Any] = (*Appearance.Meta.fields, "related_sources")
        read_only_fields: ClassVar[Any] = fields


class ClaimRow(ClaimSerializer):
    related_rows: ClassVar = ClaimSerializer.related_rows | {
        "corrections": RelatedRows(newest_corrections_of_claim, limit=MAX_CORRECTIONS),
        "answers": answers_about(ResourceKind.CLAIMS),
    }

    quotes = AppearanceOfClaim(many=True, read_only=True)
    corrections = CorrectionOfClaim(many=True, read_only=True)
    answers = AnswerSerializer(many=True, read_only=True)

    class Meta(ClaimSerializer.Meta):
        fields: ClassVar[Any] = (*ClaimSerializer.Meta.fields, "answers")
        read_only_fields: ClassVar[Any] = fields
