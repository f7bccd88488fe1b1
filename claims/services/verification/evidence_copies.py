"""Copies of the pages that are cited as evidence: read once and kept, and checked for whether they are still there."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from claims import models
from claims.articles import Article, ArticleError, RawContent, read_content
from claims.articles.fetching import FetchedPage
from claims.models import Evidence, EvidenceCopy, Snapshot
from claims.services.ingestion.raw_contents import erase_unused
from claims.services.page_checks import check_due_pages, check_page
from claims.services.quotes.text_selection import CONTEXT_LENGTH

# Before each check; the first makes the copy.
PAUSES = [timedelta(), *(timedelta(days=days) for days in (7, 30, 90, 365))]
_EXCERPT = ("excerpt", "start", "end", "exact", "prefix", "suffix")
_MARKS = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
_ANY_MARK = {'"': '["“”„«»]', "'": "['‘’‚]"}


@transaction.atomic
def start_copies() -> None:
    """Have the pages of new evidence copied, and of evidence in drafts whose address was changed."""
    outdated = EvidenceCopy.objects.exclude(url=F("evidence__url"))
    contents = list(models.RawContent.objects.filter(evidence_copies__in=outdated).values_list("pk", flat=True))
    outdated.delete()
    erase_unused(contents)
    rows = Evidence.objects.exclude(url="").filter(copy=None).only("pk", "url")
    now = timezone.now()
    copies = [EvidenceCopy(evidence=row, url=row.url, next_check_at=now) for row in rows]
    EvidenceCopy.objects.bulk_create(copies, ignore_conflicts=True)
    anchor_excerpts(EvidenceCopy.objects.all())


def anchor_excerpts(copies: QuerySet[Any]) -> None:
    """Find the excerpts in the texts of their copies, where they were added or changed since they were looked for."""
    stale = copies.exclude(text="").exclude(excerpt=F("evidence__excerpt"))
    for copy in stale.select_related("evidence"):
        _anchor_excerpt(copy)
        copy.save(update_fields=_EXCERPT)


def check_due_copies() -> Iterator[EvidenceCopy]:
    """Make or check every copy that is due, each in its turn."""
    return check_due_pages(EvidenceCopy, check_copy)


def check_copy(pk: int) -> EvidenceCopy | None:
    """Copy the page of a piece of evidence, or check whether it is still there, if that is due."""
    return check_page(
        EvidenceCopy,
        pk,
        url=lambda copy: copy.url,
        pauses=PAUSES,
        prepare=_read,
        record=_store,
        obey_robots=False,  # an editor cites the page
    )


def find_excerpt(text: str, excerpt: str) -> tuple[int, int] | None:
    """Where an excerpt stands in a text: start and end (exclusive) in code points. None if it does not.

    White space and the form of quotation marks may differ.
    """
    words = [
        "".join(_ANY_MARK.get(sign, re.escape(sign)) for sign in word) for word in excerpt.translate(_MARKS).split()
    ]
    match = re.search(r"\s+".join(words), text) if words else None
    return match.span() if match else None


def _read(copy: EvidenceCopy, page: FetchedPage) -> tuple[models.RawContent, Article | None] | None:
    """The bytes of the page and what can be read of them; None for a page that is copied already."""
    if copy.raw_id is not None:
        return None
    content = RawContent(page.body, page.content_type)
    try:
        article = read_content(copy.url, content, limit=settings.FACTBASE_MAX_ARTICLE_BYTES)
    except ArticleError:
        return models.RawContent.of(content), None
    return models.RawContent.of(content), article


def _store(copy: EvidenceCopy, read: tuple[models.RawContent, Article | None] | None) -> None:
    if read is None or copy.raw_id is not None:
        return
    raw, article = read
    copy.raw, copy.retrieved_at = raw.get_or_save(), timezone.now()
    if article is not None:
        copy.text, copy.sha256, copy.title = article.text, Snapshot.digest(article.text), article.title
        _anchor_excerpt(copy)


def _anchor_excerpt(copy: EvidenceCopy) -> None:
    text, copy.excerpt = copy.text, copy.evidence.excerpt
    copy.start, copy.end = find_excerpt(text, copy.excerpt) or (None, None)
    copy.exact = text[copy.start : copy.end] if copy.end else ""
    copy.prefix = text[max(0, copy.start - CONTEXT_LENGTH) : copy.start] if copy.start else ""
    copy.suffix = text[copy.end : copy.end + CONTEXT_LENGTH] if copy.end else ""
