"""Quotes: who said what, where."""

from typing import Any, ClassVar

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.utils.module_loading import import_string
from rest_framework import serializers

from claims.models import Claim, Quote, QuoteDecision, QuoteKind, RemovalCause, ResourceKind, Verification
from claims.resources.counts.dimensions import QUOTE_DIMENSIONS
from claims.resources.counts.repeats import quotes_repeating, repeating_quotes
from claims.resources.fields import (
    CurrentVerificationMixin,
    PageURLField,
    PermalinkField,
    RelatedRows,
    SpansField,
)
from claims.resources.filters import (
    IDS,
    PAGE_URL_DESCRIPTION,
    SITE_DESCRIPTION,
    SLUGS,
    SPEAKER_NAME_DESCRIPTION,
    TEXTS,
    WIKIDATA_IDS,
    claim_in,
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
from claims.resources.resource import Embargo, Resource, orderings_by, same_names
from claims.resources.snapshots.current_text import CurrentAsOfField, CurrentStateField, CurrentTextField
from claims.resources.snapshots.page_status import PageGoneField
from claims.resources.snapshots.positions import PositionField
from claims.resources.sources import SourceSerializer
from claims.resources.speakers import SpeakerSerializer
from claims.resources.sql.expressions import ExecutionTime
from claims.resources.sql.said_on import SaidOnField, SaidOnFromField, dates_of_quote, few_quotes_said, said_filters
from claims.resources.sql.sql_table import Path
from claims.resources.summaries import (
    CLAIM_COLUMNS,
    SPEAKER_COLUMNS,
    VERIFIED_ON,
    ClaimSummary,
    CurrentRating,
    SourceSummary,
    SpeakerSummary,
)
from claims.search.filterset import Filter, FilterSet
from claims.search.known_values import Statuses, TopicSlugs
from claims.search.page_lookup import PageURLValue, SiteValue, at_page, on_site
from claims.search.parameter_values import (
    BooleanValue,
    ChoiceValue,
    ListValue,
)
from claims.search.text_values import TextValue

MAX_COUNTERPARTS = 10
WORDING_FIELDS = (
    *("kind", "act", "text", "exact", "spans", "start", "end", "prefix", "suffix"),
    *("position", "cue", "mention", "mention_kind", "role", "outlet"),
)
PROVENANCE_FIELDS = (
    *("current_state", "current_text", "current_as_of", "page_gone_as_of"),
    *("snapshot_sha256", "confidence", "speaker_confidence", "extractor", "extractor_version"),
    *("accepted_at", "updated_at", "page_url", "url"),
)


class CounterpartRole(TextChoices):
    """What a quote in another language is to the one that shows it."""

    ORIGINAL = "original", "Original"
    TRANSLATION = "translation", "Translation"


def counterparts_of_quote(quote: str) -> QuerySet[Quote]:
    """Returns the public quotes that an editor tied to the quote at this lookup: its original and its translations."""
    original = quote.removesuffix("pk") + "translation_of"
    # Each is looked up anew to see if it is public: with that condition in one query, SQLite reads all accepted quotes.
    public = Quote.objects.released(at=ExecutionTime()).filter(pk=OuterRef("pk"))
    tied: QuerySet[Quote] = Quote.objects.filter(Q(pk=OuterRef(original)) | Q(translation_of=OuterRef(quote)))
    rows = tied.filter(Exists(public))
    role = Case(
        When(translation_of=OuterRef(quote), then=Value(CounterpartRole.TRANSLATION.value)),
        default=Value(CounterpartRole.ORIGINAL.value),
    )
    return rows.annotate(counterpart_role=role).order_by("id")


class CounterpartSerializer(serializers.ModelSerializer[Quote]):
    """The same words in the original or a translation of the source, as an editor found."""

    role = serializers.ChoiceField(
        CounterpartRole.choices,
        source="counterpart_role",
        read_only=True,
        help_text="`original`: this quote translates it. `translation`: it translates this quote.",
    )
    source = SourceSummary(source="snapshot.source", read_only=True)  # type: ignore[assignment]  # a field, not the option
    url = PermalinkField("quotes")

    class Meta:
        model = Quote
        fields: ClassVar[Any] = ("id", "role", "kind", "text", "source", "url")
        read_only_fields: ClassVar[Any] = fields
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the other quote."},
            "kind": {"help_text": "Direct, indirect or mixed."},
            "text": {"help_text": "The other quote as it reads."},
        }


class Appearance(serializers.ModelSerializer[Quote]):
    """A quote, without its claim."""

    related_rows: ClassVar = {"counterparts": RelatedRows(counterparts_of_quote, limit=MAX_COUNTERPARTS)}

    spans = SpansField(
        read_only=True, help_text="Offsets of its parts in the snapshot: Unicode code points, end exclusive."
    )
    position = PositionField()
    speaker = SpeakerSummary(read_only=True)
    counterparts: Any = CounterpartSerializer(
        source="translation_of",  # the change feed is told of the translations below
        many=True,
        read_only=True,
        help_text=f"The first {MAX_COUNTERPARTS} public quotes with these words in the original or in translations of "
        "the source.",
    )
    current_state = CurrentStateField()
    current_text = CurrentTextField()
    current_as_of = CurrentAsOfField()
    page_gone_as_of = PageGoneField("snapshot__source__watch", page="the publisher's page")
    source = SourceSummary(source="snapshot.source", read_only=True)  # type: ignore[assignment]  # a field, not the option
    snapshot_sha256 = serializers.CharField(
        source="snapshot.sha256", read_only=True, help_text="SHA-256 of the snapshot's text, encoded as UTF-8."
    )
    accepted_at = serializers.DateTimeField(
        source="decided_at", read_only=True, help_text="When an editor accepted the quote and its attribution."
    )
    page_url = PageURLField("quotes")
    url = PermalinkField("quotes")

    class Meta:
        model = Quote
        fields: ClassVar[Any] = ("id", *WORDING_FIELDS, "speaker", "source", "counterparts", *PROVENANCE_FIELDS)
        read_only_fields: ClassVar[Any] = fields
        extra_kwargs: ClassVar[Any] = {
            "id": {"help_text": "Permanent id of the quote."},
            "kind": {"help_text": "Direct, indirect or mixed."},
            "act": {"help_text": "Speech, thought or other."},
            "text": {
                "help_text": "The quote as it reads: its parts joined by ` […] `, without the comma of the sentence"
                " around it. Only a direct quote is verbatim: put no quotation marks around the others."
            },
            "exact": {"help_text": "Exact characters of the quote, its parts joined by a space."},
            "start": {"help_text": "Start of the quote in the text, in Unicode code points."},
            "end": {"help_text": "End of the quote in the text, exclusive."},
            "prefix": {"help_text": "Text before the quote."},
            "suffix": {"help_text": "Text after the quote."},
            "cue": {"help_text": "Verb or phrase that attributes the quote."},
            "mention": {"help_text": "Speaker, as written in the source."},
            "mention_kind": {
                "help_text": "How the source refers to the speaker: by name, by pronoun, or nominal: by a role or "
                "description. Empty where an editor marked the words."
            },
            "role": {"help_text": "Role of the speaker, as written in the source."},
            "outlet": {"help_text": "Outlet that it was said to, or that passed it on, as written in the source."},
            "confidence": {"help_text": "Confidence of the extractor, from 0 to 1."},
            "speaker_confidence": {
                "help_text": "Confidence of the extractor in the speaker, from 0 to 1: of 100 speakers with 0.9, about "
                "90 are right. 1 if an editor chose the speaker."
            },
            "extractor": {"help_text": "Name of the extractor."},
            "extractor_version": {"help_text": "Version of the extractor."},
            "updated_at": {"help_text": "When it was last changed."},
        }


class VerdictReference(CurrentVerificationMixin, serializers.ModelSerializer[Verification]):
    """The published verification of a claim: `verifications/` has it in full."""

    published_at = serializers.DateTimeField(read_only=True, help_text="When the verdict was published.")
    url = PermalinkField("verifications")

    class Meta:
        model = Verification
        fields = read_only_fields = ("id", "published_at", "url")
        extra_kwargs: ClassVar[Any] = {"id": {"help_text": "Permanent id of the verdict."}}


class ClaimOfQuote(ClaimSummary):
    """The claim that a quote makes, with the rating of its current verdict."""

    rating = CurrentRating(source="verifications.rating", read_only=True, allow_null=True)
    verification = VerdictReference(source="verifications", read_only=True, allow_null=True)

    class Meta(ClaimSummary.Meta):
        fields: ClassVar[Any] = ("id", "text", "status", "rating", "verification", "url")
        read_only_fields: ClassVar[Any] = fields


class QuoteSerializer(Appearance):
    """An attributed statement, pinned to the exact characters of the text that contains it.

    `exact` is the text from `start` to `end`, or its parts in `spans`. Offsets count Unicode code points of the text
    whose SHA-256 is `snapshot_sha256`.
    """

    expandable: ClassVar = {
        "speaker": lambda: SpeakerSerializer(read_only=True),
        "claim": lambda: import_string("claims.resources.claims.ClaimInFull")(read_only=True, allow_null=True),
        "source": lambda: SourceSerializer(source="snapshot.source", read_only=True),
    }

    said_on = SaidOnField(dates_of_quote)
    said_on_from = SaidOnFromField(dates_of_quote)
    claim = ClaimOfQuote(
        read_only=True, allow_null=True, help_text="The claim that it makes. Null if none has been released."
    )

    class Meta(Appearance.Meta):
        fields = read_only_fields = (
            *("id", *WORDING_FIELDS, "said_on", "said_on_from"),
            *("speaker", "claim", "source", "counterparts", *PROVENANCE_FIELDS),
        )


# Other claims are not shown: no filter may tell of them.
_WITH_RELEASED_CLAIM = Q(claim__released_at__isnull=False)


class QuoteFilterSet(FilterSet):
    q = full_text_filter(Quote, "the quote, its claim, the speaker's names and the source's title")
    q_in = full_text_places_filter(Quote)
    speaker = Filter(IDS, "Ids of speakers.", "speaker__in")
    speaker_name = Filter(TextValue(), SPEAKER_NAME_DESCRIPTION, has_speaker_name("speaker"))
    wikidata = Filter(WIKIDATA_IDS, "Wikidata ids of speakers.", has_wikidata_id("speaker"))
    claim = Filter(IDS, "Ids of claims that the quote belongs to.", lambda ids: Q(claim__in=ids) & _WITH_RELEASED_CLAIM)
    source = Filter(IDS, "Ids of sources that contain the quote.", "snapshot__source__in")
    source_url = Filter(PageURLValue(), PAGE_URL_DESCRIPTION, at_page("snapshot__source"))
    site = Filter(SiteValue(), SITE_DESCRIPTION, on_site("snapshot__source"))
    publisher = Filter(TEXTS, "Publishers, by their exact names.", "snapshot__source__publisher__in")
    kind = Filter(ListValue(ChoiceValue(QuoteKind)), "Direct, indirect or mixed quotes.", "kind__in")
    topic = Filter(
        SLUGS,
        "Topics of the claim (slugs).",
        lambda slugs: has_topic("claim")(slugs) & _WITH_RELEASED_CLAIM,
        known=TopicSlugs(),
    )
    status = Filter(
        SLUGS,
        "Status of the claim: `unreviewed`, `in-review` or a rating's slug.",
        lambda slugs: claim_in(_released_claims_with_status().filter(status__in=slugs)),
        known=Statuses(),
    )
    has_verdict = Filter(
        BooleanValue(),
        "Whether the claim has a published verdict.",
        lambda wanted: _with_verdict() if wanted else Q(claim=None) | ~_with_verdict(),
    )
    after_verdict = Filter(
        BooleanValue(),
        "Whether the quote says its claim, or one that this repeats or says the same as, again after the verdict.",
        lambda wanted: repeating_quotes() if wanted else ~repeating_quotes(),
    )
    repeats_claim = Filter(IDS, "Ids of claims that the quote says again after their verdicts.", quotes_repeating)
    language = source_language_filter("Language of the source.")
    published_after, published_before = source_date_filters("Published")
    said_after, said_before = said_filters(dates_of_quote, few_quotes_said)
    accepted_after, accepted_before = moment_filters("Accepted by an editor", "decided_at")
    updated_since = updated_since_filter(ResourceKind.QUOTES)


def _released_claims_with_status() -> QuerySet[Model]:
    return Claim.objects.filter(released_at__isnull=False).with_status()


def _with_verdict() -> Q:
    return claim_in(_released_claims_with_status().filter(current__isnull=False))


QUOTES = Resource(
    name="quotes",
    description=(
        "Attributed quotes that an editor has accepted, the most recently accepted first. A quote is public before its"
        " claim is: `claim` is null until then."
    ),
    serializer_class=QuoteSerializer,
    released=Quote.objects.released_in_index_order,
    filterset_class=QuoteFilterSet,
    orderings=orderings_by("decided_at", full_text=True),
    searched_fields={"quote": "text"},
    has_prepared_pages=True,
    dimensions=QUOTE_DIMENSIONS,
    page_formats=("annotation", "jsonld", "atom"),
    columns={
        "quote_id": "id",
        "quote": "text",
        **same_names("kind", "act", "start", "end", "spans", "prefix", "suffix", "cue", "mention", "role", "outlet"),
        **SPEAKER_COLUMNS,
        **CLAIM_COLUMNS,
        "source_id": "source.id",
        "publisher": "source.publisher",
        "source_title": "source.title",
        "source_url": "source.url",
        "published_on": "source.published_on",
        "language": "source.language",
        **same_names(
            "snapshot_sha256", "confidence", "extractor", "extractor_version", "accepted_at", "updated_at", "url"
        ),
        **same_names("mention_kind", "speaker_confidence", "said_on", "said_on_from"),
        "rating": "claim.rating.name",
        "rating_value": "claim.rating.value",
        "verified_on": Path("claim.verification.published_at", VERIFIED_ON, is_date=True),
        **same_names("position", "current_state", "current_text", "current_as_of", "page_gone_as_of"),
        "counterparts": "counterparts.text",
    },
    also_depends_on=("translations", "translations__snapshot__source"),
    removal_causes=(
        (Q(decision=QuoteDecision.REJECTED), RemovalCause.REJECTED),
        (Q(claim__retracted_at__isnull=False), RemovalCause.RETRACTED),
    ),
    embargo=Embargo(
        lambda: Quote.objects.accepted().filter(claim__released_at__isnull=False, claim__retracted_at=None),
        "claim__released_at",
    ),
)
