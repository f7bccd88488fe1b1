"""Corrections of what was published."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from claims.models import CorrectedField, Correction, CorrectionKind, ResourceKind
from claims.resources.fields import PermalinkField, RelatedRows
from claims.resources.filters import IDS, moment_filters, updated_since_filter
from claims.resources.resource import Resource, orderings_by, same_names
from claims.resources.summaries import CorrectionSummary
from claims.search.filterset import Filter, FilterSet
from claims.search.parameter_values import ChoiceValue, ListValue

_TITLES: Mapping[str, Any] = {
    CorrectionKind.CORRECTION: gettext_lazy("Correction"),
    CorrectionKind.EDIT: gettext_lazy("Changed soon after publication"),
    CorrectionKind.RETRACTION: gettext_lazy("Retraction"),
    CorrectionKind.SUPERSESSION: gettext_lazy("Verdict superseded"),
}


def correction_title(correction: Mapping[str, Any]) -> str:
    """What kind of correction a row of the API is, for readers, in the language of the page or feed."""
    if correction["kind"] == CorrectionKind.WITHDRAWAL:
        return _("Verdict withdrawn") if correction["verification_id"] else _("Quote withdrawn")
    return str(_TITLES[correction["kind"]])


def _changes_of_correction(correction: str) -> QuerySet[CorrectedField]:
    return CorrectedField.objects.filter(correction=OuterRef(correction)).order_by("id")


class CorrectedFieldSerializer(serializers.ModelSerializer[CorrectedField]):
    """What a correction changed, before and after. A value is empty if there was none, as for a withdrawn quote."""

    quote_id = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Permanent id of the quote, if it is one of the claim."
    )

    @staticmethod
    def as_text() -> Combinable:
        """Returns `field: “before” → “after”`, with a dash for an empty value."""
        values = (_quoted(name) for name in ("before", "after"))
        before, after = values
        return Concat("field", Value(": "), before, Value(" → "), after, output_field=TextField())

    class Meta:
        model = CorrectedField
        fields = read_only_fields = ("field", "before", "after", "quote_id")
        extra_kwargs: ClassVar[Any] = {
            "field": {
                "help_text": "`wording`, `speaker` or `said_on`; `quote` or `quote_speaker` of a claim's quote;"
                " `verdict` or `explanation`."
            },
            "before": {"help_text": "Value before the correction."},
            "after": {"help_text": "Value after it."},
        }


def _quoted(column: str) -> Combinable:
    text = Concat(Value("“"), column, Value("”"), output_field=TextField())
    return Case(When(**{column: "", "then": Value("–")}), default=text, output_field=TextField())


class CorrectionSerializer(CorrectionSummary):
    """A correction of something already published: what was changed, as it stood before and after, and why."""

    related_rows: ClassVar = {"changes": RelatedRows(_changes_of_correction)}

    changes = CorrectedFieldSerializer(many=True, read_only=True, help_text="What was changed, before and after.")
    claim_id = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Permanent id of the claim. Null for a quote without a public claim."
    )
    claim_url = PermalinkField("claims", source="claim_id", allow_null=True)
    quote_id = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Permanent id of the quote that has no public claim."
    )
    quote_url = PermalinkField("quotes", source="quote_id", allow_null=True)
    verification_id = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Permanent id of the verdict that was withdrawn or superseded."
    )
    verification_url = PermalinkField("verifications", source="verification_id", allow_null=True)

    class Meta(CorrectionSummary.Meta):
        fields: ClassVar[Any] = (
            *("id", "kind", "subject", "speaker", "changes", "text", "reason", "made_at"),
            *("claim_id", "claim_url", "quote_id", "quote_url", "verification_id", "verification_url", "url"),
        )
        read_only_fields: ClassVar[Any] = fields
        extra_kwargs: ClassVar[Any] = CorrectionSummary.Meta.extra_kwargs | {
            "subject": {"help_text": "Text of the claim or quote as it stood before. Empty if unknown."},
            "speaker": {"help_text": "Name of its speaker as it stood before. Empty if unknown."},
        }


def _about_quotes(ids: list[int]) -> Q:
    changed = CorrectedField.objects.filter(quote__in=ids)
    return Q(quote__in=ids) | Q(pk__in=changed.values("correction"))


class CorrectionFilterSet(FilterSet):
    claim = Filter(IDS, "Ids of claims.", "claim__in")
    quote = Filter(IDS, "Ids of quotes that were changed or withdrawn.", _about_quotes)
    kind = Filter(
        ListValue(ChoiceValue(CorrectionKind)), "Correction, edit, retraction, withdrawal or supersession.", "kind__in"
    )
    made_after, made_before = moment_filters("Made", "made_at")
    updated_since = updated_since_filter(ResourceKind.CORRECTIONS)


CORRECTIONS = Resource(
    name="corrections",
    description="Corrections of published claims, quotes and verdicts, the most recent first.",
    serializer_class=CorrectionSerializer,
    released=Correction.objects.released,
    filterset_class=CorrectionFilterSet,
    orderings=orderings_by("made_at"),
    has_prepared_pages=True,
    also_depends_on=("claim", "quote", "quote__claim"),  # a correction is public with its claim or quote
    page_formats=("atom",),
    columns={
        "correction_id": "id",
        **same_names("kind", "text", "reason", "made_at", "claim_id", "claim_url", "url"),
        **same_names("subject", "speaker", "changes", "quote_id", "quote_url", "verification_id", "verification_url"),
    },
)
