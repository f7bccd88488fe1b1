"""A claim with its newest corrections in full and the answers to reports on it, in one statement."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from claims.models import Quote, Repeat, ResourceKind, SourceRelation
from claims.pages.common.answers import AnswerSerializer, answers_about
from claims.resources.claims import ClaimSerializer, newest_corrections_of_claim
from claims.resources.corrections import CorrectionSerializer
from claims.resources.counts.repeats import repeats_of_claim
from claims.resources.fields import RelatedRows
from claims.resources.quotes import Appearance
from claims.resources.relations import relations_of_source
from claims.resources.summaries import SourceSummary, SpeakerSummary

MAX_CORRECTIONS = 20
MAX_REPEATS = 5


class CorrectionOfClaim(CorrectionSerializer):
    class Meta(CorrectionSerializer.Meta):
        fields: ClassVar[Any] = ("kind", "changes", "text", "reason", "made_at", "verification_id")
        read_only_fields: ClassVar[Any] = fields


def _related_sources(quote: str) -> QuerySet[SourceRelation]:
    return relations_of_source(quote.removesuffix("pk") + "snapshot__source")


class AppearanceOfClaim(Appearance):
    """A quote with the ids of the sources that have a text in common with its own."""

    related_rows: ClassVar = Appearance.related_rows | {"related_sources": RelatedRows(_related_sources)}

    related_sources: Any = serializers.SlugRelatedField(many=True, slug_field="other_id", read_only=True)

    class Meta(Appearance.Meta):
        fields: ClassVar[Any] = (*Appearance.Meta.fields, "related_sources")
        read_only_fields: ClassVar[Any] = fields


class RepeatingQuote(serializers.ModelSerializer[Quote]):
    speaker = SpeakerSummary(read_only=True)
    source = SourceSummary(source="snapshot.source", read_only=True)  # type: ignore[assignment]  # a field, not the option

    class Meta:
        model = Quote
        fields: ClassVar[Any] = ("id", "text", "kind", "speaker", "source")
        read_only_fields: ClassVar[Any] = fields


class RepeatOfClaim(serializers.ModelSerializer[Repeat]):
    """A quote that says the claim again after its verdict, and when."""

    quote = RepeatingQuote(read_only=True)

    class Meta:
        model = Repeat
        fields: ClassVar[Any] = ("said_on", "quote")
        read_only_fields: ClassVar[Any] = fields


def _newest_repeats(claim: str) -> QuerySet[Repeat]:
    return repeats_of_claim(claim).order_by("-said_on", "-quote")


class ClaimRow(ClaimSerializer):
    related_rows: ClassVar = ClaimSerializer.related_rows | {
        "corrections": RelatedRows(newest_corrections_of_claim, limit=MAX_CORRECTIONS),
        "newest_repeats": RelatedRows(_newest_repeats, limit=MAX_REPEATS),
        "answers": answers_about(ResourceKind.CLAIMS),
    }

    quotes = AppearanceOfClaim(many=True, read_only=True)
    newest_repeats = RepeatOfClaim(source="repeats", many=True, read_only=True)
    corrections = CorrectionOfClaim(many=True, read_only=True)
    answers = AnswerSerializer(many=True, read_only=True)

    class Meta(ClaimSerializer.Meta):
        fields: ClassVar[Any] = (*ClaimSerializer.Meta.fields, "newest_repeats", "answers")
        read_only_fields: ClassVar[Any] = fields
