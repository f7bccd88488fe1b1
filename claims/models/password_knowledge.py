"""PasswordKnowledge: who set the current password of somebody else's account."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.base import user_foreign_key


class PasswordKnowledge(models.Model):
    """`known_by` set the password of `holder`, who has not chosen another since.

    Until then the two count as one person for a verdict. Neither account can be deleted meanwhile.
    """

    holder = user_foreign_key("password_known")
    known_by = user_foreign_key("passwords_known")
    set_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "known password"
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder"], name="password_knowledge_one_per_holder"),
            models.CheckConstraint(condition=~Q(holder=F("known_by")), name="password_knowledge_is_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.known_by} set the password of {self.holder}"
