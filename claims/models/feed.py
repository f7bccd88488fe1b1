"""Feed: a list of a publication's newest articles, read again and again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.addresses import MAX_PAGE_KEY_LENGTH, page_key
from claims.models.base import LANGUAGE_TAG, Timestamped, choices_constraint, user_foreign_key
from claims.models.topic import Topic

MAX_FEED_REASON = 500
FIRST_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES, MAX_INTERVAL_MINUTES = 60, 10, 1440


class FeedState(models.TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"  # by its site, or because another feed has its address


FEED_TRANSITIONS: dict[FeedState, set[FeedState]] = {
    FeedState.ACTIVE: {FeedState.PAUSED, FeedState.ENDED},
    FeedState.PAUSED: {FeedState.ACTIVE},
    FeedState.ENDED: {FeedState.ACTIVE},
}


class FeedKind(models.TextChoices):
    RSS = "rss", "RSS"
    ATOM = "atom", "Atom"
    JSON = "json", "JSON Feed"
    SITEMAP = "sitemap", "Sitemap"
    SITEMAP_INDEX = "sitemap-index", "Sitemap index"
    CLAIM_REVIEWS = "claim-reviews", "Fact-checks (ClaimReview)"
    FACTBASE = "factbase", "Fact-checks of a factbase"


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=FeedState.ACTIVE, next_poll_at__lte=now)

    def of_address(self, url: str) -> Self:
        """The feed with this address, in whichever form."""
        return self.filter(page_key=feed_key(url))

    def failing(self) -> Self:
        """Active feeds whose last poll failed."""
        return self.filter(state=FeedState.ACTIVE, failures__gt=0)


class Feed(Timestamped):
    """A feed, and when it is polled next.

    `page_key` is what all its addresses have in common; `save()` computes it. `publisher`, `language` and `topic` are
    for articles that do not say theirs. `kind` is empty until the feed was read; `cursor` is where the next poll
    of a factbase goes on. `failures` counts failed polls since the last good one, `reason` says why the last one failed
    or why the feed has ended. While a poll runs, `next_poll_at` is when another worker may take over.
    """

    url = models.CharField("URL", max_length=2000)
    page_key = models.CharField(max_length=MAX_PAGE_KEY_LENGTH, unique=True, editable=False)
    title = models.CharField(max_length=500, blank=True, help_text="Leave empty to use the feed's own title.")
    kind = models.CharField(max_length=13, choices=FeedKind, blank=True, editable=False)
    state = models.CharField(max_length=6, choices=FeedState, default=FeedState.ACTIVE, editable=False)
    publisher = models.CharField(max_length=200, blank=True, help_text="Publisher of articles that do not name theirs.")
    language = models.CharField(
        max_length=35, blank=True, validators=[LANGUAGE_TAG], help_text="Language of articles that do not state theirs."
    )
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feeds",
        help_text="Topic of the claims that are proposed from its articles.",
    )
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=300, blank=True, editable=False)
    cursor = models.CharField(max_length=40, blank=True, editable=False)
    interval_minutes = models.PositiveSmallIntegerField(default=FIRST_INTERVAL_MINUTES, editable=False)
    next_poll_at = models.DateTimeField("next poll", default=timezone.now, editable=False)
    last_polled_at = models.DateTimeField("last poll", null=True, blank=True, editable=False)
    last_new = models.PositiveIntegerField("new articles in the last poll", default=0, editable=False)
    failures = models.PositiveSmallIntegerField("failed polls in a row", default=0, editable=False)
    reason = models.CharField(max_length=MAX_FEED_REASON, blank=True, editable=False)
    added_by = user_foreign_key("feeds", null=True)

    objects: ClassVar = FeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "id"]
        indexes: ClassVar = [
            models.Index(fields=["next_poll_at"], condition=Q(state=FeedState.ACTIVE), name="feed_due"),
            models.Index(fields=["title", "id"], name="feed_by_title"),
        ]
        constraints: ClassVar = [
            choices_constraint("feed_state_is_known", "state", FeedState),
            models.CheckConstraint(condition=Q(kind="") | Q(kind__in=FeedKind.values), name="feed_kind_is_known"),
            models.CheckConstraint(condition=~Q(page_key=""), name="feed_has_an_address"),
            models.CheckConstraint(
                condition=Q(interval_minutes__gte=MIN_INTERVAL_MINUTES, interval_minutes__lte=MAX_INTERVAL_MINUTES),
                name="feed_interval_is_sound",
            ),
            models.CheckConstraint(
                condition=(Q(failures=0) & ~Q(state=FeedState.ENDED)) | ~Q(reason=""), name="feed_that_fails_says_why"
            ),
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.page_key = feed_key(self.url)
        if update_fields is not None and "url" in update_fields:
            update_fields = {*update_fields, "page_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def __str__(self) -> str:
        return self.title or self.url


def feed_key(url: str) -> str:
    """The same for all addresses of a feed."""
    return page_key(url) or url.strip()[:MAX_PAGE_KEY_LENGTH]
