"""A quote with the corrections and the answers about it, in one statement."""

from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet

from claims.models import Correction, ResourceKind
from claims.pages.common.answers import AnswerSerializer, answers_about
from claims.resources.corrections import CorrectionSerializer
from claims.resources.fields import RelatedRows
from claims.resources.quotes import QuoteSerializer
from claims.resources.sql.expressions import ExecutionTime
from claims.resources.sql.sql_serializer import field_names

MAX_CORRECTIONS = 10


def _newest_corrections(quote: str) -> QuerySet[Correction]:
    return Correction.objects.released(ExecutionTime()).about_quote(OuterRef(quote)).order_by("-made_at", "-id")


class QuoteRow(QuoteSerializer):
    related_rows: ClassVar = QuoteSerializer.related_rows | {
        "corrections": RelatedRows(_newest_corrections, limit=MAX_CORRECTIONS),
        "answers": answers_about(ResourceKind.QUOTES),
    }

    corrections = CorrectionSerializer(many=True, read_only=True)
    answers = AnswerSerializer(many=True, read_only=True)

    class Meta(QuoteSerializer.Meta):
        fields: ClassVar[Any] = (*QuoteSerializer.Meta.fields, "corrections", "answers")
        read_only_fields: ClassVar[Any] = fields


# All, and when each version of the text was read. "source" would be its summary with counts.
FIELDS = (*(name for name in field_names(QuoteRow) if name != "source"), "source.snapshots")
