"""Follows publishers of fact-checks: another factbase by what changed in it, others by the ClaimReview that they list.

What they list becomes external reviews, never verdicts of this site.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson

from claims.articles.feeds import FeedError
from claims.articles.fetching import NotModified, Validators
from claims.articles.reviews import Review, ReviewError, ReviewFields, build_review, read_review_document
from claims.models import Feed, FeedKind
from claims.services.ingestion.site_requests import request_page
from claims.services.reviews.external_reviews import store_external_reviews, withdraw_external_reviews
from claims.services.reviews.outcomes import ReviewStatus
from claims.services.reviews.publishers import is_own

REVIEW_KINDS = (FeedKind.CLAIM_REVIEWS, FeedKind.FACTBASE)
FACTBASE_PATH = "/api/v1/claims"
MEDIA_TYPES = "application/ld+json, application/json;q=0.9, text/html;q=0.5"
FIRST_MOMENT = "1970-01-01T00:00:00Z"
MAX_PAGES = 20  # of a factbase, in a poll; the next one goes on from there
PAGE_SIZE = 200


@dataclass
class FollowedReviews:
    """What a poll brought: how many fact-checks were new or changed, and how many could not be read."""

    kind: FeedKind
    cursor: str = ""
    new: int = 0
    unreadable: int = 0
    is_complete: bool = True
    validators: Validators = field(default_factory=Validators)

    @property
    def reason(self) -> str:
        return f"fact-checks that could not be read: {self.unreadable}" if self.unreadable else ""


def is_factbase(url: str) -> bool:
    """Whether this is the address of the claims in a factbase's API."""
    return urlsplit(url).path.rstrip("/").endswith(FACTBASE_PATH)


def lists_reviews(body: bytes) -> bool:
    """Whether a document that is no feed of articles contains ClaimReview."""
    try:
        return next(read_review_document(body), None) is not None
    except ReviewError:
        return False


def follow_reviews(feed: Feed) -> FollowedReviews:
    """Fetch what a feed lists and store it, page by page. Raises FetchError and FeedError."""
    return _follow_factbase(feed) if is_factbase(feed.url) else _follow_claim_reviews(feed)


def _follow_claim_reviews(feed: Feed) -> FollowedReviews:
    validators = Validators(etag=feed.etag, last_modified=feed.last_modified)
    page = request_page(feed.url, obey_robots=True, accept=MEDIA_TYPES, validators=validators)
    followed = FollowedReviews(FeedKind.CLAIM_REVIEWS, validators=validators)
    if isinstance(page, NotModified):
        return followed
    try:
        contents = [entry.content for entry in read_review_document(page.body, charset=page.charset)]
    except ReviewError as error:
        raise FeedError(str(error)) from error
    followed.validators = page.validators
    _store_readable(feed, followed, [("", content) for content in contents])
    return followed


def _follow_factbase(feed: Feed) -> FollowedReviews:
    """Read what changed since the last poll. What is stored twice, if a poll breaks off, is stored once."""
    followed = FollowedReviews(FeedKind.FACTBASE, cursor=feed.cursor or FIRST_MOMENT)
    for _ in range(MAX_PAGES):
        query = urlencode({"updated_since": followed.cursor, "page_size": PAGE_SIZE})
        page = request_page(f"{feed.url.partition('?')[0]}?{query}", obey_robots=True, accept="application/json")
        if isinstance(page, NotModified):
            raise FeedError("the site did not send what has changed")
        changes = _read_changes(page.body)
        rows = [row for row in changes["results"] if isinstance(row, dict)]
        gone = [row for row in changes["tombstones"] if isinstance(row, dict)]
        gone += [row for row in rows if not isinstance(row.get("verification"), dict)]
        _store_readable(
            feed, followed, [_read_row(row, feed) for row in rows if isinstance(row.get("verification"), dict)]
        )
        withdraw_external_reviews(feed=feed, remote_ids=[_remote_id(row) for row in gone])
        is_last = not changes["next"] or changes["updated_since"] == followed.cursor
        followed.cursor = changes["updated_since"]
        if is_last:
            return followed
    followed.is_complete = False
    return followed


def _read_row(row: dict[str, Any], feed: Feed) -> tuple[str, Review | ReviewError]:
    """A claim of another factbase with its verdict, as a fact-check."""
    speaker, rating = row.get("speaker"), row.get("rating")
    fields = ReviewFields(
        claim=_text(row.get("text")),
        speaker=_text(speaker.get("name")) if isinstance(speaker, dict) else "",
        said_on=row.get("said_on"),
        rating=_text(rating.get("name")) if isinstance(rating, dict) else "",
        review_url=_text(row.get("page_url")),
        publisher=feed.publisher or feed.title,
        published=row["verification"].get("published_at"),
    )
    try:
        return _remote_id(row), build_review(fields)
    except ReviewError as error:
        return _remote_id(row), error


def _remote_id(row: dict[str, Any]) -> str:
    return str(row.get("id"))[:100]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _store_readable(feed: Feed, followed: FollowedReviews, entries: list[tuple[str, Review | ReviewError]]) -> None:
    """Stores what can be read; what claims to be ours is none of theirs to publish."""
    followed.unreadable += sum(isinstance(content, ReviewError) for _, content in entries)
    readable = [(pk, content) for pk, content in entries if isinstance(content, Review) and not is_own(content)]
    results = store_external_reviews(
        [review for _, review in readable], feed=feed, remote_ids=[remote_id for remote_id, _ in readable]
    )
    followed.new += sum(result.status in {ReviewStatus.NEW, ReviewStatus.CHANGED} for result in results)


def _read_changes(body: bytes) -> dict[str, Any]:
    try:
        changes = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise FeedError(f"the answer is not valid JSON: {error}") from error
    lists = ("results", "tombstones")
    if not isinstance(changes, dict) or not all(isinstance(changes.get(name), list) for name in lists):
        raise FeedError("the answer is not a list of changes of a factbase")
    cursor = changes.get("updated_since")
    if not isinstance(cursor, str) or len(cursor) > 40:
        raise FeedError("the answer does not say from when to go on")
    return {"next": changes.get("next"), "updated_since": cursor, **{name: changes[name] for name in lists}}
