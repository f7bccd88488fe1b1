"""Ingests articles: stores their texts and the quotes extracted from them, for editors to review."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.articles import Article, ArticleError
from claims.extraction import Document, Quotation, extract, extract_ahead
from claims.models import HistoryCause, Snapshot, Source
from claims.services.claims import claim_proposals
from claims.services.history import audit
from claims.services.ingestion.quote_factory import (
    build_quote,
    build_speaker_directory,
    filter_new_quotations,
    is_statement,
)
from claims.services.locks import lock_speakers
from claims.services.sources.anchors import carry_over_quotes


class IngestOutcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The article as stored, and the number of quotes added."""

    outcome: IngestOutcome
    source: Source
    snapshot: Snapshot
    quotes: int


def ingest(*, article: Article, editor: User | None = None) -> IngestResult:
    """Store an article and its quotes in one transaction. Ingesting it again adds nothing.

    Articles are one source if they have the same URL or, without one, the same text. A known source with another text
    gets another snapshot: the earlier quotes are anchored in it, and only new quotes are added (other words, or the
    same words attributed to another speaker).

    Raises ArticleError for invalid metadata, such as a title that is too long.
    """
    sha256 = Snapshot.digest(article.text)
    # Extraction is slow: it runs before the transaction that others wait for.
    return _find_stored(article, sha256) or _store_article(
        article, sha256, extract(Document.from_text(article.text)), editor
    )


def ingest_all(
    *, articles: Iterable[Article | ArticleError], editor: User | None = None
) -> Iterator[tuple[str, IngestResult | ArticleError]]:
    """Ingest articles one by one; yields the name and the result of each, in order.

    While one is stored, the quotes of the next are extracted on other cores. Errors among the articles are passed on.
    """

    def texts_to_extract() -> Iterator[tuple[Article | ArticleError, str | None]]:
        for article in articles:
            if isinstance(article, ArticleError) or _find_stored(article, Snapshot.digest(article.text)):
                yield article, None
            else:
                yield article, article.text

    for article, quotations in extract_ahead(texts_to_extract()):
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
    if stored := _find_stored(article, sha256):  # by another process, in the meantime
        return stored
    source, outcome = _get_or_create_source(article, editor)
    snapshot = Snapshot.objects.create(
        source=source,
        text=article.text,
        sha256=sha256,
        reader=article.reader,
        reader_version=article.reader_version,
    )
    anchors = carry_over_quotes(snapshot) if outcome is IngestOutcome.CHANGED else []
    new = filter_new_quotations(list(filter(is_statement, quotations)), anchors, article.text)
    directory = build_speaker_directory(new, editor=editor)
    quotes = [build_quote(quotation, snapshot, directory) for quotation in new]
    claim_proposals.propose_claims(quotes, editor=editor)
    audit.create(quotes, user=editor, cause=HistoryCause.EXTRACTED)
    directory.suggest_merges()
    return IngestResult(outcome, source, snapshot, len(quotes))


def _find_stored(article: Article, sha256: str) -> IngestResult | None:
    """The result for an article that is stored already, if it is."""
    matches = Snapshot.objects.filter(sha256=sha256).select_related("source")
    if article.url:
        matches = matches.filter(source__url=article.url)
    elif article.publisher:
        matches = matches.filter(source__publisher=article.publisher)
    snapshot = matches.order_by("pk").first()
    return IngestResult(IngestOutcome.UNCHANGED, snapshot.source, snapshot, 0) if snapshot else None


def _get_or_create_source(article: Article, editor: User | None) -> tuple[Source, IngestOutcome]:
    """The source with the article's URL, unchanged, or a new one."""
    if article.url and (existing := Source.objects.filter(url=article.url).first()):
        return existing, IngestOutcome.CHANGED
    if article.language and article.language == article.translated_from:
        raise ArticleError(
            article.name, f"translated_from: the same as the language, {article.language}; leave one out"
        )
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
    (created,) = audit.create([source], user=editor, reason=f"read from {article.name}")
    return created, IngestOutcome.NEW
