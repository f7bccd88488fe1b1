"""A claim with its newest corrections in full and the answers to reports on it, in one statement."""

from typing import Any, ClassVar

from claims.models import ResourceKind
from claims.pages.common.answers import AnswerSerializer, answers_about
from claims.resources.claims import ClaimSerializer, newest_corrections_of_claim
from claims.resources.corrections import CorrectionSerializer
from claims.resources.fields import RelatedRows

MAX_CORRECTIONS = 20


class CorrectionOfClaim(CorrectionSerializer):
    class Meta(CorrectionSerializer.Meta):
        fields: ClassVar[Any] = ("kind", "changes", "text", "reason", "made_at", "verification_id")
        read_only_fields: ClassVar[Any] = fields


class ClaimRow(ClaimSerializer):
    related_rows: ClassVar = ClaimSerializer.related_rows | {
        "corrections": RelatedRows(newest_corrections_of_claim, limit=MAX_CORRECTIONS),
        "answers": answers_about(ResourceKind.CLAIMS),
    }

    corrections = CorrectionOfClaim(many=True, read_only=True)
    answers = AnswerSerializer(many=True, read_only=True)

    class Meta(ClaimSerializer.Meta):
        fields: ClassVar[Any] = (*ClaimSerializer.Meta.fields, "answers")
        read_only_fields: ClassVar[Any] = fields
