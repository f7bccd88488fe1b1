"""The start page's figures: what waits how long, what was decided, how claims stand, how often the extractor is right.

Each is exact, and read from an index. Where there are more than `SMALL` rows to count, it is kept for some minutes and
says when it was counted: a page must not read a million rows each time it is opened.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Case, CharField, Count, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from claims.admin.common.decision_date_filter import day_range_bounds
from claims.admin.common.filters import ConfidenceFilter, FoundByFilter
from claims.models import Claim, Quote, QuoteDecision, QuoteKind, Rating, Verification, VerificationState

MAX_ROWS_COUNTED_LIVE = 10_000
CACHE_SECONDS = 300  # seconds
METRICS_DAYS = 30

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure, and when it was counted if that was not just now."""

    value: Any
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueMetrics:
    """How many quotes wait, and since when: the one that waits longest, and the one in the middle."""

    length: int
    oldest: datetime | None
    median: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionMetrics:
    """Decisions of the last days by (day, decision); by what (kind or band), those on the extractor's quotes."""

    first: date
    last: date
    daily: Counter[tuple[date, str]]
    by_kind: Counter[tuple[str, str]]
    by_band: Counter[tuple[str, str]]


def recent_days() -> tuple[date, date]:
    """The first and the last day that is looked at, both included."""
    today = timezone.now().date()
    return today - timedelta(days=METRICS_DAYS - 1), today


def recently_decided_quotes() -> QuerySet[Quote]:
    """The quotes decided in that time; rows of the index `quote_decisions_by_day`."""
    start, end = day_range_bounds(*recent_days())
    return Quote.objects.filter(decided_at__gte=start, decided_at__lt=end)


def cached_metric(name: str, rows: int, count: Callable[[], T]) -> Metric:
    """The figure: counted now where that is quick (`rows` are to be looked at), else as it was some minutes ago."""
    if rows <= MAX_ROWS_COUNTED_LIVE:
        return Metric(count())
    kept: Metric | None = cache.get(f"figures.{name}")
    if kept is None:
        kept = Metric(count(), timezone.now())
        cache.set(f"figures.{name}", kept, CACHE_SECONDS)
    return kept


def measure_queue() -> QueueMetrics:
    """Quotes that wait; the index `quote_waiting_by_age` has them in this order."""
    waiting = Quote.objects.pending().order_by("created_at").values_list("created_at", flat=True)
    length = waiting.order_by().count()
    return QueueMetrics(length, waiting.first(), waiting[length // 2 : length // 2 + 1].first() if length else None)


def count_decisions() -> DecisionMetrics:
    """What was decided, in one pass over the index."""
    first, last = recent_days()
    bands = [
        When(confidence__gte=low, confidence__lt=high, then=Value(name))
        for name, (low, high) in ConfidenceFilter.BANDS.items()
    ]
    grouped = (
        recently_decided_quotes()
        .order_by()
        # Moments are kept in UTC, and begin with their day: cutting it off costs less than asking what day it is.
        .annotate(day=Substr(Cast("decided_at", CharField()), 1, 10), band=Case(*bands, output_field=CharField()))
        .values_list("day", "decision", "kind", "extractor", "band")
        .annotate(n=Count("*"))
    )
    daily: Counter[tuple[date, str]] = Counter()
    by_kind: Counter[tuple[str, str]] = Counter()
    by_band: Counter[tuple[str, str]] = Counter()
    for day, decision, kind, extractor, band, n in grouped:
        daily[date.fromisoformat(day), decision] += n
        if extractor != FoundByFilter.EDITOR:
            by_kind[kind, decision] += n
            by_band[band, decision] += n
    return DecisionMetrics(first, last, daily, by_kind, by_band)


def count_claims_by_status() -> list[tuple[str, str, int]]:
    """(status, its name, how many) in the order of the scale; what has no verdict first."""
    published = Verification.objects.filter(state=VerificationState.PUBLISHED).order_by()
    rated = dict(published.values_list("rating").annotate(n=Count("*")))
    submitted = Verification.objects.filter(state=VerificationState.SUBMITTED).order_by()
    rated_too = Exists(published.filter(claim=OuterRef("claim")))
    in_review = submitted.filter(~rated_too).values("claim").distinct().count()
    unreviewed = Claim.objects.order_by().count() - in_review - sum(rated.values())
    ratings = [(rating.slug, rating.name, rated.get(rating.pk, 0)) for rating in Rating.objects.all()]
    return [(Claim.UNREVIEWED, "Unreviewed", unreviewed), (Claim.IN_REVIEW, "In review", in_review), *ratings]


def acceptance_counts(found: Counter[tuple[str, str]], what: str) -> tuple[int, int]:
    """How many were accepted, and how many decided."""
    accepted = found[what, QuoteDecision.ACCEPTED]
    return accepted, accepted + found[what, QuoteDecision.REJECTED]


QUOTE_KINDS = [(str(kind.value), str(kind.label)) for kind in QuoteKind]
