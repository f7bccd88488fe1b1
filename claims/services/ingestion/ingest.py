"""Ingests articles: stores their texts and the quotes extracted from them, for editors to review."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.articles import Article, ArticleError, suggest_title
from claims.extraction import (
    Document,
    Quotation,
    detect_language,
    extract,
    extract_ahead,
    is_language_read,
    primary_subtag,
)
from claims.models import HistoryCause, LanguageOrigin, NoticeKind, QuoteDecision, RawContent, Snapshot, Source
from claims.services.claims import claim_proposals
from claims.services.history import audit
from claims.services.ingestion.quote_factory import (
    build_quote,
    build_speaker_directory,
    filter_new_quotations,
    is_statement,
)
from claims.services.locks import lock_speakers
from claims.services.people.accounts import users_with_permission
from claims.services.people.notices import notify
from claims.services.sources.anchors import carry_over_quotes
from claims.services.sources.near_duplicates import ComparedText, compare_with_stored, relate_text
from claims.services.sources.translation_suggestions import suggest_translation


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

    @property
    def is_language_unread(self) -> bool:
        """Whether no quotes were extracted because extraction does not read the language."""
        return is_language_read(self.source.language) is False


@dataclass(frozen=True, slots=True)
class TextLanguage:
    """The language of a text as stated and as detected; empty where unknown."""

    stated: str
    detected: str

    @property
    def tag(self) -> str:
        return self.stated or self.detected

    def source_fields(self) -> dict[str, str]:
        origin = LanguageOrigin.STATED if self.stated else LanguageOrigin.DETECTED if self.detected else ""
        return {"language": self.tag, "language_origin": origin, "detected_language": self.detected}


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article with what was found in its text, to be stored."""

    article: Article
    sha256: str
    language: TextLanguage
    quotations: list[Quotation]
    compared: ComparedText
    raw: RawContent | None  # not saved yet


def ingest(*, article: Article, editor: User | None = None) -> IngestResult:
    """Store an article and its quotes in one transaction. Ingesting it again adds nothing.

    Articles are one source if their URLs lead to one page or, without a URL, if they have the same text. A known source
    with another text gets another snapshot: the earlier quotes are anchored in it, and only new quotes are added (other
    words, or the same words attributed to another speaker). No quotes are extracted from a text in a language that
    extraction does not read: the one stated or, without that, the one detected.

    Raises ArticleError for invalid metadata, such as a title that is too long.
    """
    prepared = prepare_article(article)
    return prepared if isinstance(prepared, IngestResult) else store_article(prepared, editor=editor)


def prepare_article(article: Article) -> PreparedArticle | IngestResult:
    """The first half of `ingest`: what is slow and needs no transaction. Returns the result if all is stored."""
    sha256 = Snapshot.digest(article.text)
    if stored := _find_stored(article, sha256):
        return stored
    language = _identify_language(article)
    quotations = extract(Document.from_text(article.text), language=language.tag)
    return PreparedArticle(
        article, sha256, language, quotations, compare_with_stored(article.text), _compress_raw(article)
    )


def ingest_all(
    *, articles: Iterable[Article | ArticleError], editor: User | None = None
) -> Iterator[tuple[str, IngestResult | ArticleError]]:
    """Ingest articles one by one; yields the name and the result of each, in order.

    While one is stored, the quotes of the next are extracted on other cores. Errors among the articles are passed on.
    """

    def texts_to_extract() -> Iterator[tuple[tuple[Article | ArticleError, TextLanguage | None], str | None, str]]:
        for article in articles:
            if isinstance(article, ArticleError) or _find_stored(article, Snapshot.digest(article.text)):
                yield (article, None), None, ""
            else:
                language = _identify_language(article)
                yield (article, language), article.text, language.tag

    for (article, language), quotations in extract_ahead(texts_to_extract()):
        if isinstance(article, ArticleError):
            yield article.name, article
            continue
        try:
            if language is None:
                yield article.name, ingest(article=article, editor=editor)
            else:
                sha256, raw = Snapshot.digest(article.text), _compress_raw(article)
                compared = compare_with_stored(article.text)
                prepared = PreparedArticle(article, sha256, language, quotations or [], compared, raw)
                yield article.name, store_article(prepared, editor=editor)
        except ArticleError as error:
            yield article.name, error


@transaction.atomic
def store_article(prepared: PreparedArticle, *, editor: User | None = None) -> IngestResult:
    """The second half of `ingest`: stores the article and its quotes."""
    article = prepared.article
    lock_speakers()
    if stored := _find_stored(article, prepared.sha256):  # by another process, in the meantime
        return stored
    source, outcome = _get_or_create_source(article, prepared.language, editor)
    snapshot = Snapshot.objects.create(
        source=source,
        text=article.text,
        sha256=prepared.sha256,
        reader=article.reader,
        reader_version=article.reader_version,
        positions=[[position.start, position.label] for position in article.positions],
        raw=prepared.raw and prepared.raw.get_or_save(),
    )
    relate_text(snapshot=snapshot, compared=prepared.compared, editor=editor)
    anchors = carry_over_quotes(snapshot) if outcome is IngestOutcome.CHANGED else []
    new = filter_new_quotations(list(filter(is_statement, prepared.quotations)), anchors, article.text)
    directory = build_speaker_directory(new, editor=editor)
    quotes = [build_quote(quotation, snapshot, directory) for quotation in new]
    claim_proposals.propose_claims(quotes, editor=editor)
    audit.create(quotes, user=editor, cause=HistoryCause.EXTRACTED)
    directory.suggest_merges()
    suggest_translation(snapshot=snapshot, editor=editor)
    if any(anchor.spans is None and anchor.quote.decision != QuoteDecision.REJECTED for anchor in anchors):
        editors = users_with_permission("claims.decide_quote")
        notify(kind=NoticeKind.SOURCE_CHANGED, about=[source], to=editors, by=editor)
    return IngestResult(outcome, source, snapshot, len(quotes))


def _compress_raw(article: Article) -> RawContent | None:
    """What the article was read from, compressed to be stored."""
    return RawContent.of(article.raw) if article.raw else None


def _find_stored(article: Article, sha256: str) -> IngestResult | None:
    """The result for an article that is stored already, if it is."""
    matches = Snapshot.objects.filter(sha256=sha256).select_related("source")
    if article.url:
        matches = matches.filter(source__in=Source.objects.at_page(article.url))
    elif article.publisher:
        matches = matches.filter(source__publisher=article.publisher)
    snapshot = matches.order_by("pk").first()
    return IngestResult(IngestOutcome.UNCHANGED, snapshot.source, snapshot, 0) if snapshot else None


def _identify_language(article: Article) -> TextLanguage:
    """The language of the text. What an editor stated of the source counts more than what the article states."""
    stated = Source.objects.at_page(article.url).filter(language_origin=LanguageOrigin.STATED)
    known = stated.values_list("language", flat=True).first()
    return TextLanguage(known or article.language, detect_language(article.text))


def _get_or_create_source(
    article: Article, language: TextLanguage, editor: User | None
) -> tuple[Source, IngestOutcome]:
    """The source of the article's page, or a new one. Of a known source, only an unknown language is stored.

    The warnings are always those of the newest text.
    """
    warnings = [asdict(warning) for warning in article.warnings]
    if existing := Source.objects.at_page(article.url).first():
        if not existing.language and language.tag and language.tag != existing.translated_from:
            for name, value in language.source_fields().items():
                setattr(existing, name, value)
            audit.update([existing], list(language.source_fields()), user=editor, reason="language of the new version")
        existing.warnings = warnings
        Source.objects.filter(pk=existing.pk).update(warnings=warnings)
        return existing, IngestOutcome.CHANGED
    if article.language and article.language == article.translated_from:
        raise ArticleError(
            article.name, f"translated_from: the same as the language, {article.language}; leave one out"
        )
    if article.translated_from and language.tag == primary_subtag(article.translated_from):
        raise ArticleError(
            article.name, f"translated_from: the text itself seems to be in {language.tag}; state its language"
        )
    source = Source(
        publisher=article.publisher,
        title=article.title or suggest_title(article.text),
        authors="; ".join(article.authors),
        url=article.url,
        given_url=article.given_url,
        published_on=article.published,
        published_at=article.published_at,
        suggested_published_on=article.suggested_published,
        warnings=warnings,
        **language.source_fields(),
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
