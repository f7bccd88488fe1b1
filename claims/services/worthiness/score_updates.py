"""Keeps the scores of stored quotes up to date: by the worker once a minute, or by `score_quotes`."""

import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import CombinedExpression

from claims.models import Quote, QuoteDecision, Verification, VerificationState, WeightSet
from claims.services.repeated_update import RepeatedUpdate
from claims.services.worthiness.quote_scores import score_quotes
from claims.services.worthiness.weight_sets import current_weights, weights_of
from claims.worthiness import Feature, Weights

READ_FIELDS = ("exact", "kind", "role", "mention", "mention_kind")
QUOTES_READ_AT_ONCE = 500  # a millisecond each
QUOTES_WEIGHED_AT_ONCE = 10_000
SECONDS_IN_A_REQUEST = 2  # the worker does the rest


class ScoreUpdater(RepeatedUpdate):
    """Updates the scores of quotes. What other rows tell of quotes is read of those that have changed."""

    def update(self, changed_since: datetime | None) -> Iterator[int]:
        yield from weigh_again()
        yield from read_unread()
        yield from update_context(changed_since=changed_since)


def read_unread() -> Iterator[int]:
    """Reads the features of quotes that have none: of an earlier version, or restored, or loaded in bulk."""
    unread = Quote.objects.filter(worth_features=None).order_by("pk")
    while quotes := list(unread.only(*READ_FIELDS, "worth_features")[:QUOTES_READ_AT_ONCE]):
        # Not in the transaction: on SQLite nobody else could write meanwhile.
        score_quotes(quotes)
        with transaction.atomic():
            locked = unread.select_for_update().filter(pk__in=[quote.pk for quote in quotes])
            unchanged = set(locked.values_list("pk", *READ_FIELDS))
            scored = [quote for quote in quotes if (quote.pk, *map(partial(getattr, quote), READ_FIELDS)) in unchanged]
            weights = current_weights()  # they may have changed meanwhile
            for quote in scored:
                quote.worth_points = weights.points_of(Feature(quote.worth_features or 0))
            Quote.objects.bulk_update(scored, ["worth_features", "worth_points"])
        yield len(quotes)


def weigh_again() -> Iterator[int]:
    """Weighs all quotes again after a change of the weights, the newest first; goes on where it was broken off."""
    row = WeightSet.objects.adopted().first()
    if row is None:
        return
    points = _points_expression(weights_of(row))
    upper = row.scored_down_to
    while upper != 0:
        lower = _lower_end(upper)
        rows = Quote.objects.filter(pk__gte=lower, worth_features__isnull=False)
        count = (rows if upper is None else rows.filter(pk__lt=upper)).update(worth_points=points)
        WeightSet.objects.filter(pk=row.pk).update(scored_down_to=lower)
        upper = lower
        yield count


def weigh_for_a_while() -> bool:
    """Weighs again what a request has time for, the newest quotes first; returns whether that was all."""
    started = time.monotonic()
    return all(time.monotonic() < started + SECONDS_IN_A_REQUEST for _ in weigh_again())


def update_context(*, changed_since: datetime | None = None) -> Iterator[int]:
    """Updates which pending quotes are repeated, and which claims are checked already.

    Decided quotes keep what was true of them in the queue. `changed_since` limits it to claims and verifications that
    were changed since.
    """
    quotes = Quote.objects.pending().filter(claim__isnull=False, worth_features__isnull=False)
    if changed_since:
        judged = Verification.objects.filter(updated_at__gte=changed_since).order_by().values("claim")
        quotes = quotes.filter(Q(claim__updated_at__gte=changed_since) | Q(claim__in=judged))
    weights = current_weights()
    published = Verification.objects.filter(claim=OuterRef("claim"), state=VerificationState.PUBLISHED)
    elsewhere = (
        Quote.objects.filter(claim=OuterRef("claim"))
        .exclude(decision=QuoteDecision.REJECTED)
        .exclude(snapshot__source=OuterRef("snapshot__source"))
    )
    for feature, condition in ((Feature.CHECKED, Exists(published)), (Feature.REPEATED, Exists(elsewhere))):
        points = weights.points_of_feature(feature)
        for is_true, sign in ((True, 1), (False, -1)):
            rows = _with_feature(quotes, feature, present=not is_true).filter(condition if is_true else ~condition)
            ids = list(rows.values_list("pk", flat=True))
            for start in range(0, len(ids), QUOTES_READ_AT_ONCE):
                batch = Quote.objects.filter(pk__in=ids[start : start + QUOTES_READ_AT_ONCE])
                yield _with_feature(batch, feature, present=not is_true).update(
                    worth_features=F("worth_features") + sign * feature,
                    worth_points=F("worth_points") + sign * points,
                )


def _with_feature(quotes: QuerySet[Quote], feature: Feature, *, present: bool) -> QuerySet[Quote]:
    quotes = quotes.alias(bit=F("worth_features").bitand(int(feature)))
    return quotes.filter(bit__gt=0) if present else quotes.filter(bit=0)


def _points_expression(weights: Weights) -> CombinedExpression:
    """The points of a quote in SQL: whole numbers, as in `Weights.points_of`."""
    points: CombinedExpression = Value(weights.base_points, output_field=IntegerField()) + Value(0)
    for place, feature in enumerate(Feature):
        points = points + F("worth_features").bitrightshift(place).bitand(1) * weights.points_of_feature(feature)
    return points


def _lower_end(upper: int | None) -> int:
    """The id of the oldest quote of a batch below this one, or 0 if fewer are left."""
    rows = Quote.objects.order_by("-pk")
    if upper is not None:
        rows = rows.filter(pk__lt=upper)
    last = rows.values_list("pk", flat=True)[QUOTES_WEIGHED_AT_ONCE - 1 : QUOTES_WEIGHED_AT_ONCE].first()
    return last or 0
