"""The soft lock on a quote under review: other editors see who reviews it, and may take over. It expires by itself."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Hold, Quote
from claims.services.errors import RefusedError

REVIEW_LOCK_DURATION = timedelta(minutes=5)


@transaction.atomic
def acquire_review_lock(*, quote: Quote, editor: User, take_over: bool = False, at: datetime | None = None) -> Hold:
    """Lock this quote for the editor and release the quote they reviewed before. Returns the lock in force.

    If another editor holds the lock, theirs stays and is returned, unless `take_over`.
    """
    at = at or timezone.now()
    # The row lock makes concurrent calls for one quote wait for each other.
    Quote.objects.select_for_update().filter(pk=quote.pk).values_list("pk").first()
    current = Hold.objects.select_related("editor").filter(quote=quote).first()
    if current and current.editor_id != editor.pk and current.until > at and not take_over:
        return current
    Hold.objects.filter(quote=quote).exclude(editor=editor).delete()
    lock, _ = Hold.objects.update_or_create(
        editor=editor, defaults={"quote": quote, "until": at + REVIEW_LOCK_DURATION}
    )
    return lock


def release_review_locks(*, editor: User, quotes: Collection[int] | None = None) -> None:
    """Release the editor's locks on the quotes with these ids, or all of them."""
    locks = Hold.objects.filter(editor=editor)
    (locks if quotes is None else locks.filter(quote__in=quotes)).delete()


def locks_of_others(quotes: Collection[int], *, editor: User, at: datetime | None = None) -> dict[int, Hold]:
    """Other editors' locks in force, by quote id."""
    locks = Hold.objects.filter(quote__in=quotes, until__gt=at or timezone.now()).exclude(editor=editor)
    return {lock.quote_id: lock for lock in locks.select_related("editor")}


def describe_review_lock(lock: Hold) -> str:
    """Who holds the lock, until when, and what to do; the end of a sentence, without its full stop."""
    return f"{lock.editor} is reviewing this quote (until {lock.until:%H:%M} UTC), wait or take over"


def refuse_if_locked(quotes: Collection[int], *, editor: User, take_over: bool) -> None:
    """Raises RefusedError if another editor is reviewing one of these quotes, unless `take_over`."""
    if not take_over and (locks := locks_of_others(quotes, editor=editor)):
        raise RefusedError(f"Not saved: {describe_review_lock(next(iter(locks.values())))}.")
