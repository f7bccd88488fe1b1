"""ReaderKey: a reader who told who they are, and may ask more often than one who did not."""

import hashlib
import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import user_foreign_key

KEY_PREFIX = "fb_"  # by which a key that was left lying somewhere is known for one
KEY_HINT_LENGTH = 8  # characters of it that are kept, to tell one from another
MAX_REQUESTS_PER_MINUTE = 1_000_000


def hash_reader_key(key: str) -> str:
    """The SHA-256 that is kept in place of the key.

    A key is 256 random bits: nobody finds it by trying, so that a slow hash with a salt, as passwords need it, would
    only make each request dear.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def generate_reader_key() -> str:
    """A key that nobody has: `fb_` and 43 letters."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


class ReaderKeyQuerySet(models.QuerySet["ReaderKey"]):
    """Keys, by whether they open."""

    def valid(self) -> Self:
        """Neither revoked nor past their last day."""
        today = timezone.now().date()
        return self.filter(Q(last_day=None) | Q(last_day__gte=today), revoked_at=None)


class ReaderKey(models.Model):
    """A key to the readers' API. The key itself is shown once, when it is made; only its SHA-256 is kept.

    A row is not changed but by being revoked, for good: other limits are another key.
    """

    name = models.CharField(max_length=100, help_text="Whose it is, and what for.")
    contact = models.EmailField(blank=True, help_text="Whom to write to before it is revoked.")
    hint = models.CharField("begins with", max_length=KEY_HINT_LENGTH, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    per_minute = models.PositiveIntegerField(
        "requests a minute", null=True, blank=True, help_text="Empty: as many as FACTBASE_KEY_READS_PER_MINUTE says."
    )
    last_day = models.DateField(null=True, blank=True, help_text="In UTC, this day included. Empty: it does not end.")
    made_by = user_foreign_key("reader_keys")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = user_foreign_key("reader_keys_revoked", null=True)

    objects: ClassVar = ReaderKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "API key"
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="reader_key_has_a_name"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="reader_key_is_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(per_minute=None) | Q(per_minute__gte=1, per_minute__lte=MAX_REQUESTS_PER_MINUTE),
                name="reader_key_rate_is_sound",
            ),
        ]

    def __str__(self) -> str:
        return self.name
