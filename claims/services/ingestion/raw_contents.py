"""Erases bytes that nothing needs any more: what was handed in for deliveries that ended some time ago.

The bytes that a stored text or a copy of evidence was read from are kept with it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims.models import Delivery, EvidenceCopy, RawContent, Snapshot
from claims.models.delivery import DONE_STATES, FAILED_STATES

KEPT_AFTER_SUCCESS = timedelta(days=7)
KEPT_AFTER_FAILURE = timedelta(days=30)  # for another attempt
BATCH = 500


@transaction.atomic
def erase_old_contents(now: datetime) -> int:
    """Erase content and fallback of up to BATCH deliveries that ended long enough ago. Returns their number."""
    ended = Q(state__in=DONE_STATES, finished_at__lte=now - KEPT_AFTER_SUCCESS)
    ended |= Q(state__in=FAILED_STATES, finished_at__lte=now - KEPT_AFTER_FAILURE)
    old = Delivery.objects.filter(ended).filter(Q(content__isnull=False) | Q(fallback__isnull=False)).order_by()
    rows = list(
        old.select_for_update(skip_locked=True, of=("self",)).values_list("pk", "content_id", "fallback_id")[:BATCH]
    )
    deliveries = Delivery.objects.filter(pk__in=[pk for pk, *_ in rows])
    deliveries.filter(content__isnull=False).update(content_erased_at=now)
    deliveries.update(content=None, fallback=None)
    erase_unused({content for _, *contents in rows for content in contents if content})
    return len(rows)


def erase_unused(contents: Collection[int]) -> None:
    """Erase those of these contents that nothing refers to. To be called inside a transaction."""
    references = (
        Delivery.objects.filter(content=OuterRef("pk")),
        Delivery.objects.filter(fallback=OuterRef("pk")),
        Snapshot.objects.filter(raw=OuterRef("pk")),
        EvidenceCopy.objects.filter(raw=OuterRef("pk")),
    )
    unused = RawContent.objects.filter(*(~Exists(rows) for rows in references)).only("pk")
    # Locked first, as `get_or_save` does, and then looked at again: another process may just have begun to use one.
    locked = RawContent.objects.select_for_update(skip_locked=True).filter(pk__in=contents)
    unused.filter(pk__in=list(locked.order_by("pk").values_list("pk", flat=True))).delete()
