"""Keys to the readers' API: made, and revoked."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import ReaderKey
from claims.models.reader_key import KEY_HINT_LENGTH, generate_reader_key, hash_reader_key
from claims.services.errors import RefusedError


def create_key(
    *, name: str, editor: User, contact: str = "", per_minute: int | None = None, last_day: dt.date | None = None
) -> tuple[ReaderKey, str]:
    """A key for a reader: the row, and the key itself, which nothing tells again.

    Raises RefusedError for a last day that is past.
    """
    if last_day and last_day < timezone.now().date():
        raise RefusedError(f"A key whose last day was {last_day:%Y-%m-%d} opens nothing: choose a later day, or none.")
    key = generate_reader_key()
    row = ReaderKey.objects.create(
        name=name,
        contact=contact,
        per_minute=per_minute,
        last_day=last_day,
        hint=key[:KEY_HINT_LENGTH],
        digest=hash_reader_key(key),
        made_by=editor,
    )
    return row, key


@transaction.atomic
def revoke_key(*, key: ReaderKey, editor: User) -> ReaderKey:
    """Let the key open nothing from the next request on, for good. Raises RefusedError for one that is revoked."""
    row = ReaderKey.objects.select_for_update().get(pk=key.pk)
    if row.revoked_at:
        raise RefusedError(f"“{row}” is revoked already.")
    row.revoked_at, row.revoked_by = timezone.now(), editor
    row.save(update_fields=["revoked_at", "revoked_by"])
    return row
