"""Keys to the public API."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import ReaderKey, ReaderKeyScope
from claims.models.reader_key import KEY_HINT_LENGTH, generate_reader_key, hash_reader_key
from claims.services.errors import RefusedError


def create_key(
    *,
    name: str,
    editor: User,
    scope: ReaderKeyScope = ReaderKeyScope.READ,
    contact: str = "",
    per_minute: int | None = None,
    last_day: dt.date | None = None,
) -> tuple[ReaderKey, str]:
    """Create a key; returns the row and the key itself, which is stored nowhere and cannot be shown again.

    Raises RefusedError if `last_day` is in the past.
    """
    if last_day and last_day < timezone.now().date():
        raise RefusedError(f"The last day {last_day:%Y-%m-%d} is in the past. Choose a later day, or none.")
    key = generate_reader_key()
    row = ReaderKey.objects.create(
        name=name,
        scope=scope,
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
    """Make the key invalid immediately and for good. Raises RefusedError if it is already revoked."""
    key = ReaderKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at:
        raise RefusedError(f"“{key}” is already revoked.")
    key.revoked_at, key.revoked_by = timezone.now(), editor
    key.save(update_fields=["revoked_at", "revoked_by"])
    return key
