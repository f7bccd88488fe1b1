"""What the newsroom answered in public to readers' reports on a row."""

from typing import Any, ClassVar

from django.db.models import OuterRef
from rest_framework import serializers

from claims.models import ErrorReport, ResourceKind
from claims.pages.common.rows import APIRow
from claims.resources.fields import RelatedRows
from claims.resources.sql.sql_serializer import load_row, sql_serializer_for

MAX_ANSWERS = 10  # on one page, the newest first


class AnswerSerializer(serializers.ModelSerializer[ErrorReport]):
    """Nothing in it is the reader's unless the editor quoted it."""

    text = serializers.CharField(source="answer", read_only=True)
    answered_at = serializers.DateTimeField(source="decided_at", read_only=True)

    class Meta:
        model = ErrorReport
        fields: ClassVar[Any] = ("text", "answered_at")
        read_only_fields: ClassVar[Any] = fields


def answers_about(kind: ResourceKind) -> RelatedRows:
    """Returns the answers about a row of this kind, to be nested in it."""
    return RelatedRows(lambda pk: ErrorReport.objects.public_answers(kind, OuterRef(pk)), limit=MAX_ANSWERS)


def read_answers(kind: ResourceKind, pk: int) -> list[APIRow]:
    answers = ErrorReport.objects.public_answers(kind, pk)[:MAX_ANSWERS]
    return [load_row(row) for row in sql_serializer_for(AnswerSerializer).rows(answers)]
