"""Claims: what is asserted, and whether it holds up."""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from rest_framework import serializers

from claims.models import (
    Claim,
    ClaimType,
    Correction,
    Quote,
    QuoteDecision,
    QuoteKind,
    RemovalCause,
    ResourceKind,
    Topic,
)
from claims.resources.counts.dimensions import CLAIM_DIMENSIONS
from claims.resources.counts.repeats import REPEAT_FIELDS, RepeatFields, repeated_claims
from claims.resources.fields import (
    ClaimStatusField,
    CurrentVerificationMixin,
    ListURLField,
    PageURLField,
    PermalinkField,
    RelatedRows,
    RowCountField,
)
from claims.resources.filters import (
    IDS,
    PAGE_URL_DESCRIPTION,
    SITE_DESCRIPTION,
    SLUGS,
    SPEAKER_NAME_DESCRIPTION,
    TEXTS,
    WIKIDATA_IDS,
    full_text_filter,
    full_text_places_filter,
    has_speaker_name,
    has_topic,
    has_wikidata_id,
    moment_filters,
    source_date_filters,
    source_language_filter,
    updated_since_filter,
)
from claims.resources.quotes import Appearance
from claims.resources.relations import MAX_NESTED_RELATIONS, RelationOfClaimSerializer, relations_of_claim
from claims.resources.resource import Embargo, Resource, orderings_by, same_names
from claims.resources.speakers import SpeakerSerializer
from claims.resources.sql.expressions import CodePointOrder
from claims.resources.sql.said_on import SaidOnField, SaidOnFromField, dates_of_claim, few_claims_said, said_filters
from claims.resources.sql.sql_table import Path
from claims.resources.summaries import (
    MAX_NESTED_CORRECTIONS,
    MAX_NESTED_REVIEWS,
    NEWEST_CORRECTIONS,
    SPEAKER_COLUMNS,
    VERIFIED_ON,
    ClaimSummary,
    CorrectionSummary,
    CurrentRating,
    ExternalReviewSerializer,
    SpeakerSummary,
    TopicSummary,
    external_reviews_of_claim,
)
from claims.resources.verifications import Verdict
from claims.search.filterset import Filter, FilterSet
from claims.search.known_values import Statuses, TopicSlugs
from claims.search.page_lookup import PageURLValue, SiteValue, at_page, on_site
from claims.search.parameter_values import (
    BooleanValue,
    ChoiceValue,
    ListValue,
)
from claims.search.text_values import TextValue


def _quotes_of_claim(claim: str) -> QuerySet[Quote]:
    # All accepted quotes of a released claim are released.
    rows: QuerySet[Quote] = Quote.objects.accepted().filter(claim=OuterRef(claim))
    return rows


def _ordered_quotes_of_claim(claim: str) -> QuerySet[Quote]:
    return _quotes_of_claim(claim).order_by("id")


def _topics_of_claim(claim: str) -> QuerySet[Topic]:
    return Topic.objects.filter(claims=OuterRef(claim)).order_by(CodePointOrder("name"), "id")


# Not by the quote's id from a subquery: PostgreSQL would expect that to match hardly any claim.
_IS_FIRST_QUOTE = Q(
    ~Exists(_quotes_of_claim("pk").filter(pk__lt=OuterRef("quotes__pk"))), quotes__decision=QuoteDecision.ACCEPTED
)
CLAIM_FIELDS = (
    *("id", "text", "claim_type", "status", "rating", "speaker", "said_on", "said_on_from"),
    *("topics", "verification", "appearances"),
)
LINK_FIELDS = ("relations", "relations_url", "external_reviews", "corrections", "corrections_count", "corrections_url")
MAX_NESTED_QUOTES = 10


def _corrections_of_claim(claim: str) -> QuerySet[Correction]:
    # Those of a released claim are released.
    return Correction.objects.filter(claim=OuterRef(claim))


def newest_corrections_of_claim(claim: str) -> QuerySet[Correction]:
    return _corrections_of_claim(claim).order_by("-made_at", "-id")


class CurrentVerdict(CurrentVerificationMixin, Verdict):
    """The published verification of a claim."""


class ClaimInFull(RepeatFields, serializers.ModelSerializer[Claim]):
    """A claim with its speaker and current verdict, without its quotes."""

    null_unless: ClassVar = ClaimSummary.null_unless
    related_rows: ClassVar = {
        "topics": RelatedRows(_topics_of_claim),
        "external_reviews": RelatedRows(external_reviews_of_claim, limit=MAX_NESTED_REVIEWS),
        "relations": RelatedRows(relations_of_claim, limit=MAX_NESTED_RELATIONS),
        "corrections": RelatedRows(newest_corrections_of_claim, limit=MAX_NESTED_CORRECTIONS),
    }

    claim_type = serializers.ChoiceField(
        [("", "not chosen yet"), *ClaimType.choices],
        read_only=True,
        help_text="Type of the claim, as an editor chose it; empty until then.",
    )
    status = ClaimStatusField()
    rating = CurrentRating(source="verifications.rating", read_only=True, allow_null=True)
    verification = CurrentVerdict(source="verifications", read_only=True, allow_null=True)
    speaker = SpeakerSummary(read_only=True, allow_null=True)
    said_on = SaidOnField(dates_of_claim)
    said_on_from = SaidOnFromField(dates_of_claim)
    topics = TopicSummary(many=True, read_only=True, help_text="Topics of the claim.")
    appearances = RowCountField(
        _quotes_of_claim, source="quotes", help_text="Number of public quotes of the claim.", limit=None
    )
    quotes_url = ListURLField("quotes", "claim")
    relations = RelationOfClaimSerializer(
        source="relations_as_first",  # the change feed is told of the others below
        many=True,
        read_only=True,
        help_text=f"The first {MAX_NESTED_RELATIONS} relations to other claims, in both directions; `relations_url` has"
        " all of them.",
    )
    relations_url = ListURLField("relations", "claim")
    external_reviews = ExternalReviewSerializer(
        many=True,
        read_only=True,
        help_text=f"What other publishers found when they checked the claim, the newest {MAX_NESTED_REVIEWS}. Never"
        " part of its status and rating.",
    )
    corrections = CorrectionSummary(many=True, read_only=True, help_text=NEWEST_CORRECTIONS)
    corrections_count = RowCountField(
        _corrections_of_claim, source="corrections", help_text="Number of corrections of the claim and its verdicts."
    )
    corrections_url = ListURLField("corrections", "claim")
    page_url = PageURLField("claims")
    url = PermalinkField("claims")

    class Meta:
        model = Claim
        fields: ClassVar[Any] = (
            *CLAIM_FIELDS,
            "quotes_url",
            *REPEAT_FIELDS,
            *LINK_FIELDS,
            "released_at",
            "updated_at",
            "page_url",
            "url",
        )
        read_only_fields: ClassVar[Any] = fields
        extra_kwargs: ClassVar[Any] = ClaimSummary.Meta.extra_kwargs | {
            "released_at": {"help_text": "When it became public."},
            "updated_at": {"help_text": "When the claim was last changed."},
        }


class ClaimSerializer(ClaimInFull):
    """What is asserted, who said it where, and whether it holds up."""

    related_rows: ClassVar = ClaimInFull.related_rows | {
        "quotes": RelatedRows(_ordered_quotes_of_claim, limit=MAX_NESTED_QUOTES, is_first=_IS_FIRST_QUOTE)
    }
    expandable: ClassVar = {"speaker": lambda: SpeakerSerializer(read_only=True, allow_null=True)}

    quotes = Appearance(
        many=True, read_only=True, help_text=f"The first {MAX_NESTED_QUOTES} quotes; `quotes_url` has all of them."
    )

    class Meta(ClaimInFull.Meta):
        fields = read_only_fields = (
            *CLAIM_FIELDS,
            "quotes",
            "quotes_url",
            *REPEAT_FIELDS,
            *LINK_FIELDS,
            "released_at",
            "updated_at",
            "page_url",
            "url",
        )


class ClaimFilterSet(FilterSet):
    quotes_of_row = "claim"

    q = full_text_filter(Claim, "the claim, its quotes, the speaker's names and the sources' titles")
    q_in = full_text_places_filter(Claim)
    speaker = Filter(IDS, "Ids of speakers.", "speaker__in")
    speaker_name = Filter(TextValue(), SPEAKER_NAME_DESCRIPTION, has_speaker_name("speaker"))
    wikidata = Filter(WIKIDATA_IDS, "Wikidata ids of speakers.", has_wikidata_id("speaker"))
    source = Filter(
        IDS, "Ids of sources that contain a quote of the claim.", "snapshot__source__in", on_quotes=True, selective=True
    )
    source_url = Filter(
        PageURLValue(), PAGE_URL_DESCRIPTION, at_page("snapshot__source"), on_quotes=True, selective=True
    )
    site = Filter(SiteValue(), SITE_DESCRIPTION, on_site("snapshot__source"), on_quotes=True)
    publisher = Filter(
        TEXTS,
        "Publishers of a quote of the claim, by their exact names.",
        "snapshot__source__publisher__in",
        on_quotes=True,
        selective=True,
    )
    kind = Filter(
        ListValue(ChoiceValue(QuoteKind)), "Claims with a direct, indirect or mixed quote.", "kind__in", on_quotes=True
    )
    claim_type = Filter(ListValue(ChoiceValue(ClaimType)), "Types of claims, as editors chose them.", "claim_type__in")
    topic = Filter(SLUGS, "Topics of the claim (slugs).", has_topic("pk"), known=TopicSlugs())
    status = Filter(
        SLUGS,
        "Status: `unreviewed`, `in-review` or a rating's slug.",
        "status__in",
        on_status=True,
        known=Statuses(),
    )
    has_verdict = Filter(
        BooleanValue(),
        "Whether the claim has a published verdict.",
        lambda wanted: Q(current__isnull=not wanted),
        on_status=True,
    )
    repeated = Filter(
        BooleanValue(),
        "Whether the claim was said again after its verdict.",
        lambda wanted: repeated_claims() if wanted else ~repeated_claims(),
    )
    language = source_language_filter("Language of a quote of the claim.", on_quotes=True)
    said_after, said_before = said_filters(dates_of_claim, few_claims_said)
    published_after, published_before = source_date_filters("With a quote published", on_quotes=True)
    released_after, released_before = moment_filters("Released", "released_at")
    verified_after, verified_before = moment_filters(
        "With a verdict published", "current__published_at", on_status=True
    )
    updated_since = updated_since_filter(ResourceKind.CLAIMS)


CLAIMS = Resource(
    name="claims",
    description="""Claims with their speakers, quotes and current verdicts, the most recently released first.

`format=csv` streams the whole list, one row per claim. Its columns are described in `claims.csv-metadata.json`.
""",
    serializer_class=ClaimSerializer,
    released=lambda at: Claim.objects.released(at=at),
    filterset_class=ClaimFilterSet,
    orderings=orderings_by("released_at", full_text=True),
    searched_fields={"claim": "text"},
    has_prepared_pages=True,
    dimensions=CLAIM_DIMENSIONS,
    also_depends_on=(
        *("quotes__translations", "relations_as_second", "relations_as_first__second", "relations_as_second__first"),
    ),
    page_formats=("jsonld", "atom"),
    columns={
        "claim_id": "id",
        "claim": "text",
        "status": "status",
        "rating_value": "rating.value",
        "explanation": "verification.explanation",
        "verified_on": Path("verification.published_at", VERIFIED_ON, is_date=True),
        **SPEAKER_COLUMNS,
        "speaker_role": "quotes.first.role",
        "said_on": "said_on",
        "quote_id": Path("quotes.first.id", "Permanent id of the claim's first public quote"),
        "quote": "quotes.first.text",
        "quote_kind": "quotes.first.kind",
        "quote_start": "quotes.first.start",
        "quote_end": "quotes.first.end",
        "source_id": "quotes.first.source.id",
        "publisher": "quotes.first.source.publisher",
        "source_title": "quotes.first.source.title",
        "source_url": "quotes.first.source.url",
        "published_on": "quotes.first.source.published_on",
        "snapshot_sha256": "quotes.first.snapshot_sha256",
        "topics": "topics.name",
        **same_names("appearances", "updated_at", "url"),
    },
    removal_causes=(
        (Q(merged_into__isnull=False), RemovalCause.MERGED),
        (Q(retracted_at__isnull=False), RemovalCause.RETRACTED),
    ),
    embargo=Embargo(
        lambda: Claim.objects.filter(
            pk__in=Quote.objects.accepted().filter(claim__isnull=False).values("claim_id"),
            released_at__isnull=False,
            retracted_at=None,
        ),
        "released_at",
    ),
)
