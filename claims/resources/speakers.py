"""Speakers: whom quotes are attributed to."""

from typing import Any, ClassVar

from django.db.models import Case, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat
from rest_framework import serializers

from claims.models import Claim, Position, Quote, RemovalCause, ResourceKind, Speaker, SpeakerKind, SpeakerName
from claims.resources.fields import ListURLField, PageURLField, PermalinkField, RelatedRows, RowCountField
from claims.resources.filters import (
    SPEAKER_NAME_DESCRIPTION,
    WIKIDATA_IDS,
    full_text_filter,
    full_text_places_filter,
    has_speaker_name,
    updated_since_filter,
)
from claims.resources.resource import Resource, orderings_by_name, same_names
from claims.resources.sql.expressions import DateText, ExecutionTime
from claims.resources.summaries import SpeakerSummary
from claims.search.filterset import Filter, FilterSet
from claims.search.parameter_values import ChoiceValue, ListValue
from claims.search.text_values import TextValue


def _quotes_by_speaker(speaker: str) -> QuerySet[Quote]:
    rows: QuerySet[Quote] = Quote.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(speaker))
    return rows


def _claims_by_speaker(speaker: str) -> QuerySet[Claim]:
    rows: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(speaker))
    return rows


def _names_of_speaker(speaker: str) -> QuerySet[SpeakerName]:
    return SpeakerName.objects.filter(speaker=OuterRef(speaker)).order_by("id")


def _positions_of_speaker(speaker: str) -> QuerySet[Position]:
    return Position.objects.filter(speaker=OuterRef(speaker)).order_by(F("held_from").desc(nulls_last=True), "id")


class PositionSerializer(serializers.ModelSerializer[Position]):
    """A position that a speaker held. Unknown dates are null."""

    @staticmethod
    def as_text() -> Combinable:
        """Returns `title, organization (held_from–held_to)`, without what is missing."""
        empty = Value("", output_field=TextField())
        held_from, held_to = (Coalesce(DateText(date), empty) for date in ("held_from", "held_to"))
        dates = Concat(Value(" ("), held_from, Value("–"), held_to, Value(")"), output_field=TextField())
        comma = Case(When(Q(title="") | Q(organization=""), then=Value("")), default=Value(", "))
        is_undated = When(held_from=None, held_to=None, then=Value(""))
        dates_if_any = Case(is_undated, default=dates, output_field=TextField())
        return Concat("title", comma, "organization", dates_if_any, output_field=TextField())

    class Meta:
        model = Position
        fields = read_only_fields = ("title", "organization", "held_from", "held_to")


class SpeakerSerializer(serializers.ModelSerializer[Speaker]):
    """A quoted speaker: a person, an organization, a group or an unnamed source."""

    related_rows: ClassVar = {
        "names": RelatedRows(_names_of_speaker),
        "positions": RelatedRows(_positions_of_speaker),
    }

    names: Any = serializers.SlugRelatedField(
        many=True, slug_field="name", read_only=True, help_text="All spellings and aliases."
    )
    positions = PositionSerializer(many=True, read_only=True, help_text="Positions held, with organization and dates.")
    quotes = RowCountField(_quotes_by_speaker, help_text="Number of public quotes.", kept_in="counts__quotes")
    quotes_url = ListURLField("quotes", "speaker")
    claims = RowCountField(_claims_by_speaker, help_text="Number of public claims.", kept_in="counts__claims")
    claims_url = ListURLField("claims", "speaker")
    page_url = PageURLField("speakers")
    url = PermalinkField("speakers")

    class Meta:
        model = Speaker
        fields = read_only_fields = (
            "id",
            "kind",
            "name",
            "names",
            "description",
            "wikidata_id",
            "positions",
            "quotes",
            "quotes_url",
            "claims",
            "claims_url",
            "updated_at",
            "page_url",
            "url",
        )
        extra_kwargs: ClassVar[Any] = SpeakerSummary.Meta.extra_kwargs | {
            "description": {"help_text": "Short description of the speaker."},
            "updated_at": {"help_text": "When it was last changed."},
        }


class SpeakerFilterSet(FilterSet):
    q = full_text_filter(Speaker, "the names")
    q_in = full_text_places_filter(Speaker)
    name = Filter(TextValue(), SPEAKER_NAME_DESCRIPTION, has_speaker_name("pk"))
    kind = Filter(ListValue(ChoiceValue(SpeakerKind)), "Person, organization, group or unnamed source.", "kind__in")
    wikidata = Filter(WIKIDATA_IDS, "Wikidata ids.", "wikidata_id__in")
    updated_since = updated_since_filter(ResourceKind.SPEAKERS)


SPEAKERS = Resource(
    name="speakers",
    description="Quoted speakers, by name.",
    serializer_class=SpeakerSerializer,
    released=Speaker.objects.released_in_index_order,
    filterset_class=SpeakerFilterSet,
    orderings={
        **orderings_by_name(),
        "most_quoted": ("-counts__quotes", "-counts__speaker_id"),
        "most_claims": ("-counts__claims", "-counts__speaker_id"),
    },
    searched_fields={"speaker": "name"},
    columns={
        "speaker_id": "id",
        **same_names(
            "name", "kind", "names", "description", "wikidata_id", "positions", "quotes", "claims", "updated_at", "url"
        ),
    },
    also_depends_on=("quotes__claim",),  # a quote is public with its claim
    removal_causes=((Q(merged_into__isnull=False), RemovalCause.MERGED),),
    default_removal_cause=RemovalCause.UNUSED,
)
