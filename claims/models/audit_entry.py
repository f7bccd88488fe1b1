"""AuditEntry: who decided, published or changed what, and when, in a chain of hashes."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import user_foreign_key


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def sealed(self) -> Self:
        """The entries of the chain."""
        return self.filter(number__isnull=False)

    def unsealed(self) -> Self:
        """Entries of committed transactions that have no place in the chain yet."""
        return self.filter(number=None)


class AuditEntry(models.Model):
    """What somebody did to an object, under the name that their account had then.

    Triggers write the rows (`claims.database.triggers.audit`), in the transaction of the change. After its commit
    `claims.services.history.audit_chain` seals them: each gets the next `number`, `details` (which fields changed,
    coded values, the SHA-256 of the whole row), the hash of the entry before it and its own. Triggers refuse any other
    change (`audit_entry_is_what_happened`, `audit_entry_is_sealed`, `audit_entry_is_kept`).

    There is no personal data in it but names of accounts: no texts, addresses or names of speakers.
    """

    number = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField("when", default=timezone.now)
    actor = user_foreign_key("audit_entries", null=True)
    actor_name = models.CharField("who", max_length=150, blank=True)
    action = models.CharField(max_length=40)
    kind = models.CharField("object", max_length=100, blank=True)
    object_id = models.CharField("object id", max_length=64, blank=True)
    history_id = models.BigIntegerField("entry of its history", null=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects: ClassVar = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "audit log entry"
        verbose_name_plural = "audit log"
        default_permissions = ("view",)
        ordering: ClassVar = ["-number", "-id"]
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(number=None), name="audit_entry_unsealed")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(action=""), name="audit_entry_says_what_was_done"),
            models.CheckConstraint(
                condition=Q(number=None, previous_hash="", hash="")
                | (Q(number__isnull=False, number__gte=1) & ~Q(previous_hash="") & ~Q(hash="")),
                name="audit_entry_is_sealed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name or 'factbase'} {self.action} {self.kind} {self.object_id}".rstrip()
