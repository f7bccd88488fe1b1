"""Watches sources whose quotes were accepted: their pages are read again after an hour, a day, a week and a month.

A changed text becomes another snapshot, by a delivery; the quotes are carried over and editors are told, as for any
other article that is read again.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.articles import RawContent
from claims.articles.fetching import FetchedPage
from claims.models import DeliveryOrigin, Quote, QuoteDecision, Source, SourceKind, Watch
from claims.services.ingestion.deliveries import request_delivery
from claims.services.page_checks import check_due_pages, check_page

PAUSES = [timedelta(hours=1), timedelta(days=1), timedelta(days=6), timedelta(days=23)]  # before each check
ACCEPTED_WITHIN = timedelta(days=2)  # what was accepted earlier is watched already, or was when nothing was watched


@transaction.atomic
def start_watches() -> int:
    """Watch the sources of newly accepted quotes. Returns how many were not watched yet."""
    now = timezone.now()
    accepted = Quote.objects.filter(decided_at__gte=now - ACCEPTED_WITHIN, decision=QuoteDecision.ACCEPTED)
    sources = (
        Source.objects.filter(pk__in=accepted.values("snapshot__source"), kind=SourceKind.ARTICLE, merged_into=None)
        .exclude(page_key="")
        .filter(~Exists(Watch.objects.filter(source=OuterRef("pk"))))
    )
    watches = [Watch(source=source, next_check_at=now + PAUSES[0]) for source in sources.only("pk")]
    return len(Watch.objects.bulk_create(watches, ignore_conflicts=True))


def check_due_sources() -> Iterator[Watch]:
    """Read again the page of every source that is due, each in its turn."""
    return check_due_pages(Watch, check_source)


def check_source(pk: int) -> Watch | None:
    """Read the page of a watched source again, if that is due."""
    return check_page(
        Watch,
        pk,
        url=lambda watch: watch.source.url,
        pauses=PAUSES,
        prepare=lambda _, page: page,
        record=_request_text,
        obey_robots=True,
    )


def _request_text(watch: Watch, page: FetchedPage) -> None:
    request_delivery(
        url=watch.source.url,
        content=RawContent(page.body, page.content_type),
        metadata={"url": watch.source.url},  # whatever the page calls itself by now
        origin=DeliveryOrigin.WATCH,
    )
