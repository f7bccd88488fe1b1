"""The versions of a source's text: their quotes in context or in the whole text, and what changed between them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, F, TextField, Value, When

from claims.models import Snapshot
from claims.pages.common.rows import APIRow
from claims.pages.sources.highlighting import Run, quote_in_context, split_paragraphs
from claims.resources.permalinks import snapshot_url
from claims.services.quotes.proof import context_spans
from claims.services.sources.text_diff import TextChange, diff_texts

MAX_VERSIONS = 20
MAX_SHOWN_TEXT = 60_000  # code points
MAX_SHOWN_CHANGES = 30


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    quote: APIRow
    runs: list[Run]


@dataclass(slots=True)
class Version:
    """A version of the text.

    Only of one that has public quotes, readers see more than when it was retrieved: its `sha256` is empty otherwise.
    `paragraphs` are those of the whole text, up to `shown_length`; of a text that is not shown as a whole, and of what
    is behind that, there are the quotes alone. `changes` are those since the version before, as far as they are shown.
    `missing` are the quotes of earlier versions whose words are not in this one, or at several places.
    """

    retrieved_at: dt.datetime
    sha256: str = ""
    url: str = ""
    length: int = 0
    shown_length: int = 0
    quotes: list[APIRow] = field(default_factory=list)
    paragraphs: list[list[Run]] = field(default_factory=list)
    in_context: list[QuoteInContext] = field(default_factory=list)
    is_change: bool = False
    changes: Sequence[TextChange] = ()
    change_count: int = 0
    missing: list[APIRow] = field(default_factory=list)


def read_versions(source: APIRow, quotes: Sequence[APIRow]) -> list[Version]:
    """Reads the versions of a source's text, the newest first: the public ones, and when it changed after these."""
    public = {snapshot["sha256"] for snapshot in source["snapshots"]}
    if not public:
        return []
    text = Case(When(sha256__in=public, then=F("text")), default=Value(""), output_field=TextField())
    snapshots = Snapshot.objects.filter(source=source["id"]).order_by("-retrieved_at", "-id")
    rows = list(snapshots.values_list("sha256", "retrieved_at", text)[:MAX_VERSIONS])[::-1]
    quotes_by_sha256 = defaultdict(list)
    for quote in quotes:
        quotes_by_sha256[quote["snapshot_sha256"]].append(quote)
    counts = [(len(quotes_by_sha256[sha256]), index) for index, (sha256, _, text) in enumerate(rows) if text]
    whole = max(counts, default=(0, -1))[1] if settings.FACTBASE_PUBLISH_TEXTS else -1
    versions: list[Version] = []
    previous_text = ""
    for index, (sha256, retrieved_at, text) in enumerate(rows):
        if not (text or versions):
            continue  # nothing before it is public
        version = Version(retrieved_at, is_change=bool(versions))
        version.missing = [quote for quote in quotes if sha256 in quote["missing_from"]]
        if text:
            version.sha256, version.url = sha256, snapshot_url(source["id"], sha256)
            version.length, version.quotes = len(text), quotes_by_sha256[sha256]
            _show_quotes(version, text, is_whole=index == whole)
            if settings.FACTBASE_PUBLISH_TEXTS and previous_text:
                changes = diff_texts(previous_text, text)
                version.changes, version.change_count = changes[:MAX_SHOWN_CHANGES], len(changes)
            previous_text = text
        versions.append(version)
    return versions[::-1]


def _show_quotes(version: Version, text: str, *, is_whole: bool) -> None:
    if is_whole:
        version.shown_length = len(text) if len(text) <= MAX_SHOWN_TEXT else _paragraph_end(text)
        quotes = [quote for quote in version.quotes if quote["start"] < version.shown_length]
        version.paragraphs = list(split_paragraphs(text[: version.shown_length], quotes))
    version.in_context = list(_quotes_in_context(text, version.quotes, shown_up_to=version.shown_length))


def _paragraph_end(text: str) -> int:
    return text.rfind("\n", 1, MAX_SHOWN_TEXT) + 1 or MAX_SHOWN_TEXT


def _quotes_in_context(text: str, quotes: Sequence[APIRow], *, shown_up_to: int) -> Iterator[QuoteInContext]:
    contexts = iter(context_spans(text, [(start, end) for quote in quotes for start, end in quote["spans"]]))
    for quote in quotes:
        contexts_of_quote = [next(contexts) for _ in quote["spans"]]
        if quote["start"] >= shown_up_to:
            yield QuoteInContext(quote, quote_in_context(text, quote, contexts_of_quote))
