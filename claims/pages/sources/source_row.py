"""The quotes of a source, as its page shows them."""

from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet
from rest_framework import serializers

from claims.models import Anchor, Snapshot
from claims.pages.common.cards import QuoteCard
from claims.resources.fields import RelatedRows


def _snapshots_without(quote: str) -> QuerySet[Snapshot]:
    """Returns the later snapshots of a quote's source in which its words were not found, or not for certain."""
    missing = Anchor.objects.missing().filter(quote=OuterRef(OuterRef(quote)))
    return Snapshot.objects.filter(pk__in=missing.order_by().values("snapshot")).order_by("id")


class QuoteInSource(QuoteCard):
    related_rows: ClassVar = {"missing_from": RelatedRows(_snapshots_without)}

    missing_from: Any = serializers.SlugRelatedField(many=True, slug_field="sha256", read_only=True)

    class Meta(QuoteCard.Meta):
        fields: ClassVar[Any] = (
            *QuoteCard.Meta.fields,
            *("spans", "start", "end", "snapshot_sha256", "missing_from"),
            *("exact", "accepted_at", "current_state", "current_text", "current_as_of"),
        )
        read_only_fields: ClassVar[Any] = fields
