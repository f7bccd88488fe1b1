"""What the newest text of a source has where a quote was found."""

from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Substr
from rest_framework import serializers

from claims.models import Anchor, AnchorState
from claims.resources.fields import ComputedField, FilteredRelations
from claims.resources.sql.expressions import ISODateTime


def _newest_anchor(prefix: str) -> QuerySet[Anchor]:
    rows: QuerySet[Anchor] = Anchor.objects.filter(quote=OuterRef(f"{prefix}pk")).order_by("-snapshot_id")
    return rows


class CurrentStateField(ComputedField, serializers.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            AnchorState.choices,
            read_only=True,
            help_text="How the newest text of the source has these words: `exact`, where they were; `moved`, elsewhere;"
            " `ambiguous`, at several places; `orphaned`, no longer word for word.",
        )

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        state = Subquery(_newest_anchor(prefix).values("state")[:1])
        return Coalesce(state, Value(AnchorState.EXACT.value)), {}


class CurrentTextField(ComputedField, serializers.CharField):
    """As much of the newest text as the quote is of the one before: no site needs the rights to the whole for it."""

    def __init__(self) -> None:
        super().__init__(
            read_only=True,
            help_text="How the statement reads in the newest text of the source, if its words have changed. Empty if"
            " they have not, or if it is no longer there.",
        )

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        length: Any = F("passage_end") - F("passage_start")
        words = Substr("snapshot__text", F("passage_start") + 1, length)
        changed = Case(When(state=AnchorState.ORPHANED, then=words), output_field=TextField())
        newest = Subquery(_newest_anchor(prefix).values(words=changed)[:1])
        return Coalesce(newest, Value(""), output_field=TextField()), {}


class CurrentAsOfField(ComputedField, serializers.DateTimeField):
    def __init__(self) -> None:
        super().__init__(read_only=True, help_text="When the newest text of the source was read.")

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        newest = Subquery(_newest_anchor(prefix).values("snapshot__retrieved_at")[:1])
        return ISODateTime(Coalesce(newest, F(f"{prefix}snapshot__retrieved_at"))), {}
