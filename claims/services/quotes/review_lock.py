"""Who is looking at which quote: taken while it is looked at, and free again after some minutes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Hold, Quote
from claims.services.errors import RefusedError

REVIEW_LOCK_DURATION = timedelta(minutes=5)


@transaction.atomic
def acquire_review_lock(*, quote: Quote, editor: User, over: bool = False, at: datetime | None = None) -> Hold:
    """Say that the editor looks at this quote, for the next five minutes, and at no other any more.

    If somebody else looks at it, their hold stays and is returned, unless it is taken `over`.
    """
    at = at or timezone.now()
    Quote.objects.select_for_update().filter(pk=quote.pk).values_list("pk").first()  # one hold is made at a time
    held = Hold.objects.select_related("editor").filter(quote=quote).first()
    if held and held.editor_id != editor.pk and held.until > at and not over:
        return held
    Hold.objects.filter(quote=quote).exclude(editor=editor).delete()
    taken, _ = Hold.objects.update_or_create(
        editor=editor, defaults={"quote": quote, "until": at + REVIEW_LOCK_DURATION}
    )
    return taken


def release_review_locks(*, editor: User, quotes: Collection[int] | None = None) -> None:
    """Say that the editor looks at these quotes no more, or at none."""
    held = Hold.objects.filter(editor=editor)
    (held if quotes is None else held.filter(quote__in=quotes)).delete()


def locks_of_others(quotes: Collection[int], *, editor: User, at: datetime | None = None) -> dict[int, Hold]:
    """By quote, the holds of others that last at this moment."""
    held = Hold.objects.filter(quote__in=quotes, until__gt=at or timezone.now()).exclude(editor=editor)
    return {row.quote_id: row for row in held.select_related("editor")}


def describe_review_lock(held: Hold) -> str:
    """Who has it and until when, and what to do, as the end of a sentence."""
    return f"{held.editor} is looking at it (until {held.until:%H:%M} UTC): wait, or take it over"


def refuse_if_locked(quotes: Collection[int], *, editor: User, take_over: bool) -> None:
    """Raises RefusedError if somebody else is looking at one of these quotes, unless it is taken over."""
    if not take_over and (held := locks_of_others(quotes, editor=editor)):
        raise RefusedError(f"Not done: {describe_review_lock(next(iter(held.values())))}.")
