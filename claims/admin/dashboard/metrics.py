"""Metrics of the dashboard: length and age of the queue, decisions, claims by status, accuracy of the extractor.

All are exact and read from an index. With more than `MAX_ROWS_COUNTED_LIVE` rows to count, a result is cached for
`CACHE_SECONDS` and displayed with its time.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.cache import caches
from django.db.models import Case, CharField, Count, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from claims.admin.common.decision_date_filter import day_range_bounds
from claims.admin.common.filters import ConfidenceFilter, FoundByFilter
from claims.models import Claim, Quote, QuoteDecision, QuoteKind, Rating, Verification, VerificationState

MAX_ROWS_COUNTED_LIVE = 10_000
CACHE_SECONDS = 300
METRICS_DAYS = 30
QUOTE_KINDS = [(str(kind.value), str(kind.label)) for kind in QuoteKind]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Metric:
    """A result, and the time at which it was counted unless that was just now."""

    value: Any
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueMetrics:
    """The number of pending quotes, and when the oldest and the median one were created."""

    length: int
    oldest: datetime | None
    median: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionMetrics:
    """Decisions of the last days by (day, decision); those on extracted quotes also by (kind or band, decision)."""

    first: date
    last: date
    daily: Counter[tuple[date, str]]
    by_kind: Counter[tuple[str, str]]
    by_band: Counter[tuple[str, str]]


def recent_days() -> tuple[date, date]:
    """The first and last day of the metrics, both included."""
    today = timezone.now().date()
    return today - timedelta(days=METRICS_DAYS - 1), today


def recently_decided_quotes() -> QuerySet[Quote]:
    """The quotes decided in this period, read from the index `quote_decisions_by_day`."""
    start, end = day_range_bounds(*recent_days())
    return Quote.objects.filter(decided_at__gte=start, decided_at__lt=end)


def cached_metric(name: str, row_count: int, measure: Callable[[], T]) -> Metric:
    """Measures now if there are few rows to count, and otherwise at most every `CACHE_SECONDS`."""
    if row_count <= MAX_ROWS_COUNTED_LIVE:
        return Metric(measure())
    metric: Metric | None = caches["process"].get(f"dashboard.{name}")
    if metric is None:
        metric = Metric(measure(), timezone.now())
        caches["process"].set(f"dashboard.{name}", metric, CACHE_SECONDS)
    return metric


def measure_queue() -> QueueMetrics:
    """Pending quotes by age, which is the order of the index `quote_waiting_by_age`."""
    created = Quote.objects.pending().order_by("created_at").values_list("created_at", flat=True)
    length = created.order_by().count()
    median = created[length // 2 : length // 2 + 1].first() if length else None
    return QueueMetrics(length, created.first(), median)


def count_decisions() -> DecisionMetrics:
    """Counts all decisions in one pass over the index."""
    first, last = recent_days()
    bands = [
        When(confidence__gte=lower, confidence__lt=upper, then=Value(name))
        for name, (lower, upper) in ConfidenceFilter.BANDS.items()
    ]
    groups = (
        recently_decided_quotes()
        .order_by()
        # Times are stored in UTC and their text starts with the day: taking a substring is cheaper than TruncDate.
        .annotate(day=Substr(Cast("decided_at", CharField()), 1, 10), band=Case(*bands, output_field=CharField()))
        .values_list("day", "decision", "kind", "extractor", "band")
        .annotate(n=Count("*"))
    )
    daily: Counter[tuple[date, str]] = Counter()
    by_kind: Counter[tuple[str, str]] = Counter()
    by_band: Counter[tuple[str, str]] = Counter()
    for day, decision, kind, extractor, band, count in groups:
        daily[date.fromisoformat(day), decision] += count
        if extractor != FoundByFilter.EDITOR:
            by_kind[kind, decision] += count
            by_band[band, decision] += count
    return DecisionMetrics(first, last, daily, by_kind, by_band)


def count_claims_by_status() -> list[tuple[str, str, int]]:
    """(status, label, count) in the order of the scale, after the statuses without a verdict; without proposals."""
    published = Verification.objects.filter(state=VerificationState.PUBLISHED).order_by()
    counts = dict(published.values_list("rating").annotate(n=Count("*")))
    submitted = Verification.objects.filter(state=VerificationState.SUBMITTED).order_by()
    has_verdict = Exists(published.filter(claim=OuterRef("claim")))
    in_review = submitted.filter(~has_verdict).values("claim").distinct().count()
    unreviewed = Claim.objects.confirmed().order_by().count() - in_review - sum(counts.values())
    ratings = [(rating.slug, rating.name, counts.get(rating.pk, 0)) for rating in Rating.objects.all()]
    return [(Claim.UNREVIEWED, "Unreviewed", unreviewed), (Claim.IN_REVIEW, "In review", in_review), *ratings]


def acceptance_counts(counts: Counter[tuple[str, str]], group: str) -> tuple[int, int]:
    """The number of accepted and of decided quotes in a group."""
    accepted = counts[group, QuoteDecision.ACCEPTED]
    return accepted, accepted + counts[group, QuoteDecision.REJECTED]
