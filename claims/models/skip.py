"""Skip: a quote that an editor put off for the day."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.quote import Quote


class SkipQuerySet(models.QuerySet["Skip"]):
    def of_day(self, at: datetime | None = None) -> Self:
        """The skips of the day of `at`, by default today, in the site's time zone."""
        midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(at__gte=midnight)


class Skip(models.Model):
    """Puts a quote at the end of the editor's queue until midnight. It has no history, and nobody else sees it."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="skips")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skips")
    at = models.DateTimeField(default=timezone.now)

    objects = SkipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["editor", "quote"], name="skip_of_quote_is_unique_per_editor")
        ]

    def __str__(self) -> str:
        return f"{self.editor} skipped quote {self.quote_id}"
