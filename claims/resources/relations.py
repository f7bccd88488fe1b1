"""Relations that an editor confirmed: between claims, and between sources with much the same text."""

from typing import Any, ClassVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextChoices, Value, When
from rest_framework import serializers

from claims.models import (
    Claim,
    ClaimRelation,
    RelationKind,
    RelationState,
    RemovalCause,
    ResourceKind,
    Source,
    SourceRelation,
    SourceRelationKind,
)
from claims.models.claim_relation import SYMMETRIC_RELATIONS
from claims.resources.fields import PermalinkField, external_url_field
from claims.resources.filters import IDS, updated_since_filter
from claims.resources.resource import Resource, same_names
from claims.resources.sql.expressions import ExecutionTime
from claims.resources.summaries import ClaimSummary
from claims.search.filterset import Filter, FilterSet
from claims.search.parameter_values import ChoiceValue, ListValue

MAX_NESTED_RELATIONS = 20
_KINDS = "`same` and `contradicts` hold in both directions."


class RelationDirection(TextChoices):
    """How a relation reads from a claim or a source. The others hold in both directions."""

    TO = "to", "To the other"
    FROM = "from", "From the other"
    BOTH = "both", "Both"


def relations_of_claim(claim: str) -> QuerySet[ClaimRelation]:
    """Returns the public relations of the claim at this lookup, with the other claim of each."""
    is_first = Q(first=OuterRef(claim))
    other = {
        f"other_{name}": Case(When(is_first, then=F(f"second__{name}")), default=F(f"first__{name}"))
        for name in ("id", "text")
    }
    direction = Case(
        When(kind__in=SYMMETRIC_RELATIONS, then=Value(RelationDirection.BOTH.value)),
        When(is_first, then=Value(RelationDirection.TO.value)),
        default=Value(RelationDirection.FROM.value),
    )
    public: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(pk=OuterRef("other_id"))
    # A query of its own: with the state in the same one, SQLite looks through all confirmed relations.
    lookup = OuterRef(OuterRef(claim))
    of_claim = ClaimRelation.objects.filter(Q(first=lookup) | Q(second=lookup))
    relations = ClaimRelation.objects.filter(pk__in=of_claim.values("pk"), state=RelationState.CONFIRMED)
    rows: QuerySet[ClaimRelation] = relations.annotate(direction=direction, **other).filter(Exists(public))
    return rows.order_by("id")


class RelationOfClaimSerializer(serializers.ModelSerializer[ClaimRelation]):
    """A relation, as it reads from one of its claims."""

    direction = serializers.ChoiceField(
        RelationDirection.choices,
        read_only=True,
        help_text="`to`: this claim repeats or updates the other. `from`: the other does this one. `both`: either way.",
    )
    claim_id = serializers.IntegerField(source="other_id", read_only=True, help_text="Permanent id of the other claim.")
    text = serializers.CharField(source="other_text", read_only=True, help_text="What the other claim asserts.")
    claim_url = PermalinkField("claims", source="other_id")

    class Meta:
        model = ClaimRelation
        fields = read_only_fields = ("kind", "direction", "claim_id", "text", "claim_url")
        extra_kwargs: ClassVar[Any] = {"kind": {"help_text": f"How the claims relate. {_KINDS}"}}


def relations_of_source(source: str) -> QuerySet[SourceRelation]:
    """Returns the confirmed relations of the source at this lookup to public ones, with the other source of each."""
    is_second = Q(second=OuterRef(source))
    other = {
        f"other_{name}": Case(When(is_second, then=F(f"first__{name}")), default=F(f"second__{name}"))
        for name in ("id", "title", "publisher", "url", "published_on")
    }
    direction = Case(
        When(kind=SourceRelationKind.RELEASE, then=Value(RelationDirection.BOTH.value)),
        When(is_second, then=Value(RelationDirection.TO.value)),
        default=Value(RelationDirection.FROM.value),
    )
    public: QuerySet[Source] = Source.objects.released(at=ExecutionTime()).filter(pk=OuterRef("other_id"))
    relations = SourceRelation.objects.filter(is_second | Q(first=OuterRef(source)), state=RelationState.CONFIRMED)
    rows: QuerySet[SourceRelation] = relations.annotate(direction=direction, **other).filter(Exists(public))
    return rows.order_by("id")


class RelationOfSourceSerializer(serializers.ModelSerializer[SourceRelation]):
    """A relation, as it reads from one of its sources."""

    direction = serializers.ChoiceField(
        RelationDirection.choices,
        read_only=True,
        help_text="`to`: this source is the copy, the shortened, updated or translated version of the other. `from`:"
        " the other is that of this one. `both`: they share a release.",
    )
    source_id = serializers.IntegerField(
        source="other_id", read_only=True, help_text="Permanent id of the other source."
    )
    title = serializers.CharField(source="other_title", read_only=True, help_text="Title of the other source.")
    publisher = serializers.CharField(
        source="other_publisher", read_only=True, help_text="Publisher of the other source."
    )
    url = external_url_field("The other publication's own URL.", source="other_url")
    published_on = serializers.DateField(
        source="other_published_on",
        read_only=True,
        allow_null=True,
        help_text="Date on which the other source was published.",
    )
    source_url = PermalinkField("sources", source="other_id")

    class Meta:
        model = SourceRelation
        fields = read_only_fields = (
            *("kind", "direction", "source_id", "title", "publisher", "url", "published_on", "source_url"),
        )
        extra_kwargs: ClassVar[Any] = {"kind": {"help_text": "How the texts of the sources relate."}}


class RelationSerializer(serializers.ModelSerializer[ClaimRelation]):
    """How two claims relate: `claim` repeats, updates, contradicts or says the same as `related_claim`."""

    claim = ClaimSummary(source="first", read_only=True)
    related_claim = ClaimSummary(source="second", read_only=True)
    url = PermalinkField("relations")

    class Meta:
        model = ClaimRelation
        fields = read_only_fields = ("id", "kind", "claim", "related_claim", "url")
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the relation."},
            "kind": {"help_text": f"How the first claim relates to the second. {_KINDS}"},
        }


class RelationFilterSet(FilterSet):
    claim = Filter(IDS, "Ids of claims, on either side.", lambda ids: Q(first__in=ids) | Q(second__in=ids))
    kind = Filter(ListValue(ChoiceValue(RelationKind)), "How the claims relate.", "kind__in")
    updated_since = updated_since_filter(ResourceKind.RELATIONS)


RELATIONS = Resource(
    name="relations",
    description="Relations between public claims that an editor confirmed, the most recent first.",
    serializer_class=RelationSerializer,
    released=ClaimRelation.objects.released,
    filterset_class=RelationFilterSet,
    orderings={"newest": ("-id", "-id"), "oldest": ("id", "id")},
    columns={
        "relation_id": "id",
        "claim_id": "claim.id",
        "claim": "claim.text",
        "kind": "kind",
        "related_claim_id": "related_claim.id",
        "related_claim": "related_claim.text",
        **same_names("url"),
    },
    removal_causes=((~Q(first__retracted_at=None) | ~Q(second__retracted_at=None), RemovalCause.RETRACTED),),
)
