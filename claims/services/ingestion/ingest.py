"""The product's story: an article goes in, its attributed quotes come out and wait for an editor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.articles import Article, ArticleError
from claims.extraction import Document, Quotation, extract, extract_ahead
from claims.models import Snapshot, Source
from claims.services.claims import claim_proposals
from claims.services.history import audit
from claims.services.ingestion.quote_factory import (
    REASON_EXTRACTED,
    build_quote,
    build_speaker_directory,
    filter_new_quotations,
    filter_statements,
)
from claims.services.locks import lock_speakers
from claims.services.sources.anchors import carry_over_quotes


class IngestOutcome(StrEnum):
    """What became of an article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The article as it is stored, and how many quotes were added for it."""

    outcome: IngestOutcome
    source: Source
    snapshot: Snapshot
    quotes: int


def ingest(*, article: Article, editor: User | None = None) -> IngestResult:
    """Store an article and its quotes, all or nothing; the same article again adds nothing.

    An article is the same source by its address, or where it has none by its text. A known source with another text
    gets a second snapshot: its earlier quotes are anchored in it, and only what is new is added: other words, or the
    same ones ascribed to somebody else.

    Raises ArticleError for metadata that cannot be stored (a title that is too long, no language tag).
    """
    sha256 = Snapshot.digest(article.text)
    # Read before the transaction, which others wait for.
    return _find_stored(article, sha256) or _store_article(
        article, sha256, extract(Document.from_text(article.text)), editor
    )


def ingest_all(
    *, articles: Iterable[Article | ArticleError], editor: User | None = None
) -> Iterator[tuple[str, IngestResult | ArticleError]]:
    """Store articles one by one, as `ingest` does: the name of each and what became of it, in order.

    While one is stored, the next are read on the machine's other cores. What was refused before is handed through.
    """

    def unread() -> Iterator[tuple[Article | ArticleError, str | None]]:
        for article in articles:
            if isinstance(article, ArticleError) or _find_stored(article, Snapshot.digest(article.text)):
                yield article, None
            else:
                yield article, article.text

    for article, quotations in extract_ahead(unread()):
        if isinstance(article, ArticleError):
            yield article.name, article
            continue
        try:
            if quotations is None:
                yield article.name, ingest(article=article, editor=editor)
            else:
                yield article.name, _store_article(article, Snapshot.digest(article.text), quotations, editor)
        except ArticleError as error:
            yield article.name, error


@transaction.atomic
def _store_article(article: Article, sha256: str, quotations: list[Quotation], editor: User | None) -> IngestResult:
    lock_speakers()
    if known := _find_stored(article, sha256):
        return known
    source, outcome = _get_or_create_source(article, editor)
    snapshot = Snapshot.objects.create(
        source=source,
        text=article.text,
        sha256=sha256,
        reader=article.reader,
        reader_version=article.reader_version,
    )
    anchors = carry_over_quotes(snapshot) if outcome is IngestOutcome.CHANGED else []
    new = filter_new_quotations(filter_statements(quotations), anchors, article.text)
    directory = build_speaker_directory(new, editor=editor)
    quotes = [build_quote(quotation, snapshot, directory) for quotation in new]
    claim_proposals.propose_claims(quotes, editor=editor)
    audit.create(quotes, user=editor, reason=REASON_EXTRACTED)
    directory.suggest_merges()
    return IngestResult(outcome, source, snapshot, len(quotes))


def _find_stored(article: Article, sha256: str) -> IngestResult | None:
    """The article as it is stored already, if it is."""
    same = Snapshot.objects.filter(sha256=sha256).select_related("source")
    if article.url:
        same = same.filter(source__url=article.url)
    elif article.publisher:
        same = same.filter(source__publisher=article.publisher)
    snapshot = same.order_by("pk").first()
    return IngestResult(IngestOutcome.UNCHANGED, snapshot.source, snapshot, 0) if snapshot else None


def _get_or_create_source(article: Article, editor: User | None) -> tuple[Source, IngestOutcome]:
    """The article's source, new unless its address is known. What is stored of a known one stays as editors left it."""
    if article.url and (known := Source.objects.filter(url=article.url).first()):
        return known, IngestOutcome.CHANGED
    if article.language and article.language == article.translated_from:
        raise ArticleError(article.name, f"translated_from: the text is in {article.language} itself; leave one out")
    source = Source(
        publisher=article.publisher,
        title=article.title,
        authors="; ".join(article.authors),
        url=article.url,
        published_on=article.published,
        language=article.language,
        translated_from=article.translated_from,
        translator=article.translator,
    )
    try:
        source.clean_fields()
    except ValidationError as error:
        problems = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise ArticleError(article.name, problems) from error
    created: Source = audit.create([source], user=editor, reason=f"read from {article.name}")[0]
    return created, IngestOutcome.NEW
