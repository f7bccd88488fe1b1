"""Sources: the publications that quotes are from."""

from typing import Any, ClassVar

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable
from rest_framework import serializers

from claims.models import Quote, RemovalCause, ResourceKind, Snapshot, Source, SourceKind
from claims.resources.fields import (
    ComputedField,
    FilteredRelations,
    ListURLField,
    PageURLField,
    PermalinkField,
    RelatedRows,
    RowCountField,
    external_url_field,
)
from claims.resources.filters import (
    IDS,
    LANGUAGES,
    PAGE_URL_DESCRIPTION,
    SITE_DESCRIPTION,
    TEXTS,
    date_filters,
    full_text_filter,
    full_text_places_filter,
    updated_since_filter,
)
from claims.resources.relations import MAX_NESTED_RELATIONS, RelationOfSourceSerializer, relations_of_source
from claims.resources.resource import Resource, orderings_by, same_names
from claims.resources.snapshots.page_status import PageStatusField
from claims.resources.sql.expressions import ExecutionTime, JSONBoolean
from claims.resources.summaries import SourceSummary
from claims.search.filterset import Filter, FilterSet
from claims.search.known_values import Languages
from claims.search.language_support import in_language, in_read_language, in_unread_language
from claims.search.page_lookup import PageURLValue, SiteValue, at_page, on_site
from claims.search.parameter_values import BooleanValue, ChoiceValue, ListValue, Sha256Value
from claims.search.text_values import TextValue


def _quotes_in_source(source: str) -> QuerySet[Quote]:
    # If the snapshots were joined, SQLite would read all quotes for each source.
    snapshots = Snapshot.objects.filter(source=OuterRef(OuterRef(source)))
    rows: QuerySet[Quote] = Quote.objects.released(at=ExecutionTime()).filter(snapshot__in=snapshots.values("pk"))
    return rows


def _quoted_snapshots(source: str) -> QuerySet[Snapshot]:
    """Returns the source's snapshots that have released quotes."""
    quotes = Quote.objects.released(at=ExecutionTime()).filter(snapshot=OuterRef("pk"))
    return Snapshot.objects.filter(Exists(quotes), source=OuterRef(source)).order_by("retrieved_at", "id")


class SnapshotSerializer(serializers.ModelSerializer[Snapshot]):
    """A version of a source's text, identified by its SHA-256."""

    class Meta:
        model = Snapshot
        fields = read_only_fields = ("sha256", "retrieved_at", "reader", "reader_version")


class ExtractionSupportField(ComputedField, serializers.BooleanField):
    """Whether extraction reads the language of a source."""

    def __init__(self) -> None:
        super().__init__(
            read_only=True,
            allow_null=True,
            help_text="Whether quotes are extracted from texts in this language. If not, the source has no quotes but "
            "those that editors added. Null if the language is unknown.",
        )

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        is_supported = Case(
            When(**{f"{prefix}language": ""}, then=None),
            When(in_read_language(f"{prefix}language"), then=True),
            default=False,
            output_field=BooleanField(),
        )
        return JSONBoolean(is_supported), {}


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A publication, without its text: `snapshots` have the SHA-256 of each version."""

    related_rows: ClassVar = {
        "snapshots": RelatedRows(_quoted_snapshots),
        "relations": RelatedRows(relations_of_source, limit=MAX_NESTED_RELATIONS),
    }

    url = external_url_field("The publication's own URL.")
    snapshots = SnapshotSerializer(
        many=True, read_only=True, help_text="The versions that contain public quotes, by their SHA-256."
    )
    quotes = RowCountField(_quotes_in_source, source="snapshots.quotes", help_text="Number of public quotes.")
    quotes_url = ListURLField("quotes", "source")
    relations = RelationOfSourceSerializer(
        source="relations_as_first",  # the change feed is told of the others below
        many=True,
        read_only=True,
        help_text=f"The first {MAX_NESTED_RELATIONS} public sources that editors found to be a copy, a shortened or an"
        " updated version of this one, or this one of them.",
    )
    page_url = PageURLField("sources")
    api_url = PermalinkField("sources")
    extraction_supported = ExtractionSupportField()
    page_status = PageStatusField()
    page_checked_at = serializers.DateTimeField(
        source="watch.last_checked_at",
        read_only=True,
        allow_null=True,
        help_text="When the publisher's page was last checked. Null if it was not.",
    )

    class Meta:
        model = Source
        fields = read_only_fields = (
            "id",
            "kind",
            "title",
            "publisher",
            "authors",
            "url",
            "published_on",
            "language",
            "language_origin",
            "extraction_supported",
            "translated_from",
            "translator",
            "snapshots",
            "quotes",
            "quotes_url",
            "page_status",
            "page_checked_at",
            "relations",
            "created_at",
            "updated_at",
            "page_url",
            "api_url",
        )
        extra_kwargs: ClassVar[Any] = SourceSummary.Meta.extra_kwargs | {
            "kind": {"help_text": "Kind of publication."},
            "authors": {"help_text": "Authors, separated by semicolons."},
            "language_origin": {
                "help_text": "Whether the language was stated by the publication or an editor, or detected. "
                "Empty if the language is unknown."
            },
            "translator": {"help_text": "Translator: a person or software."},
            "created_at": {"help_text": "When the source was added."},
            "updated_at": {"help_text": "When it was last changed."},
        }


def _with_extraction_support(is_supported: bool) -> Q:  # noqa: FBT001  # the value of a filter
    return in_read_language("language") if is_supported else in_unread_language("language")


class SourceFilterSet(FilterSet):
    quotes_of_row = "snapshot__source"

    q = full_text_filter(Source, "the title and the publisher")
    q_in = full_text_places_filter(Source)
    source_url = Filter(PageURLValue(), PAGE_URL_DESCRIPTION, at_page("pk"))
    site = Filter(SiteValue(), SITE_DESCRIPTION, on_site("pk"))
    publisher = Filter(TEXTS, "Publishers, by their exact names.", "publisher__in")
    kind = Filter(ListValue(ChoiceValue(SourceKind)), "Kind of publication.", "kind__in")
    url = Filter(TextValue(2000), "The exact URL of the publication.", "url")
    speaker = Filter(IDS, "Ids of speakers whom the source quotes.", "speaker__in", on_quotes=True, selective=True)
    sha256 = Filter(
        Sha256Value(), "SHA-256 of a text with a public quote.", "snapshot__sha256", on_quotes=True, selective=True
    )
    language = Filter(LANGUAGES, "Language of the source.", in_language("language"), known=Languages("language"))
    extraction_supported = Filter(
        BooleanValue(),
        "Whether quotes are extracted from texts in the source's language. Sources of unknown language match neither.",
        _with_extraction_support,
    )
    translated_from = Filter(
        LANGUAGES,
        "Original language of a translation.",
        in_language("translated_from"),
        known=Languages("translated_from"),
    )
    published_after, published_before = date_filters("Published", "published_on")
    updated_since = updated_since_filter(ResourceKind.SOURCES)


# A source is public because of a quote or a verdict, and these with their claim.
_PUBLIC_BY = ("snapshots__quotes__claim", "evidence__verification", "evidence__verification__claim")
_RELATED_SOURCES = ("relations_as_first__second", "relations_as_second__first")

SOURCES = Resource(
    name="sources",
    description=(
        "Publications that contain public quotes or are cited by verdicts, the newest first, without their text."
    ),
    serializer_class=SourceSerializer,
    released=Source.objects.released,
    filterset_class=SourceFilterSet,
    orderings=orderings_by("created_at", full_text=True),
    searched_fields={"source": "title", "publisher": "publisher"},
    has_prepared_pages=True,
    columns={
        "source_id": "id",
        **same_names("title", "publisher", "kind", "authors"),
        "source_url": "url",
        **same_names("published_on", "language", "translated_from", "translator"),
        "snapshots": "snapshots.sha256",
        **same_names("quotes", "created_at", "updated_at"),
        "url": "api_url",
        **same_names("language_origin", "extraction_supported", "page_status", "page_checked_at"),
        "related_sources": "relations.source_url",
    },
    also_depends_on=(
        *_PUBLIC_BY,
        *_RELATED_SOURCES,
        *(f"{source}__{public_by}" for source in _RELATED_SOURCES for public_by in ("snapshots__quotes", *_PUBLIC_BY)),
    ),
    removal_causes=((Q(merged_into__isnull=False), RemovalCause.MERGED),),
    default_removal_cause=RemovalCause.UNUSED,
)
