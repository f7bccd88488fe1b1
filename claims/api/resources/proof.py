"""How anybody can verify a quote: the quote's proof, and the text that contains it."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.query.updated_since import raise_if_gone
from claims.api.resources.base import StrictView
from claims.export.timestamps import format_timestamp
from claims.models import Quote, ResourceKind, Snapshot, Source
from claims.resources.fields import SpansField
from claims.resources.permalinks import permalink, snapshot_url
from claims.services.quotes.proof import check_proof, context_spans

OFFSET_UNIT = "Unicode code points of the text, end exclusive"
VERIFICATION_RECIPE = (
    "Get the text of the snapshot: from its `url` if that includes the `text`, else from the publication.",
    "Encode it as UTF-8, without a byte order mark and with its line ends unchanged: its SHA-256 must be `sha256`.",
    "Take the characters of each span (in Python text[start:end]) and join them by one space: this must be `exact`.",
    "Encode `exact` as UTF-8: the SHA-256 must be `exact_sha256`.",
    "The text just before the first span must end in `prefix`; the text just after the last must begin with `suffix`.",
)


class SnapshotOfQuote(serializers.Serializer[Any]):
    """The text that contains a quote."""

    url = serializers.URLField()
    sha256 = serializers.CharField()
    retrieved_at = serializers.DateTimeField()
    source = serializers.URLField()  # type: ignore[assignment]  # a field, not the option


class ChecksSerializer(serializers.Serializer[Any]):
    """The results of checking the quote, at this request."""

    text_has_its_sha256 = serializers.BooleanField()
    words_are_at_the_spans = serializers.BooleanField()
    surroundings_are_beside_them = serializers.BooleanField()


class ProofSerializer(serializers.Serializer[Any]):
    """Whether the text contains the quote where it says, checked at this request, and how to check it yourself."""

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
    """A part of a quote in the text, with its context."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()


class QuoteInTextSerializer(serializers.Serializer[Any]):
    """A quote in the text."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    proof = serializers.URLField()
    parts = PartSerializer(many=True)


class TextPositionSerializer(serializers.Serializer[Any]):
    """Where a part of the text, up to the next, stands in a PDF or a recording."""

    start = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, not the option


class QuotedTextSerializer(serializers.Serializer[Any]):
    """A version of a source's text, with the context of its public quotes.

    `text` is the whole text; null if this site does not publish texts.
    """

    url = serializers.URLField()
    source = serializers.URLField()  # type: ignore[assignment]  # a field, not the option
    sha256 = serializers.CharField()
    holds = serializers.BooleanField(help_text="Whether the stored text has this SHA-256, checked at this request.")
    length = serializers.IntegerField(help_text="In Unicode code points.")
    retrieved_at = serializers.DateTimeField()
    reader = serializers.CharField()
    reader_version = serializers.CharField()
    unit = serializers.CharField()
    text = serializers.CharField(allow_null=True)
    positions = TextPositionSerializer(
        many=True, help_text="Where its parts stand in a PDF (`p. 3`) or a recording (`00:12:31`). Empty for others."
    )
    quotes = QuoteInTextSerializer(many=True)


class ProofView(StrictView):
    @extend_schema(responses=ProofSerializer, operation_id="quotes_proof", tags=["quotes"])
    def get(self, _: Request, pk: int) -> Response:
        """The proof of a quote: whether the text contains it where it says, and how to check it yourself."""
        quote = Quote.objects.released().select_related("snapshot").filter(pk=pk).first()
        if quote is None:
            raise_if_gone(ResourceKind.QUOTES, pk)
            raise NotFound
        snapshot, checks = quote.snapshot, check_proof(quote)
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
                "holds": checks.all_hold,
                "checks": asdict(checks),
                "recipe": VERIFICATION_RECIPE,
            }
        )


class SnapshotView(StrictView):
    @extend_schema(responses=QuotedTextSerializer, operation_id="sources_snapshot", tags=["sources"])
    def get(self, _: Request, pk: str, sha256: str) -> Response:
        """A version of a source's text, by its SHA-256, with the context of its public quotes.

        The context is at most 100 characters on each side of a quote, and at most a tenth of the text in total. The
        whole text is included only if the operator may publish it and has enabled that (`FACTBASE_PUBLISH_TEXTS`).
        """
        released = Source.objects.released().filter(pk=pk)
        snapshot = Snapshot.objects.filter(source__in=released.values("pk"), sha256=sha256).first()
        quotes = list(Quote.objects.released().filter(snapshot=snapshot).order_by("start", "id")) if snapshot else []
        if snapshot is None or not quotes:
            raise_if_gone(ResourceKind.SOURCES, int(pk))
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
                "positions": [{"start": start, "label": label} for start, label in snapshot.positions],
                "quotes": _quotes_in_text(snapshot.text, quotes),
            }
        )


def _quotes_in_text(text: str, quotes: list[Quote]) -> list[dict[str, object]]:
    spans = [(start, end) for quote in quotes for start, end in quote.spans]
    contexts = iter(context_spans(text, spans))
    return [
        {
            "id": quote.pk,
            "url": permalink("quotes", quote.pk),
            "proof": f"{permalink('quotes', quote.pk)}proof/",
            "parts": [_span_in_text(text, start, end, *next(contexts)) for start, end in quote.spans],
        }
        for quote in quotes
    ]


def _span_in_text(text: str, start: int, end: int, context_start: int, context_end: int) -> dict[str, object]:
    return {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "prefix": text[context_start:start],
        "suffix": text[end:context_end],
    }
