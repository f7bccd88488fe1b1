"""What a quote can be checked by: the quote's proof, and the text it stands in."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.query.sql_fields import SpansField
from claims.api.resources.base import StrictView
from claims.export.permalinks import permalink, snapshot_url
from claims.export.timestamps import format_timestamp
from claims.models import Quote, Snapshot, Source
from claims.services.quotes import proof as prove

OFFSET_UNIT = "Unicode code points of the text, the end exclusive"
VERIFICATION_RECIPE = (
    "Get the text of the snapshot: from its address here where `text` is given, else from the publication.",
    "Write it as UTF-8, with no byte order mark and its line ends as they are: its SHA-256 must be the snapshot's.",
    "Take the characters of each span (in Python text[start:end]) and join them by one space: that must be `exact`.",
    "Write `exact` as UTF-8: its SHA-256 must be `exact_sha256`.",
    "The characters just before the first span must be `prefix`, those just after the last one `suffix`.",
)


class SnapshotOfQuote(serializers.Serializer[Any]):
    """The text that a quote stands in."""

    url = serializers.URLField()
    sha256 = serializers.CharField()
    retrieved_at = serializers.DateTimeField()
    source = serializers.URLField()  # type: ignore[assignment]  # a field, not the option


class ChecksSerializer(serializers.Serializer[Any]):
    """What was found when it was checked, at this request."""

    text_has_its_sha256 = serializers.BooleanField()
    words_are_at_the_spans = serializers.BooleanField()
    surroundings_are_beside_them = serializers.BooleanField()


class ProofSerializer(serializers.Serializer[Any]):
    """Whether the words stand where the quote says, checked at this request, and how anybody can check it again."""

    quote = serializers.URLField()
    exact = serializers.CharField()
    exact_sha256 = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()
    spans = SpansField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    unit = serializers.CharField()
    snapshot = SnapshotOfQuote()
    holds = serializers.BooleanField()
    checks = ChecksSerializer()
    recipe = serializers.ListField(child=serializers.CharField())


class PartSerializer(serializers.Serializer[Any]):
    """A part of a quote in the text, with what stands around it."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()


class QuoteInTextSerializer(serializers.Serializer[Any]):
    """A quote of the text."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    proof = serializers.URLField()
    parts = PartSerializer(many=True)


class QuotedTextSerializer(serializers.Serializer[Any]):
    """The text of a source at one moment: what is known of it, and what stands around its released quotes.

    `text` is the whole of it, and null where it is not given.
    """

    url = serializers.URLField()
    source = serializers.URLField()  # type: ignore[assignment]  # a field, not the option
    sha256 = serializers.CharField()
    holds = serializers.BooleanField(help_text="Whether the text has this SHA-256, checked at this request.")
    length = serializers.IntegerField(help_text="In Unicode code points.")
    retrieved_at = serializers.DateTimeField()
    reader = serializers.CharField()
    reader_version = serializers.CharField()
    unit = serializers.CharField()
    text = serializers.CharField(allow_null=True)
    quotes = QuoteInTextSerializer(many=True)


class ProofView(StrictView):
    """A quote's proof."""

    @extend_schema(responses=ProofSerializer, operation_id="quotes_proof", tags=["quotes"])
    def get(self, _: Request, pk: int) -> Response:
        """Whether a quote's words stand where it says, checked now, and how anybody can check it again."""
        quote = Quote.objects.released().select_related("snapshot").filter(pk=pk).first()
        if quote is None:
            raise NotFound
        snapshot, checks = quote.snapshot, prove.check_proof(quote)
        return Response(
            {
                "quote": permalink("quotes", quote.pk),
                "exact": quote.exact,
                "exact_sha256": Snapshot.digest(quote.exact),
                "prefix": quote.prefix,
                "suffix": quote.suffix,
                "spans": quote.spans,
                "start": quote.start,
                "end": quote.end,
                "unit": OFFSET_UNIT,
                "snapshot": {
                    "url": snapshot_url(snapshot.source_id, snapshot.sha256),
                    "sha256": snapshot.sha256,
                    "retrieved_at": format_timestamp(snapshot.retrieved_at),
                    "source": permalink("sources", snapshot.source_id),
                },
                "holds": checks.hold,
                "checks": asdict(checks),
                "recipe": VERIFICATION_RECIPE,
            }
        )


class SnapshotView(StrictView):
    """A text of a source."""

    @extend_schema(responses=QuotedTextSerializer, operation_id="sources_snapshot", tags=["sources"])
    def get(self, _: Request, pk: str, sha256: str) -> Response:
        """The text of a source at one moment, by its SHA-256, with what stands around its released quotes.

        At most 100 characters on each side of a quote, and together at most a tenth of the text. The whole text comes
        only where the operator has the right to publish it and says so (`FACTBASE_PUBLISH_TEXTS`).
        """
        released = Source.objects.released().filter(pk=pk)
        snapshot = Snapshot.objects.filter(source__in=released.values("pk"), sha256=sha256).first()
        quotes = list(Quote.objects.released().filter(snapshot=snapshot).order_by("start", "id")) if snapshot else []
        if snapshot is None or not quotes:
            raise NotFound
        return Response(
            {
                "url": snapshot_url(snapshot.source_id, snapshot.sha256),
                "source": permalink("sources", snapshot.source_id),
                "sha256": snapshot.sha256,
                "holds": Snapshot.digest(snapshot.text) == snapshot.sha256,
                "length": len(snapshot.text),
                "retrieved_at": format_timestamp(snapshot.retrieved_at),
                "reader": snapshot.reader,
                "reader_version": snapshot.reader_version,
                "unit": OFFSET_UNIT,
                "text": snapshot.text if settings.FACTBASE_PUBLISH_TEXTS else None,
                "quotes": _quotes_in_text(snapshot.text, quotes),
            }
        )


def _quotes_in_text(text: str, quotes: list[Quote]) -> list[dict[str, Any]]:
    spans = [(start, end) for quote in quotes for start, end in quote.spans]
    around = iter(prove.context_spans(text, spans))
    return [
        {
            "id": quote.pk,
            "url": permalink("quotes", quote.pk),
            "proof": f"{permalink('quotes', quote.pk)}proof/",
            "parts": [_span_in_text(text, start, end, *next(around)) for start, end in quote.spans],
        }
        for quote in quotes
    ]


def _span_in_text(text: str, start: int, end: int, first: int, last: int) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "prefix": text[first:start],
        "suffix": text[end:last],
    }
