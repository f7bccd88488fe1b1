"""Hold: the soft lock of an editor who is reviewing a quote."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from claims.models.quote import Quote


class Hold(models.Model):
    """A soft lock: who is reviewing a quote, shown to other editors until it expires. It has no history.

    An editor holds one quote at a time, and a quote is held by one editor.
    """

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, related_name="hold")
    editor = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hold")
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["until", "id"]

    def __str__(self) -> str:
        return f"{self.editor} until {self.until:%H:%M}"
