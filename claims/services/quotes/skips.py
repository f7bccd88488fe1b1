"""Skipping: a quote that an editor puts off comes last in their queue until midnight."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Quote, Skip
from claims.services.quotes import review_lock

MAX_SKIPS = 500  # of an editor and a day; with more, the first ones come back


@transaction.atomic
def skip_until_tomorrow(*, quote: Quote, editor: User, at: datetime | None = None) -> Skip:
    """Puts the quote last for the rest of the day and releases the editor's lock on it."""
    at = at or timezone.now()
    review_lock.release_review_locks(editor=editor, quotes=[quote.pk])
    Skip.objects.filter(editor=editor).exclude(pk__in=Skip.objects.of_day(at).values("pk")).delete()
    skip, _ = Skip.objects.update_or_create(quote=quote, editor=editor, defaults={"at": at})
    return skip


def skipped_quotes(*, editor: User, at: datetime | None = None) -> frozenset[int]:
    """The ids of the quotes that come last today."""
    skips = Skip.objects.of_day(at).filter(editor=editor)
    return frozenset(skips.values_list("quote", flat=True)[:MAX_SKIPS])


def last_skip(*, editor: User) -> Skip | None:
    """The editor's last skip of today that was not taken back."""
    return Skip.objects.of_day().filter(editor=editor).select_related("quote__speaker").first()


def take_back_skip(*, quote: int, editor: User) -> None:
    """Returns the quote to its place in the queue. Nothing happens if it was not skipped."""
    Skip.objects.filter(quote=quote, editor=editor).delete()
