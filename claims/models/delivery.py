"""Delivery: one article on its way in."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.logs.request_id import MAX_REQUEST_ID
from claims.models.base import choices_constraint, user_foreign_key
from claims.models.feed import Feed
from claims.models.raw_content import RawContent
from claims.models.reader_key import ReaderKey
from claims.models.snapshot import Snapshot
from claims.models.source import Source

MAX_DELIVERY_REASON = 500
MAX_WORKER_NAME = 100


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    WORKING = "working", "Working"
    STORED = "stored", "Stored"  # as a new source, or as a new text of a known one
    UNCHANGED = "unchanged", "Unchanged"  # the source has this text already
    DUPLICATE = "duplicate", "Duplicate"  # a source of another address has this text already
    REFUSED = "refused", "Refused"
    GIVEN_UP = "given_up", "Given up"


DELIVERY_TRANSITIONS: dict[DeliveryState, set[DeliveryState]] = {
    DeliveryState.WAITING: {DeliveryState.WORKING},
    DeliveryState.WORKING: {
        DeliveryState.WAITING,
        DeliveryState.STORED,
        DeliveryState.UNCHANGED,
        DeliveryState.DUPLICATE,
        DeliveryState.REFUSED,
        DeliveryState.GIVEN_UP,
    },
    DeliveryState.REFUSED: {DeliveryState.WAITING},
    DeliveryState.GIVEN_UP: {DeliveryState.WAITING},
    DeliveryState.STORED: set(),
    DeliveryState.UNCHANGED: set(),
    DeliveryState.DUPLICATE: set(),
}
OPEN_STATES = (DeliveryState.WAITING, DeliveryState.WORKING)
FAILED_STATES = (DeliveryState.REFUSED, DeliveryState.GIVEN_UP)
DONE_STATES = (DeliveryState.STORED, DeliveryState.UNCHANGED, DeliveryState.DUPLICATE)


class DeliveryOrigin(models.TextChoices):
    """What asked for the article."""

    COMMAND = "command", "Command"
    ADMIN = "admin", "Admin"
    API = "api", "API"
    BOOKMARKLET = "bookmarklet", "Bookmarklet"
    FEED = "feed", "Feed"
    WATCH = "watch", "Watched source"
    EVIDENCE = "evidence", "Evidence"


# Nobody waits for the others, of which many may come at once.
BACKGROUND_ORIGINS = (DeliveryOrigin.FEED, DeliveryOrigin.WATCH, DeliveryOrigin.EVIDENCE)


class DeliveryProblem(models.TextChoices):
    """Why an attempt failed. Rules read this code and never the reason beside it."""

    # The problems of claims.articles.fetching, under the same codes; a page that is not found is gone as well.
    ADDRESS = "address", "Address is not fetched"
    REDIRECTS = "redirects", "Redirects lead nowhere"
    TOO_LARGE = "too-large", "Too large"
    MEDIA_TYPE = "media-type", "Not a page"
    ROBOTS = "robots", "robots.txt forbids it"
    STATUS = "status", "Site refuses"
    GONE = "gone", "Page is gone"
    NO_ANSWER = "no-answer", "Site does not answer"
    BAD_ANSWER = "bad-answer", "Answer makes no sense"
    BUSY = "busy", "Site is being fetched from"
    # Those of reading and of the worker.
    UNREADABLE = "unreadable", "No article that can be read"
    INTERRUPTED = "interrupted", "Worker ended before it was done"
    ERROR = "error", "Internal error"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def failed(self) -> Self:
        """Deliveries that ended without an article."""
        return self.filter(state__in=FAILED_STATES)

    def due(self, now: datetime) -> Self:
        """Deliveries that a worker may take: those waiting whose time has come, and those whose lease has ended."""
        return self.filter(
            Q(state=DeliveryState.WAITING, next_at__lte=now) | Q(state=DeliveryState.WORKING, leased_until__lte=now)
        )

    def in_order_of_work(self) -> Self:
        """First what somebody waits for, then by age."""
        in_background = models.Case(models.When(origin__in=BACKGROUND_ORIGINS, then=1), default=0)
        return self.order_by(in_background, "next_at", "pk")


class Delivery(models.Model):
    """One article on its way in: what was asked for, what became of it, and why.

    `url` is the address as given, `fetched_url` where redirects led. `content` is what was handed in; without it, the
    page is fetched, and `fallback` read if it cannot be. `metadata` overrides what the article says, `defaults` says
    what it leaves open (fields of `claims.articles.ArticleFields` as JSON). `request_key` is the same for requests of
    the same article. `request_id` is that of the HTTP request that asked for it, as in the log. Content and fallback of
    a delivery that has ended are erased after a while.

    `next_at` is when a waiting delivery is due. A worker holds a delivery for a limited time: after `leased_until`
    another may take it. `worker` names the worker and the attempt. `reason` is for people; rules read `problem`, which
    is that of the last failed attempt.
    """

    origin = models.CharField(max_length=11, choices=DeliveryOrigin, editable=False)
    url = models.CharField("URL", max_length=2000, blank=True, editable=False)
    fetched_url = models.CharField("fetched from", max_length=2000, blank=True, editable=False)
    content = models.ForeignKey(
        RawContent, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries", editable=False
    )
    content_erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    metadata = models.JSONField(default=dict, editable=False)
    defaults = models.JSONField(default=dict, editable=False)
    request_key = models.CharField(max_length=64, editable=False, db_index=True)
    request_id = models.CharField("HTTP request", max_length=MAX_REQUEST_ID, blank=True, editable=False)
    fallback = models.ForeignKey(
        RawContent, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    feed = models.ForeignKey(
        Feed, on_delete=models.SET_NULL, null=True, blank=True, related_name="deliveries", editable=False
    )
    requested_by = user_foreign_key("deliveries", null=True)
    reader_key = models.ForeignKey(
        ReaderKey, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name="API key"
    )

    state = models.CharField(max_length=9, choices=DeliveryState, default=DeliveryState.WAITING, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_at = models.DateTimeField("due", null=True, blank=True, default=timezone.now, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    worker = models.CharField(max_length=MAX_WORKER_NAME, blank=True, editable=False)
    problem = models.CharField(max_length=11, choices=DeliveryProblem, blank=True, editable=False)
    reason = models.CharField(max_length=MAX_DELIVERY_REASON, blank=True, editable=False)

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries", editable=False
    )
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries", editable=False
    )
    quote_count = models.PositiveIntegerField("new quotes", default=0, editable=False)
    created_at = models.DateTimeField("requested", default=timezone.now, editable=False)
    finished_at = models.DateTimeField("finished", null=True, blank=True, editable=False)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering: ClassVar = ["-created_at", "-id"]
        default_permissions: ClassVar = ("add", "change", "view")
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="delivery_newest_first"),
            models.Index(fields=["state", "next_at"], condition=Q(state__in=OPEN_STATES), name="delivery_open"),
            models.Index(
                fields=["state", "finished_at"],
                condition=Q(content__isnull=False) | Q(fallback__isnull=False),
                name="delivery_with_content",
            ),
        ]
        constraints: ClassVar = [
            choices_constraint("delivery_origin_is_known", "origin", DeliveryOrigin),
            choices_constraint("delivery_state_is_known", "state", DeliveryState),
            models.CheckConstraint(
                condition=Q(problem="") | Q(problem__in=DeliveryProblem.values), name="delivery_problem_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(url="") | Q(content__isnull=False) | Q(content_erased_at__isnull=False),
                name="delivery_has_an_address_or_content",
            ),
            models.UniqueConstraint(
                fields=["request_key"], condition=Q(state__in=OPEN_STATES), name="delivery_is_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, next_at__isnull=False)
                | (~Q(state=DeliveryState.WAITING) & Q(next_at=None)),
                name="delivery_waits_for_a_moment",
            ),
            models.CheckConstraint(
                condition=(Q(state=DeliveryState.WORKING, leased_until__isnull=False) & ~Q(worker=""))
                | (~Q(state=DeliveryState.WORKING) & Q(leased_until=None, worker="")),
                name="delivery_is_leased_while_worked_on",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, finished_at=None)
                | (~Q(state__in=OPEN_STATES) & Q(finished_at__isnull=False)),
                name="delivery_ends_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DONE_STATES, source__isnull=False, snapshot__isnull=False)
                | (~Q(state__in=DONE_STATES) & Q(snapshot=None)),
                name="delivery_that_succeeds_has_its_snapshot",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FAILED_STATES) | (~Q(problem="") & ~Q(reason="")),
                name="delivery_that_fails_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.url or str(self.metadata.get("title") or f"Delivery {self.pk}")
