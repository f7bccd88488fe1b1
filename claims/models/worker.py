from typing import ClassVar

from django.db import models
from django.utils import timezone


class Worker(models.Model):
    """A process that takes in articles, and when it last gave a sign of life."""

    name = models.CharField(max_length=100, unique=True)  # machine and process id
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.name
