"""ReaderKey: an API key, whose holder may send more requests than an anonymous reader, articles, or drafts."""

import hashlib
import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key

KEY_PREFIX = "fb_"  # lets secret scanners recognise a leaked key
KEY_HINT_LENGTH = 8  # characters of the key that are stored, to tell keys apart
MAX_REQUESTS_PER_MINUTE = 1_000_000


def hash_reader_key(key: str) -> str:
    """Returns the SHA-256 that is stored in place of the key.

    A key has 256 random bits, so it cannot be guessed; a slow salted hash, as for passwords, would only slow down each
    request.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def generate_reader_key() -> str:
    """Returns a new random key: `fb_` and 43 characters."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


class ReaderKeyScope(models.TextChoices):
    """What a key is for."""

    READ = "read", "Read"
    INTAKE = "intake", "Read, and send in articles"
    CHECK = "check", "Read, and check drafts"
    CHECK_ALL = "check-all", "Read, and check drafts against all that is stored, unpublished too"


class ReaderKeyQuerySet(models.QuerySet["ReaderKey"]):
    def valid(self) -> Self:
        """Keys that are neither revoked nor past their last day."""
        today = timezone.now().date()
        return self.filter(Q(last_day=None) | Q(last_day__gte=today), revoked_at=None)


class ReaderKey(models.Model):
    """A key to the public API. The key itself is shown once, when it is created; only its SHA-256 is stored.

    A key is never changed, only revoked, which is final. A different limit needs a new key.
    """

    name = models.CharField(max_length=100, help_text="Who uses the key, and what for.")
    scope = models.CharField("may", max_length=12, choices=ReaderKeyScope, default=ReaderKeyScope.READ)
    contact = models.EmailField(blank=True, help_text="Contacted before the key is revoked.")
    hint = models.CharField("begins with", max_length=KEY_HINT_LENGTH, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    per_minute = models.PositiveIntegerField(
        "requests a minute", null=True, blank=True, help_text="Leave empty to use FACTBASE_KEY_READS_PER_MINUTE."
    )
    last_day = models.DateField(
        null=True, blank=True, help_text="Last day on which the key works (UTC). Leave empty for no end."
    )
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
            choices_constraint("reader_key_scope_is_known", "scope", ReaderKeyScope),
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
