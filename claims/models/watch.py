"""Watch: the checks of a source's page after its quotes were accepted."""

from django.db import models

from claims.models.page_check import PageCheck
from claims.models.source import Source


class Watch(PageCheck):
    """The checks of a source's page. What they read becomes deliveries."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="watch")

    class Meta(PageCheck.Meta):
        verbose_name_plural = "watches"

    def __str__(self) -> str:
        return f"Watch of {self.source}"
